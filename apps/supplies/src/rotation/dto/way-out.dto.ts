import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
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
import { DAY_PATTERN } from '../../input/patterns';
import type { OrderState } from '../domain/order-state';
import type { FromState, WayOut } from '../domain/ways-out';

const USES = ['use', 'drill'] as const;
const DISPOSALS = ['donate', 'sell'] as const;
const FROM_STATES = ['available', 'quarantine'] as const;
/** One billion yuan. */
const MAX_SALE_FEN = 100_000_000_000;

/** Goods that were put to use, in peacetime or in a drill. */
export class RecordUseRequest {
  @IsIn(USES)
  way!: (typeof USES)[number];

  @IsInt()
  @Min(1)
  @Max(MAX_QUANTITY_BASE)
  quantityBase!: number;

  /** Number of the drill or of the paper. */
  @IsOptional()
  @IsString()
  @Length(1, 200)
  @Matches(LINE_PATTERN)
  document?: string;

  @IsOptional()
  @IsString()
  @Length(1, 500)
  @Matches(LINE_PATTERN)
  note?: string;
}

/** What a supplier gave for swapped goods. */
export class ReplacementRequest {
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

  @IsInt()
  @Min(1)
  @Max(MAX_QUANTITY_BASE)
  quantityBase!: number;
}

/** Goods that a supplier took back against newer ones. */
export class RecordSwapRequest {
  @IsInt()
  @Min(1)
  @Max(MAX_QUANTITY_BASE)
  quantityBase!: number;

  @IsOptional()
  @IsIn(FROM_STATES)
  fromState?: FromState = 'available';

  @IsString()
  @Length(1, 200)
  @Matches(LINE_PATTERN)
  supplier!: string;

  /** What came for them at once; left out when it comes later, by a receipt of its own. */
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => ReplacementRequest)
  replacement?: ReplacementRequest;

  @IsOptional()
  @IsString()
  @Length(1, 200)
  @Matches(LINE_PATTERN)
  document?: string;

  @IsOptional()
  @IsString()
  @Length(1, 500)
  @Matches(LINE_PATTERN)
  note?: string;
}

/** Goods that were given away or sold. */
export class RecordDisposalRequest {
  @IsIn(DISPOSALS)
  way!: (typeof DISPOSALS)[number];

  @IsInt()
  @Min(1)
  @Max(MAX_QUANTITY_BASE)
  quantityBase!: number;

  /** Buyer or recipient. */
  @IsString()
  @Length(1, 200)
  @Matches(LINE_PATTERN)
  counterparty!: string;

  /** For all pieces together; needed for a sale. */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(MAX_SALE_FEN)
  priceFen?: number;

  @IsOptional()
  @IsString()
  @Length(1, 200)
  @Matches(LINE_PATTERN)
  document?: string;

  @IsOptional()
  @IsString()
  @Length(1, 500)
  @Matches(LINE_PATTERN)
  note?: string;
}

/** A transfer that took goods of the order. */
export class LinkTransferRequest {
  @IsUUID()
  transferId!: string;
}

export class LinkedTransferResponse {
  orderId!: string;
  transferId!: string;
  quantityBase!: number;
  state!: OrderState;
}

/** Goods that went a way out, and how the order stands after it. */
export class WayOutResponse {
  actionId!: string;
  orderId!: string;
  way!: WayOut;
  quantityBase!: number;
  movementId!: string;
  replacementMovementId!: string | null;
  state!: OrderState;
}
