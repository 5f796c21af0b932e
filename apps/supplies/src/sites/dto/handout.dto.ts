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

/** Pieces of one allocation line that people got. */
export class HandoutLine {
  @IsUUID()
  lineId!: string;

  @IsInt()
  @Min(1)
  @Max(MAX_QUANTITY_BASE)
  quantityBase!: number;
}

/** Goods of one allocation given to people at a site. */
export class RecordHandoutRequest {
  @IsUUID()
  allocationId!: string;

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(200)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => HandoutLine)
  lines!: HandoutLine[];

  /** People who got something in this hand-out. */
  @IsInt()
  @Min(0)
  @Max(10_000_000)
  peopleReached!: number;

  /** When it happened; now when left out. */
  @IsOptional()
  @MaxLength(35)
  @Matches(INSTANT_PATTERN)
  @ApiProperty({ format: 'date-time' })
  @IsISO8601({ strict: true })
  handedOutAt?: string;

  @IsOptional()
  @IsString()
  @Length(1, 500)
  @Matches(LINE_PATTERN)
  note?: string;
}

export class HandedOutLineResponse {
  lineId!: string;
  itemCode!: string;
  quantityBase!: number;
  /** True when the goods are used up; recoverable ones come back. */
  consumed!: boolean;
}

export class RecordHandoutResponse {
  handoutId!: string;
  /** null when only recoverable goods were handed out: they stay in the site's account. */
  movementId!: string | null;
  handedOutAt!: string;
  lines!: HandedOutLineResponse[];
}
