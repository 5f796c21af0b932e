import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsInt,
  IsObject,
  IsString,
  IsUUID,
  Length,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { MAX_QUANTITY_BASE } from '@ledger/contracts';
import { LINE_PATTERN } from '@ledger/platform';
import { IssueOrderTripResponse } from './issue-order.dto';

/** What became of missing pieces of one allocation line. */
export class SettleDifferenceLine {
  @IsUUID()
  lineId!: string;

  /** Pieces that turned up and are at the site now. */
  @IsInt()
  @Min(0)
  @Max(MAX_QUANTITY_BASE)
  foundBase!: number;

  /** Pieces to write off. */
  @IsInt()
  @Min(0)
  @Max(MAX_QUANTITY_BASE)
  lostBase!: number;
}

/** How a difference between loaded and handed-over goods is settled. */
export class SettleDifferenceRequest {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(200)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => SettleDifferenceLine)
  lines!: SettleDifferenceLine[];

  /** Why; it stands in the ledger for good. */
  @IsString()
  @Length(1, 500)
  @Matches(LINE_PATTERN)
  note!: string;
}

export class SettledLineResponse {
  lineId!: string;
  itemCode!: string;
  foundBase!: number;
  lostBase!: number;
}

export class SettleDifferenceResponse {
  shipmentId!: string;
  movementId!: string;
  lines!: SettledLineResponse[];
}

/** Pieces of one lot for one allocation line: how many left, and how many are still on the road. */
export class ShipmentLotResponse {
  lineId!: string;
  itemCode!: string;
  lotId!: string;
  batchNumber!: string;
  expiryDate!: string | null;
  issuedBase!: number;
  inTransitBase!: number;
}

export class DeliveryLineResponse {
  lineId!: string;
  itemCode!: string;
  receivedBase!: number;
  damagedBase!: number;
  lostBase!: number;
  missingBase!: number;
}

/** What one trip handed over. */
export class DeliveryResponse {
  tripId!: string;
  receiverName!: string;
  deliveredAt!: string;
  movementId!: string | null;
  lines!: DeliveryLineResponse[];
}

/** Goods of one depot on their way to one site. */
export class ShipmentResponse {
  shipmentId!: string;
  allocationId!: string;
  depotId!: string;
  siteId!: string;
  useOrder!: string;
  state!: 'open' | 'confirmed' | 'cancelled';
  lots!: ShipmentLotResponse[];
  trips!: IssueOrderTripResponse[];
  deliveries!: DeliveryResponse[];
}
