import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsISO8601,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { REGION_CODE_PATTERN } from '@ledger/contracts';
import { LINE_PATTERN } from '@ledger/platform';
import { DAY_PATTERN, ITEM_CODE_PATTERN } from '../../input/patterns';

const MAX_KITS = 100_000;

/** For which depot to look how many kits could be built. */
export class CompletenessQuery {
  @IsUUID()
  depotId!: string;

  /** How many are wanted; one more than could be built when left out, which shows what is short next. */
  @IsOptional()
  @ApiProperty({ type: 'integer', minimum: 1, maximum: MAX_KITS, required: false })
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(MAX_KITS)
  kits?: number;

  /** Whose goods to use; the depot's own region when left out. */
  @IsOptional()
  @MaxLength(12)
  @Matches(REGION_CODE_PATTERN)
  @ApiProperty({ pattern: REGION_CODE_PATTERN.source })
  ownerRegionCode?: string;
}

export class KitComponentStateResponse {
  itemCode!: string;
  nameZh!: string;
  nameEn!: string;
  unit!: string;
  quantityPerKit!: number;
  required!: boolean;
  /** Free, of the owner, and good today. */
  usableBase!: number;
  /** Free, but expired, held or recalled. */
  unusableBase!: number;
  /** For how many kits it lasts. */
  kits!: number;
  /** What is missing for the number of kits asked for. */
  shortBase!: number;
}

export class CompletenessResponse {
  kitCode!: string;
  revision!: number;
  depotId!: string;
  depotCode!: string;
  ownerRegionCode!: string;
  buildableKits!: number;
  /** Item codes of required components that allow no more. */
  limitedBy!: string[];
  components!: KitComponentStateResponse[];
}

/** Puts kits together from goods of one depot. */
export class BuildKitsRequest {
  @IsUUID()
  depotId!: string;

  @IsInt()
  @Min(1)
  @Max(MAX_KITS)
  kits!: number;

  /** Item codes of components that are not required and shall be put in all the same. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(50)
  @ArrayUnique()
  @MaxLength(7, { each: true })
  @Matches(ITEM_CODE_PATTERN, { each: true })
  optionalComponents?: string[];

  /** The last day on which the kits shall still be good; today when left out. */
  @IsOptional()
  @MaxLength(10)
  @Matches(DAY_PATTERN)
  @ApiProperty({ format: 'date' })
  @IsISO8601({ strict: true })
  usableUntil?: string;

  /** Whose goods to use; the depot's own region when left out. The kits belong to the same. */
  @IsOptional()
  @MaxLength(12)
  @Matches(REGION_CODE_PATTERN)
  @ApiProperty({ pattern: REGION_CODE_PATTERN.source })
  ownerRegionCode?: string;

  @IsOptional()
  @IsString()
  @Length(1, 500)
  @Matches(LINE_PATTERN)
  note?: string;
}

/** What lies in each kit of a lot. */
export class KitContentResponse {
  lotId!: string;
  itemCode!: string;
  batchNumber!: string;
  expiryDate!: string | null;
  quantityPerKit!: number;
}

/** Kits that hold the same pieces of the same lots. */
export class BuiltLotResponse {
  lotId!: string;
  batchNumber!: string;
  kits!: number;
  /** The earliest date among the contents. */
  expiryDate!: string | null;
}

export class BuildKitsResponse {
  movementId!: string;
  postedAt!: string;
  depotId!: string;
  revision!: number;
  lots!: BuiltLotResponse[];
}

const PLACES = ['available', 'quarantine'] as const;

/** Takes kits apart. */
export class BreakKitsRequest {
  /** Where they are now. */
  @IsUUID()
  depotId!: string;

  @IsUUID()
  lotId!: string;

  @IsInt()
  @Min(1)
  @Max(MAX_KITS)
  kits!: number;

  /** Free kits, or those that were put aside: expired ones still hold parts that are good. */
  @IsIn(PLACES)
  from!: 'available' | 'quarantine';

  @IsString()
  @Length(1, 500)
  @Matches(LINE_PATTERN)
  reason!: string;
}

/** What came back. */
export class GivenBackResponse {
  lotId!: string;
  itemCode!: string;
  quantityBase!: number;
  /** `quarantine` when it may not be issued: past its date, held or recalled, or from kits that are. */
  state!: 'available' | 'quarantine';
}

export class BreakKitsResponse {
  movementId!: string;
  postedAt!: string;
  depotId!: string;
  lotId!: string;
  kits!: number;
  components!: GivenBackResponse[];
}

/** A lot of kits as it was built, and what is in each. */
export class KitLotResponse {
  lotId!: string;
  kitCode!: string;
  batchNumber!: string;
  expiryDate!: string | null;
  revision!: number;
  /** Where and by which movement it was built. */
  depotId!: string;
  movementId!: string;
  builtKits!: number;
  brokenKits!: number;
  contents!: KitContentResponse[];
}
