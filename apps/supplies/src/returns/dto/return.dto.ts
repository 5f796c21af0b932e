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
import { MAX_QUANTITY_BASE } from '@ledger/contracts';
import { LINE_PATTERN } from '@ledger/platform';
import { INSTANT_PATTERN } from '../../input/patterns';

/** What the keeper found of one allocation line. */
export class ReturnLine {
  @IsUUID()
  lineId!: string;

  @IsInt()
  @Min(0)
  @Max(MAX_QUANTITY_BASE)
  usableBase!: number;

  @IsInt()
  @Min(0)
  @Max(MAX_QUANTITY_BASE)
  damagedBase!: number;

  @IsInt()
  @Min(0)
  @Max(MAX_QUANTITY_BASE)
  lostBase!: number;
}

/** Goods of a shipment that turned back. */
export class TakeBackRequest {
  /** The depot that takes the goods in; it may be another than the one they left. */
  @IsUUID()
  depotId!: string;

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(200)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => ReturnLine)
  lines!: ReturnLine[];

  /** When the goods came in; now when left out. */
  @IsOptional()
  @MaxLength(35)
  @Matches(INSTANT_PATTERN)
  @ApiProperty({ format: 'date-time' })
  @IsISO8601({ strict: true })
  returnedAt?: string;

  @IsOptional()
  @IsString()
  @Length(1, 500)
  @Matches(LINE_PATTERN)
  note?: string;
}

/** Goods of one allocation that come back from a site. */
export class RecordReturnRequest extends TakeBackRequest {
  @IsUUID()
  allocationId!: string;

  /** The hand-out that left these goods over. */
  @IsOptional()
  @IsUUID()
  handoutId?: string;
}

export class ReturnedLineResponse {
  lineId!: string;
  itemCode!: string;
  usableBase!: number;
  damagedBase!: number;
  lostBase!: number;
}

export class ReturnResponse {
  returnId!: string;
  movementId!: string;
  depotId!: string;
  returnedAt!: string;
  lines!: ReturnedLineResponse[];
}
