import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
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
import { MAX_QUANTITY_BASE } from '@ledger/contracts';
import { LINE_PATTERN } from '@ledger/platform';
import { DAY_PATTERN, INSTANT_PATTERN, ITEM_CODE_PATTERN } from '../../input/patterns';
import type { CountState } from '../domain/count-state';

export const COUNT_KINDS = ['cycle', 'full'] as const;
const PLACES = ['shelf', 'quarantine'] as const;

/** What to count. A full count takes the depot alone, a cycle count exactly one of the four ways to choose. */
export class OpenCountRequest {
  @IsUUID()
  depotId!: string;

  @IsIn(COUNT_KINDS)
  kind!: 'cycle' | 'full';

  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(500)
  @IsUUID(undefined, { each: true })
  lotIds?: string[];

  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(200)
  @MaxLength(7, { each: true })
  @Matches(ITEM_CODE_PATTERN, { each: true })
  itemCodes?: string[];

  /** Code of a zone of the depot. */
  @IsOptional()
  @IsString()
  @Length(1, 40)
  @Matches(LINE_PATTERN)
  zone?: string;

  /** True for the items whose count is due by the interval of their class. */
  @IsOptional()
  @IsBoolean()
  due?: boolean;

  /** Without expected quantities until it is submitted; true when left out. */
  @IsOptional()
  @IsBoolean()
  blind?: boolean;

  @IsOptional()
  @IsString()
  @Length(1, 500)
  @Matches(LINE_PATTERN)
  note?: string;
}

/** Goods that lie in the depot and are not on the list. */
export class FoundGoods {
  @MaxLength(7)
  @Matches(ITEM_CODE_PATTERN)
  @ApiProperty({ pattern: ITEM_CODE_PATTERN.source })
  itemCode!: string;

  /** As printed on the goods. */
  @IsString()
  @Length(1, 60)
  @Matches(LINE_PATTERN)
  batchNumber!: string;

  @IsOptional()
  @MaxLength(10)
  @Matches(DAY_PATTERN)
  @ApiProperty({ format: 'date' })
  @IsISO8601({ strict: true })
  productionDate?: string;

  @IsOptional()
  @MaxLength(10)
  @Matches(DAY_PATTERN)
  @ApiProperty({ format: 'date' })
  @IsISO8601({ strict: true })
  expiryDate?: string;

  /** Where they lie; on the shelf when left out. */
  @IsOptional()
  @IsIn(PLACES)
  place?: 'shelf' | 'quarantine';
}

/** What was counted of one line, or of goods that are not on the list. */
export class CountedLine {
  @IsOptional()
  @IsUUID()
  lineId?: string;

  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => FoundGoods)
  found?: FoundGoods;

  @IsInt()
  @Min(0)
  @Max(MAX_QUANTITY_BASE)
  countedBase!: number;

  /** False for a part, while the rest of the lot lies elsewhere; parts are added up. True when left out. */
  @IsOptional()
  @IsBoolean()
  complete?: boolean;

  /** True to replace what the same person recorded on this line in this round. */
  @IsOptional()
  @IsBoolean()
  correction?: boolean;
}

export class RecordCountRequest {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(200)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => CountedLine)
  lines!: CountedLine[];

  /** When these lines were counted, from a phone that had no network; now when left out. */
  @IsOptional()
  @MaxLength(35)
  @Matches(INSTANT_PATTERN)
  @ApiProperty({ format: 'date-time' })
  @IsISO8601({ strict: true })
  countedAt?: string;
}

/** A word on a submission or an approval. */
export class CountNoteRequest {
  @IsOptional()
  @IsString()
  @Length(1, 500)
  @Matches(LINE_PATTERN)
  note?: string;
}

/** Why a count goes back, and for which lines; all lines with a variance when none is named. */
export class RejectCountRequest {
  @IsString()
  @Length(1, 500)
  @Matches(LINE_PATTERN)
  reason!: string;

  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(500)
  @IsUUID(undefined, { each: true })
  lineIds?: string[];
}

export class CancelCountRequest {
  @IsString()
  @Length(1, 500)
  @Matches(LINE_PATTERN)
  reason!: string;
}

export class OpenCountResponse {
  countId!: string;
  /** Counts all counts of the ledger. */
  number!: number;
  state!: CountState;
  blind!: boolean;
  lines!: number;
  openedAt!: string;
}

export class RecordedLineResponse {
  lineId!: string;
  state!: 'open' | 'partial' | 'counted';
  /** What the parts add up to so far. */
  countedBase!: number;
}

export class RecordCountResponse {
  countId!: string;
  state!: CountState;
  /** The moment for which the ledger was read. */
  countedAt!: string;
  lines!: RecordedLineResponse[];
}

/** What became of a count. */
export class CountStateResponse {
  countId!: string;
  state!: CountState;
  /** Lines that have to be counted again, by somebody else. */
  recountLineIds!: string[];
  /** The movements that made the ledger follow; empty when nothing was posted. */
  movementIds!: string[];
}
