import { ApiProperty } from '@nestjs/swagger';
import { IsISO8601, IsIn, IsInt, IsOptional, IsString, Length, Matches, Max, MaxLength, Min } from 'class-validator';
import { REGION_CODE_PATTERN } from '@ledger/contracts';
import { LINE_PATTERN, PageQuery } from '@ledger/platform';
import { DAY_PATTERN, ITEM_CODE_PATTERN } from '../../input/patterns';
import { ITEM_CLASSES, TIERS_OR_ANY, type ItemClass, type TierOrAny } from '../domain/rotation-rules';
import { MEASURES, type Measure } from '../domain/standing';

/** The highest price of one base unit: ten million yuan. */
export const MAX_PRICE_FEN = 1_000_000_000;

const THRESHOLD_BASES = ['estimate', 'sourced'] as const;
const PRICE_BASES = ['estimate', 'sourced', 'contract'] as const;

/** When goods of a class have to be rotated, from a day on. */
export class SetThresholdRequest {
  @IsIn(ITEM_CLASSES)
  itemClass!: ItemClass;

  /** An item's code, a category or a rotation rule, as in the catalogue. */
  @IsString()
  @Length(1, 60)
  @Matches(LINE_PATTERN)
  classValue!: string;

  /** The tier of the depots it is for. */
  @IsOptional()
  @IsIn(TIERS_OR_ANY)
  tier?: TierOrAny = 'any';

  /** The region of the depots it is for, with all below. */
  @MaxLength(12)
  @Matches(REGION_CODE_PATTERN)
  @ApiProperty({ pattern: REGION_CODE_PATTERN.source })
  regionCode!: string;

  /** Today or later. */
  @MaxLength(10)
  @Matches(DAY_PATTERN)
  @ApiProperty({ format: 'date' })
  @IsISO8601({ strict: true })
  validFrom!: string;

  /** `days` before the end of life, or a `share` of the whole life in thousandths. */
  @IsIn(MEASURES)
  measure!: Measure;

  @IsInt()
  @Min(0)
  @Max(3650)
  noticeBefore!: number;

  @IsInt()
  @Min(0)
  @Max(3650)
  actBefore!: number;

  @IsInt()
  @Min(0)
  @Max(3650)
  lateBefore!: number;

  @IsIn(THRESHOLD_BASES)
  basis!: 'estimate' | 'sourced';

  /** Where it was read; needed unless it is an estimate. */
  @IsOptional()
  @IsString()
  @Length(1, 500)
  @Matches(LINE_PATTERN)
  source?: string;
}

/** A threshold of the configuration. */
export class ThresholdResponse {
  id!: string;
  itemClass!: ItemClass;
  classValue!: string;
  tier!: TierOrAny;
  /** null holds everywhere. */
  regionCode!: string | null;
  validFrom!: string;
  measure!: Measure;
  noticeBefore!: number;
  actBefore!: number;
  lateBefore!: number;
  basis!: string;
  source!: string | null;
  recordedBy!: string;
  recordedAt!: string;
}

export class ThresholdsQuery extends PageQuery {
  @IsOptional()
  @IsIn(ITEM_CLASSES)
  itemClass?: ItemClass;

  @IsOptional()
  @IsString()
  @Length(1, 60)
  @Matches(LINE_PATTERN)
  classValue?: string;
}

export class ThresholdsResponse {
  items!: ThresholdResponse[];
  total!: number;
}

/** What one base unit of an item costs to buy, from a day on. */
export class SetItemPriceRequest {
  @MaxLength(7)
  @Matches(ITEM_CODE_PATTERN)
  @ApiProperty({ pattern: ITEM_CODE_PATTERN.source })
  itemCode!: string;

  /** The region of the depots it is for, with all below. */
  @MaxLength(12)
  @Matches(REGION_CODE_PATTERN)
  @ApiProperty({ pattern: REGION_CODE_PATTERN.source })
  regionCode!: string;

  @MaxLength(10)
  @Matches(DAY_PATTERN)
  @ApiProperty({ format: 'date' })
  @IsISO8601({ strict: true })
  validFrom!: string;

  @IsInt()
  @Min(0)
  @Max(MAX_PRICE_FEN)
  priceFen!: number;

  @IsIn(PRICE_BASES)
  basis!: 'estimate' | 'sourced' | 'contract';

  @IsOptional()
  @IsString()
  @Length(1, 500)
  @Matches(LINE_PATTERN)
  source?: string;
}

export class ItemPriceResponse {
  id!: string;
  itemCode!: string;
  regionCode!: string | null;
  validFrom!: string;
  priceFen!: number;
  basis!: string;
  source!: string | null;
  recordedBy!: string;
  recordedAt!: string;
}

export class ItemPricesQuery extends PageQuery {
  @IsOptional()
  @MaxLength(7)
  @Matches(ITEM_CODE_PATTERN)
  @ApiProperty({ pattern: ITEM_CODE_PATTERN.source })
  item?: string;
}

export class ItemPricesResponse {
  items!: ItemPriceResponse[];
  total!: number;
}
