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
import type { OrderState } from '../domain/order-state';
import { MAX_PACK_BASE, MAX_PRICE_FEN } from './framework.dto';

export const ORDER_KINDS = ['ordinary', 'emergency', 'advance'] as const;
export type OrderKind = (typeof ORDER_KINDS)[number];

/** Goods that are asked of a supplier. */
export class OrderLineRequest {
  @MaxLength(7)
  @Matches(ITEM_CODE_PATTERN)
  @ApiProperty({ pattern: ITEM_CODE_PATTERN.source })
  itemCode!: string;

  @IsInt()
  @Min(1)
  @Max(MAX_QUANTITY_BASE)
  quantityBase!: number;

  /** Of one pack, in fen; only for a purchase outside every agreement, which has no price of its own. */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(MAX_PRICE_FEN)
  unitPriceFen?: number;

  /** Base units in one pack, for a purchase outside every agreement; 1 when left out. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MAX_PACK_BASE)
  packBase?: number;
}

/** The goods of a draft, in place of those it has. */
export class ReviseOrderRequest {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(200)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => OrderLineRequest)
  lines!: OrderLineRequest[];
}

/** A purchase order in draft. */
export class DraftOrderRequest extends ReviseOrderRequest {
  @IsIn(ORDER_KINDS)
  kind!: OrderKind;

  @IsUUID()
  depotId!: string;

  /** The agreement to order under; needed but for an emergency purchase. */
  @IsOptional()
  @IsUUID()
  frameworkId?: string;

  /** The supplier of an emergency purchase outside every agreement. */
  @IsOptional()
  @IsUUID()
  supplierId?: string;

  /** The day by which the goods have to be there. */
  @IsOptional()
  @MaxLength(10)
  @Matches(DAY_PATTERN)
  @ApiProperty({ format: 'date' })
  @IsISO8601({ strict: true })
  neededBy?: string;

  /** The season or forecast that an advance purchase is made for. */
  @IsOptional()
  @IsString()
  @Length(1, 200)
  @Matches(LINE_PATTERN)
  season?: string;

  /** Needed for an emergency purchase outside every agreement: why, and why this supplier. */
  @IsOptional()
  @IsString()
  @Length(1, 500)
  @Matches(LINE_PATTERN)
  reason?: string;
}

/** Hands a draft in to be signed, or in an emergency acts first. */
export class SubmitOrderRequest {
  /** Send the order now and owe the papers; for emergency purchases only. */
  @IsBoolean()
  actFirst: boolean = false;

  /** Why it cannot wait for a signature; needed to act first. */
  @IsOptional()
  @IsString()
  @Length(1, 500)
  @Matches(LINE_PATTERN)
  reason?: string;

  /** The day the supplier promises; by the agreed lead time when left out. */
  @IsOptional()
  @MaxLength(10)
  @Matches(DAY_PATTERN)
  @ApiProperty({ format: 'date' })
  @IsISO8601({ strict: true })
  promisedBy?: string;
}

/** The order goes out to the supplier. */
export class SendOrderRequest {
  /** The day the supplier promises; by the agreed lead time when left out. */
  @IsOptional()
  @MaxLength(10)
  @Matches(DAY_PATTERN)
  @ApiProperty({ format: 'date' })
  @IsISO8601({ strict: true })
  promisedBy?: string;
}

/** Why an order ends. */
export class EndOrderRequest {
  @IsString()
  @Length(1, 500)
  @Matches(LINE_PATTERN)
  reason!: string;
}

/** Where an order stands after a step. */
export class OrderStepResponse {
  orderId!: string;
  number!: string;
  state!: OrderState;
  amountFen!: number;
  promisedBy!: string | null;
  /** When the request for a signature, or the debt of one, falls due; null when nothing waits. */
  papersDueAt!: string | null;
  /** Who has to sign. */
  signatory!: string | null;
}
