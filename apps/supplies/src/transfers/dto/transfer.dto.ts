import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
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
import { LINE_PATTERN, PageQuery } from '@ledger/platform';
import { ITEM_CODE_PATTERN } from '../../input/patterns';
import { TRANSFER_STATES, type TransferState } from '../domain/transfer-state';

/** So much of an item, or of one lot of it. */
export class TransferOrderLine {
  @MaxLength(7)
  @Matches(ITEM_CODE_PATTERN)
  @ApiProperty({ pattern: ITEM_CODE_PATTERN.source })
  itemCode!: string;

  /** Where it has to be this lot; otherwise the earliest to expire leave first. */
  @IsOptional()
  @IsUUID()
  lotId?: string;

  @IsInt()
  @Min(1)
  @Max(MAX_QUANTITY_BASE)
  quantityBase!: number;
}

/** Goods that should go from one depot to another. */
export class OrderTransferRequest {
  @IsUUID()
  fromDepotId!: string;

  @IsUUID()
  toDepotId!: string;

  @IsString()
  @Length(1, 500)
  @Matches(LINE_PATTERN)
  reason!: string;

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => TransferOrderLine)
  lines!: TransferOrderLine[];

  /** Lets the sending depot fall below its reserve standard; a stock manager only. */
  @IsOptional()
  @IsBoolean()
  mayBreakFloor?: boolean;

  /** Hours until the goods should have left; 72 when left out. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(2_160)
  dispatchWithinHours?: number;

  /** Hours on the road after which the transfer is overdue; the threshold of the region when left out. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(2_160)
  arrivalHours?: number;
}

/** What the sending keeper loads of one lot. */
export class LoadedLotLine {
  @IsUUID()
  lotId!: string;

  @IsInt()
  @Min(1)
  @Max(MAX_QUANTITY_BASE)
  quantityBase!: number;
}

export class DispatchTransferRequest {
  /**
   * What is loaded, by lot, and no more than was ordered; what is not loaded lapses. When left out, everything that was
   * ordered leaves, the earliest to expire first.
   */
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(400)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => LoadedLotLine)
  lots?: LoadedLotLine[];

  /** Vehicle and driver, or whoever carries the goods. */
  @IsOptional()
  @IsString()
  @Length(1, 200)
  @Matches(LINE_PATTERN)
  carriedBy?: string;

  @IsOptional()
  @IsString()
  @Length(1, 500)
  @Matches(LINE_PATTERN)
  note?: string;
}

export class CancelTransferRequest {
  @IsString()
  @Length(1, 500)
  @Matches(LINE_PATTERN)
  reason!: string;
}

export class TransferStepResponse {
  transferId!: string;
  state!: TransferState;
  movementId!: string | null;
}

const DIRECTIONS = ['in', 'out'] as const;

/** Which transfers to list. */
export class TransfersQuery extends PageQuery {
  /** Sending or receiving depot. */
  @IsOptional()
  @IsUUID()
  depotId?: string;

  /** Seen from the caller's region: goods that come in, or that go out. */
  @IsOptional()
  @IsIn(DIRECTIONS)
  direction?: 'in' | 'out';

  @IsOptional()
  @IsIn(TRANSFER_STATES)
  state?: TransferState;

  /** Those past the time of their next step only. */
  @IsOptional()
  @IsIn(['true'])
  overdue?: 'true';
}

export class TransferResponse {
  id!: string;
  fromDepotId!: string;
  fromDepotCode!: string;
  toDepotId!: string;
  toDepotCode!: string;
  state!: TransferState;
  reason!: string;
  mayBreakFloor!: boolean;
  /** By when the next step should be taken: the dispatch, then the arrival. */
  dueAt!: string;
  overdue!: boolean;
  requestedBy!: string;
  requestedAt!: string;
  dispatchedBy!: string | null;
  dispatchedAt!: string | null;
  dispatchMovementId!: string | null;
  carriedBy!: string | null;
  cancelledBy!: string | null;
  cancelReason!: string | null;
  closedAt!: string | null;
  /** Pieces still on the road, over all lots. */
  inTransitBase!: number;
}

export class TransfersResponse {
  items!: TransferResponse[];
  total!: number;
}

export class TransferLineResponse {
  itemCode!: string;
  nameZh!: string;
  unit!: string;
  lotId!: string | null;
  orderedBase!: number;
}

/** What became of one lot of a transfer. */
export class TransferLotResponse {
  lotId!: string;
  itemCode!: string;
  batchNumber!: string;
  serialNumber!: string | null;
  expiryDate!: string | null;
  sentBase!: number;
  receivedBase!: number;
  damagedBase!: number;
  surplusBase!: number;
  /** Settled as found at either end, or as lost. */
  settledBase!: number;
  inTransitBase!: number;
}
