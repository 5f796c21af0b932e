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
import { DAY_PATTERN } from '../../input/patterns';
import { ReceivedLotResponse } from '../../stock/dto/receipt.dto';
import type { OrderState } from '../domain/order-state';

/** One batch that came for a line of the order. */
export class OrderReceiptLine {
  @IsUUID()
  lineId!: string;

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

/** Goods that came in against an order. */
export class ReceiveOrderRequest {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(200)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => OrderReceiptLine)
  lines!: OrderReceiptLine[];

  @IsOptional()
  @IsString()
  @Length(1, 500)
  @Matches(LINE_PATTERN)
  note?: string;
}

export class OrderLineProgressResponse {
  lineId!: string;
  itemCode!: string;
  orderedBase!: number;
  receivedBase!: number;
  openBase!: number;
}

export class ReceiveOrderResponse {
  receiptId!: string;
  movementId!: string;
  postedAt!: string;
  state!: OrderState;
  lots!: ReceivedLotResponse[];
  lines!: OrderLineProgressResponse[];
}
