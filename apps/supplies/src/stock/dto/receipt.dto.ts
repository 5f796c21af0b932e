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

  /** Of gear that is numbered piece by piece: one number for every piece, each of which becomes a lot of its own. */
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(200)
  @IsString({ each: true })
  @Length(1, 60, { each: true })
  @Matches(LINE_PATTERN, { each: true })
  serialNumbers?: string[];
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

  /** Puts the goods into quarantine with an open inspection for every lot, instead of making them available at once. */
  @IsOptional()
  @IsBoolean()
  toInspect?: boolean;

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
  serialNumber!: string | null;
  quantityBase!: number;
  /** `quarantine` when the goods may not be issued: to be inspected, past their date, held or recalled. */
  state!: 'available' | 'quarantine';
  inspectionId!: string | null;
}

export class RecordReceiptResponse {
  movementId!: string;
  postedAt!: string;
  depotId!: string;
  lots!: ReceivedLotResponse[];
}
