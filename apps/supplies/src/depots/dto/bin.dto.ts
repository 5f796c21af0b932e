import { IsInt, IsOptional, IsString, IsUUID, Length, Matches, Max, MaxLength, Min } from 'class-validator';
import { MAX_QUANTITY_BASE } from '@ledger/contracts';
import { LINE_PATTERN, PageQuery } from '@ledger/platform';

const LABEL_PATTERN = /^[\p{L}\p{N}][\p{L}\p{N}._/-]*$/u;

/** A new zone of a depot. */
export class AddZoneRequest {
  @IsString()
  @MaxLength(40)
  @Matches(LABEL_PATTERN)
  code!: string;

  @IsString()
  @Length(1, 100)
  @Matches(LINE_PATTERN)
  name!: string;
}

/** A new bin of a depot. */
export class AddBinRequest {
  /** As it stands on the shelf: `A-03-2`. */
  @IsString()
  @MaxLength(40)
  @Matches(LABEL_PATTERN)
  label!: string;

  /** A zone of the same depot. */
  @IsOptional()
  @IsUUID()
  zoneId?: string;

  @IsOptional()
  @IsString()
  @Length(1, 200)
  @Matches(LINE_PATTERN)
  note?: string;
}

export class PlacementParam {
  @IsUUID()
  id!: string;

  @IsUUID()
  binId!: string;

  @IsUUID()
  lotId!: string;
}

/** How much of a lot lies in a bin. */
export class PlaceLotRequest {
  /** The quantity that lies there from now on; 0 takes the note away. */
  @IsInt()
  @Min(0)
  @Max(MAX_QUANTITY_BASE)
  quantityBase!: number;
}

export class ZoneResponse {
  id!: string;
  code!: string;
  name!: string;
}

export class ZonesResponse {
  items!: ZoneResponse[];
  total!: number;
}

export class BinResponse {
  id!: string;
  label!: string;
  zoneId!: string | null;
  zoneCode!: string | null;
  note!: string | null;
  /** Lots that are noted here. */
  lotCount!: number;
}

export class BinsResponse {
  items!: BinResponse[];
  total!: number;
}

/** Which notes to list. */
export class PlacementsQuery extends PageQuery {
  @IsOptional()
  @IsUUID()
  lotId?: string;

  @IsOptional()
  @IsUUID()
  binId?: string;
}

/** Where pieces of a lot lie. */
export class PlacementResponse {
  binId!: string;
  label!: string;
  lotId!: string;
  itemCode!: string;
  batchNumber!: string;
  quantityBase!: number;
  /** More is noted in the bins of this depot than it holds of the lot by now: somebody should look. */
  exceedsBalance!: boolean;
  placedBy!: string;
  placedAt!: string;
}

export class PlacementsResponse {
  items!: PlacementResponse[];
  total!: number;
}

export class PlacedLotResponse {
  binId!: string;
  lotId!: string;
  quantityBase!: number;
  /** What the depot holds of the lot and nobody has noted a bin for. */
  unplacedBase!: number;
}
