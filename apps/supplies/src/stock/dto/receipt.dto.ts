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
import { MAX_QUANTITY_BASE } from '@ledger/contracts';
import { LINE_PATTERN } from '@ledger/platform';
import { DAY_PATTERN, ITEM_CODE_PATTERN } from '../../input/patterns';
import { RECEIPT_ORIGINS, type ReceiptOrigin } from '../domain/lot';

/** One batch that came in. */
export class ReceiptLine {
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

  /** The last day on which the goods may be used; required for goods that age. */
  @IsOptional()
  @MaxLength(10)
  @Matches(DAY_PATTERN)
  @ApiProperty({ format: 'date' })
  @IsISO8601({ strict: true })
  expiryDate?: string;

  @IsInt()
  @Min(1)
  @Max(MAX_QUANTITY_BASE)
  quantityBase!: number;
}

/** Goods that came into a depot. */
export class RecordReceiptRequest {
  @IsUUID()
  depotId!: string;

  @IsIn(RECEIPT_ORIGINS)
  origin!: ReceiptOrigin;

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(200)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => ReceiptLine)
  lines!: ReceiptLine[];

  @IsOptional()
  @IsString()
  @Length(1, 500)
  @Matches(LINE_PATTERN)
  note?: string;
}

/** Where a received batch lies now. */
export class ReceivedLotResponse {
  lotId!: string;
  itemCode!: string;
  batchNumber!: string;
  quantityBase!: number;
  /** `quarantine` when the goods may not be issued: past their date, held or recalled. */
  state!: 'available' | 'quarantine';
}

export class RecordReceiptResponse {
  movementId!: string;
  postedAt!: string;
  depotId!: string;
  lots!: ReceivedLotResponse[];
}
