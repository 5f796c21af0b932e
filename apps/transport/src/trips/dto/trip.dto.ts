import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { MAX_QUANTITY_BASE } from '@ledger/contracts';
import { LINE_PATTERN, PageQuery } from '@ledger/platform';
import { TRIP_STATES, type TripState } from '../domain/trip-state';

/** Which trips to list. */
export class TripsQuery extends PageQuery {
  /** `true`: only those that the caller drives. */
  @IsOptional()
  @IsIn(['true', 'false'])
  mine?: 'true' | 'false';

  /** `true`: only those that have not ended; `false`: only ended ones. */
  @IsOptional()
  @IsIn(['true', 'false'])
  open?: 'true' | 'false';

  @IsOptional()
  @IsIn(TRIP_STATES)
  state?: TripState;

  @IsOptional()
  @IsUUID()
  allocationId?: string;
}

/** Pieces of one line at the hand-over; the rest of the load is missing. */
export class DeliveredLineRequest {
  @IsUUID()
  lineId!: string;

  /** Usable pieces. */
  @IsInt()
  @Min(0)
  @Max(MAX_QUANTITY_BASE)
  receivedBase!: number;

  /** Pieces handed over damaged. */
  @IsInt()
  @Min(0)
  @Max(MAX_QUANTITY_BASE)
  damagedBase!: number;

  /** Pieces known to be lost on the way. */
  @IsInt()
  @Min(0)
  @Max(MAX_QUANTITY_BASE)
  lostBase!: number;
}

/** What the receiver at the site signs for: every line of the load once; no lines for a trip without goods. */
export class DeliveryRequest {
  @IsString()
  @Length(1, 200)
  @Matches(LINE_PATTERN)
  receiverName!: string;

  @IsArray()
  @ArrayMaxSize(500)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => DeliveredLineRequest)
  lines!: DeliveredLineRequest[];
}

export class TripVehicleResponse {
  id!: string;
  plate!: string;
  typeCode!: string;
  carrierName!: string;
  sourcing!: 'own' | 'contract' | 'requisition';
}

export class TripPlaceResponse {
  name!: string;
  regionCode!: string;
  latitude!: number;
  longitude!: number;
}

export class TripLoadResponse {
  lineId!: string;
  itemCode!: string;
  /** As planned. */
  quantityBase!: number;
  /** As issued by the keeper; null before. */
  loadedBase!: number | null;
  receivedBase!: number | null;
  damagedBase!: number | null;
  lostBase!: number | null;
  missingBase!: number | null;
}

/** A green-channel pass. */
export class PassResponse {
  number!: string;
  /** Signed, compact; null for callers who neither drive nor dispatch. */
  token!: string | null;
  validFrom!: string;
  validUntil!: string;
  revokedAt!: string | null;
}

export class TripSummaryResponse {
  id!: string;
  allocationId!: string;
  assignmentId!: string;
  shipmentId!: string | null;
  /** The allocation line that asked for the vehicle itself, if one did. */
  lineId!: string | null;
  state!: TripState;
  vehicle!: TripVehicleResponse;
  driverName!: string;
  /** Where goods are picked up; null for a trip without goods. */
  origin!: TripPlaceResponse | null;
  site!: TripPlaceResponse;
  /** Estimated: from the vehicle's place to the goods. */
  approachSeconds!: number;
  /** Estimated: from the goods, or from the vehicle's place without goods, to the site. */
  carriageSeconds!: number;
  bookedAt!: string;
  loadedAt!: string | null;
  departedAt!: string | null;
  deliveredAt!: string | null;
  receiverName!: string | null;
  turnedBackAt!: string | null;
  endedAt!: string | null;
  endReason!: string | null;
}

export class TripResponse extends TripSummaryResponse {
  load!: TripLoadResponse[];
  pass!: PassResponse;
}

export class TripsResponse {
  items!: TripSummaryResponse[];
}
