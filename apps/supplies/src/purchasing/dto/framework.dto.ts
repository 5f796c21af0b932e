import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsISO8601,
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

/** Of one pack: 10 million yuan. With the most packs of a line it still is an exact number of fen. */
export const MAX_PRICE_FEN = 1_000_000_000;
export const MAX_PACK_BASE = 100_000;

/** Which agreements to list: those that the caller's region concluded or that serve it. */
export class FrameworksQuery extends PageQuery {
  @IsOptional()
  @MaxLength(7)
  @Matches(ITEM_CODE_PATTERN)
  @ApiProperty({ pattern: ITEM_CODE_PATTERN.source })
  item?: string;

  @IsOptional()
  @IsUUID()
  supplierId?: string;
}

/** One item of an agreement. */
export class FrameworkItemRequest {
  @MaxLength(7)
  @Matches(ITEM_CODE_PATTERN)
  @ApiProperty({ pattern: ITEM_CODE_PATTERN.source })
  itemCode!: string;

  /** Base units in one pack; 1 when goods are sold by the piece. */
  @IsInt()
  @Min(1)
  @Max(MAX_PACK_BASE)
  packBase!: number;

  /** Of one pack, in fen. */
  @IsInt()
  @Min(0)
  @Max(MAX_PRICE_FEN)
  unitPriceFen!: number;

  /** Least quantity of one order. */
  @IsInt()
  @Min(0)
  @Max(MAX_QUANTITY_BASE)
  minimumBase!: number;

  /** Most that all orders may take together; no limit when left out. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MAX_QUANTITY_BASE)
  maximumBase?: number;

  /** Calendar days from order to delivery, as promised. */
  @IsInt()
  @Min(0)
  @Max(365)
  leadTimeDays!: number;
}

/** A framework agreement with a supplier. */
export class ConcludeFrameworkRequest {
  /** Of the signed document. */
  @IsString()
  @Length(1, 60)
  @Matches(LINE_PATTERN)
  documentNumber!: string;

  @IsUUID()
  supplierId!: string;

  @MaxLength(10)
  @Matches(DAY_PATTERN)
  @ApiProperty({ format: 'date' })
  @IsISO8601({ strict: true })
  validFrom!: string;

  /** The last day on which an order may be sent. */
  @MaxLength(10)
  @Matches(DAY_PATTERN)
  @ApiProperty({ format: 'date' })
  @IsISO8601({ strict: true })
  validUntil!: string;

  /** Regions whose depots it serves, with everything below them; all of them in the caller's region. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @IsString({ each: true })
  @MaxLength(12, { each: true })
  @Matches(REGION_CODE_PATTERN, { each: true })
  regionCodes!: string[];

  /** Thousandths of an ordered quantity that may come on top. */
  @IsInt()
  @Min(0)
  @Max(100)
  tolerancePermille: number = 0;

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(200)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => FrameworkItemRequest)
  items!: FrameworkItemRequest[];
}

/** Why an agreement ends before its time. */
export class EndFrameworkRequest {
  @IsString()
  @Length(1, 500)
  @Matches(LINE_PATTERN)
  reason!: string;
}

export class ConcludeFrameworkResponse {
  frameworkId!: string;
}

export class EndFrameworkResponse {
  frameworkId!: string;
  endedOn!: string;
}

export class FrameworkItemResponse {
  itemCode!: string;
  packBase!: number;
  unitPriceFen!: number;
  minimumBase!: number;
  maximumBase!: number | null;
  leadTimeDays!: number;
  /** What orders have taken so far. */
  calledBase!: number;
}

export class FrameworkResponse {
  frameworkId!: string;
  documentNumber!: string;
  supplierId!: string;
  supplierName!: string;
  regionCode!: string;
  validFrom!: string;
  validUntil!: string;
  regionCodes!: string[];
  tolerancePermille!: number;
  endedOn!: string | null;
  endReason!: string | null;
  items!: FrameworkItemResponse[];
}

export class FrameworksResponse {
  items!: FrameworkResponse[];
  total!: number;
}
