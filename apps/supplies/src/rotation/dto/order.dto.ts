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
import { MAX_QUANTITY_BASE, REGION_CODE_PATTERN, type RegionTier } from '@ledger/contracts';
import { LINE_PATTERN } from '@ledger/platform';
import { DAY_PATTERN, ITEM_CODE_PATTERN } from '../../input/patterns';
import { DraftedOrderResponse, UnmetNeedResponse } from '../../purchasing/dto/draft.dto';
import { ORDER_STATES, type OrderState } from '../domain/order-state';
import type { Standing } from '../domain/standing';
import { WAYS_OUT, type WayOut } from '../domain/ways-out';
import { RotationPlaceQuery } from './alert.dto';
import type { ProposalResponse } from './proposal.dto';

export class OrdersQuery extends RotationPlaceQuery {
  @IsOptional()
  @IsIn(ORDER_STATES)
  state?: OrderState;
}

/** A lot that is to be rotated before anything else asks for it. */
export class OpenOrderRequest {
  @IsUUID()
  depotId!: string;

  @IsUUID()
  lotId!: string;
}

/** A way out that a part of the goods is meant to take. */
export class PlanLineRequest {
  @IsIn(WAYS_OUT)
  way!: WayOut;

  @IsInt()
  @Min(1)
  @Max(MAX_QUANTITY_BASE)
  quantityBase!: number;

  @IsOptional()
  @MaxLength(10)
  @Matches(DAY_PATTERN)
  @ApiProperty({ format: 'date' })
  @IsISO8601({ strict: true })
  doBy?: string;

  @IsOptional()
  @IsString()
  @Length(1, 500)
  @Matches(LINE_PATTERN)
  note?: string;
}

export class PlanOrderRequest {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(20)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => PlanLineRequest)
  lines!: PlanLineRequest[];
}

/** Why an order should be given up. */
export class CancelOrderRequest {
  @IsString()
  @Length(1, 500)
  @Matches(LINE_PATTERN)
  reason!: string;
}

export class OrderStateResponse {
  orderId!: string;
  state!: OrderState;
}

export class PlannedOrderResponse extends OrderStateResponse {
  version!: number;
  plannedBase!: number;
  /** Pieces in the depot that no line of the plan covers. */
  openBase!: number;
}

/** Pieces that went one way. */
export class WaySumResponse {
  way!: WayOut;
  quantityBase!: number;
}

export class EndedOrderResponse extends OrderStateResponse {
  ways!: WaySumResponse[];
  endedAt!: string;
}

/** A rotation order with what the ledger says now of its goods. */
export class OrderResponse {
  id!: string;
  depotId!: string;
  depotCode!: string;
  regionCode!: string;
  tier!: RegionTier;
  lotId!: string;
  batchNumber!: string;
  itemCode!: string;
  nameZh!: string;
  nameEn!: string;
  unit!: string;
  state!: OrderState;
  /** Pieces of the lot in the depot when the order was opened. */
  openedBase!: number;
  /** Pieces that still have to go, now. */
  leftBase!: number;
  standing!: Standing;
  lifeEnd!: string;
  /** From this day on the goods can hardly be used in time any more. */
  lateOn!: string;
  openedBy!: string;
  openedAt!: string;
  cancelReason!: string | null;
  cancelAskedBy!: string | null;
  endedBy!: string | null;
  endedAt!: string | null;
}

export class OrdersResponse {
  items!: OrderResponse[];
  total!: number;
}

export class PlanLineResponse {
  way!: WayOut;
  quantityBase!: number;
  doBy!: string | null;
  note!: string | null;
  plannedBy!: string;
  plannedAt!: string;
}

/** Goods that went a way out, with the papers of it. */
export class ActionResponse {
  id!: string;
  way!: WayOut;
  quantityBase!: number;
  movementId!: string | null;
  replacementMovementId!: string | null;
  transferId!: string | null;
  extensionId!: string | null;
  counterparty!: string | null;
  priceFen!: number | null;
  document!: string | null;
  note!: string | null;
  /** True when the movement was reversed: it counts for nothing then. */
  reversed!: boolean;
  recordedBy!: string;
  recordedAt!: string;
}

/** What the place lacks to be at its standard again. */
export class ReplenishmentResponse {
  floorBase!: number;
  /** Free pieces of all lots of the item here that keep beyond their threshold. */
  usableBase!: number;
  missingBase!: number;
  /** What buying the missing pieces costs; null without a price. */
  costFen!: number | null;
  /** True when the order could be closed now. */
  closable!: boolean;
}

/** A rotation order with its plan, what was done, what was proposed, and what is missing. */
export class OrderDetailResponse extends OrderResponse {
  plan!: PlanLineResponse[];
  actions!: ActionResponse[];
  proposals!: ProposalResponse[];
  replenishment!: ReplenishmentResponse;
}

/** What a depot needs of an item to be at its standard after rotation. */
export class ReplenishmentNeedResponse {
  depotId!: string;
  depotCode!: string;
  regionCode!: string;
  itemCode!: string;
  nameZh!: string;
  unit!: string;
  floorBase!: number;
  usableBase!: number;
  missingBase!: number;
  costFen!: number | null;
  /** Open rotation orders of the item in the depot. */
  orders!: number;
}

export class ReplenishmentNeedsResponse {
  items!: ReplenishmentNeedResponse[];
  total!: number;
}

/** Needs after rotation to be turned into draft purchase orders. */
export class DraftReplenishmentRequest {
  /** Region code; the region and everything below it. The caller's own region when left out. */
  @IsOptional()
  @MaxLength(12)
  @Matches(REGION_CODE_PATTERN)
  @ApiProperty({ pattern: REGION_CODE_PATTERN.source })
  region?: string;

  @IsOptional()
  @IsUUID()
  depotId?: string;

  @IsOptional()
  @MaxLength(7)
  @Matches(ITEM_CODE_PATTERN)
  @ApiProperty({ pattern: ITEM_CODE_PATTERN.source })
  item?: string;

  /** The day by which the goods have to be there. */
  @IsOptional()
  @MaxLength(10)
  @Matches(DAY_PATTERN)
  @ApiProperty({ format: 'date' })
  @IsISO8601({ strict: true })
  neededBy?: string;
}

export class DraftReplenishmentResponse {
  orders!: DraftedOrderResponse[];
  /** Needs that no framework agreement covers. */
  unmet!: UnmetNeedResponse[];
}
