import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsISO8601,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { MAX_QUANTITY_BASE, REGION_CODE_PATTERN } from '@ledger/contracts';
import { LINE_PATTERN, PageQuery } from '@ledger/platform';
import { DAY_PATTERN, ITEM_CODE_PATTERN } from '../../input/patterns';
import type { Basis } from '../domain/basis';
import { TEMPORARY_KINDS, type TemporaryKind, type TemporaryState } from '../domain/temporary-standard';
import { SourceRequest } from './rule.dto';

const STATES = ['planned', 'in-force', 'draw-down', 'over'] as const;

export class TemporaryItem {
  @MaxLength(7)
  @Matches(ITEM_CODE_PATTERN)
  @ApiProperty({ pattern: ITEM_CODE_PATTERN.source })
  itemCode!: string;

  @IsInt()
  @Min(1)
  @Max(MAX_QUANTITY_BASE)
  quantityBase!: number;
}

/** What a region or a depot has to keep besides its standard, for an event, a season or a special need. */
export class PlanTemporaryStandardRequest extends SourceRequest {
  @IsIn(TEMPORARY_KINDS)
  kind!: TemporaryKind;

  @IsString()
  @Length(1, 120)
  @Matches(LINE_PATTERN)
  name!: string;

  /** The place: a region, */
  @IsOptional()
  @MaxLength(12)
  @Matches(REGION_CODE_PATTERN)
  @ApiProperty({ pattern: REGION_CODE_PATTERN.source })
  regionCode?: string;

  /** or one depot, whose floor it raises. */
  @IsOptional()
  @IsUUID()
  depotId?: string;

  @MaxLength(10)
  @Matches(DAY_PATTERN)
  @ApiProperty({ format: 'date' })
  @IsISO8601({ strict: true })
  validFrom!: string;

  /** The last day. */
  @MaxLength(10)
  @Matches(DAY_PATTERN)
  @ApiProperty({ format: 'date' })
  @IsISO8601({ strict: true })
  validTo!: string;

  /** The goods have to be there by the end of this day. */
  @MaxLength(10)
  @Matches(DAY_PATTERN)
  @ApiProperty({ format: 'date' })
  @IsISO8601({ strict: true })
  fillUpBy!: string;

  /** What is over has to be taken back by the end of this day. */
  @MaxLength(10)
  @Matches(DAY_PATTERN)
  @ApiProperty({ format: 'date' })
  @IsISO8601({ strict: true })
  drawDownBy!: string;

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(200)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => TemporaryItem)
  items!: TemporaryItem[];
}

export class EndTemporaryStandardRequest {
  /** The last day on which it holds, before the one that was planned; yesterday ends it at once. */
  @MaxLength(10)
  @Matches(DAY_PATTERN)
  @ApiProperty({ format: 'date' })
  @IsISO8601({ strict: true })
  lastDay!: string;

  @IsString()
  @Length(1, 500)
  @Matches(LINE_PATTERN)
  reason!: string;
}

/** Which standards for a time to list. */
export class TemporaryStandardsQuery extends PageQuery {
  /** Region code; the region and everything below it. The caller's own region when left out. */
  @IsOptional()
  @MaxLength(12)
  @Matches(REGION_CODE_PATTERN)
  @ApiProperty({ pattern: REGION_CODE_PATTERN.source })
  region?: string;

  @IsOptional()
  @IsUUID()
  depotId?: string;

  @IsOptional()
  @IsIn(STATES)
  state?: TemporaryState;
}

export class TemporaryStandardResponse {
  id!: string;
  kind!: TemporaryKind;
  name!: string;
  regionCode!: string;
  depotId!: string | null;
  depotCode!: string | null;
  validFrom!: string;
  validTo!: string;
  /** `validTo`, or the earlier day on which it was ended. */
  lastDay!: string;
  fillUpBy!: string;
  drawDownBy!: string;
  source!: string;
  basis!: Basis;
  setBy!: string;
  setAt!: string;
  endReason!: string | null;
  /** Today. */
  state!: TemporaryState;
}

export class TemporaryStandardsResponse {
  today!: string;
  items!: TemporaryStandardResponse[];
  total!: number;
}

/** Where one item of a standard for a time stands. */
export class TemporaryItemResponse {
  itemCode!: string;
  nameZh!: string;
  nameEn!: string;
  unit!: string;
  quantityBase!: number;
  /** In the place, issuable. */
  heldBase!: number;
  /** What the place has to hold for it: its standard, this one, and those for a time that are to be filled before it. */
  requiredInForceBase!: number;
  /** What has to stay there after the last day, with what others that are over take back before it. */
  requiredAfterBase!: number;
  toMoveInBase!: number;
  /** As things stand; due after the last day. */
  toTakeBackBase!: number;
  fillUpOverdue!: boolean;
  drawDownOverdue!: boolean;
}

export class TemporaryStandardDetailResponse extends TemporaryStandardResponse {
  items!: TemporaryItemResponse[];
}

/** Goods that have to be moved for a standard for a time. */
export class TemporaryMoveResponse {
  standardId!: string;
  name!: string;
  regionCode!: string;
  depotId!: string | null;
  depotCode!: string | null;
  direction!: 'in' | 'back';
  itemCode!: string;
  nameZh!: string;
  unit!: string;
  quantityBase!: number;
  /** The first day on which it makes sense: today, or the day after the last one. */
  from!: string;
  /** It has to be done by the end of this day. */
  by!: string;
  overdue!: boolean;
}

export class TemporaryMovesResponse {
  today!: string;
  /** By their last day, the most urgent first. */
  items!: TemporaryMoveResponse[];
  /** Standards that were looked at; the page counts these. */
  standards!: number;
  total!: number;
}
