import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, IsUUID, Length, Matches, MaxLength } from 'class-validator';
import { REGION_CODE_PATTERN } from '@ledger/contracts';
import { LINE_PATTERN, PageQuery } from '@ledger/platform';

const STATES = ['open', 'confirmed', 'cancelled'] as const;

/** Which issue orders to list. */
export class IssueOrdersQuery extends PageQuery {
  /** Region code of the depot; the region and everything below it. The caller's own region when left out. */
  @IsOptional()
  @MaxLength(12)
  @Matches(REGION_CODE_PATTERN)
  @ApiProperty({ pattern: REGION_CODE_PATTERN.source })
  region?: string;

  @IsOptional()
  @IsIn(STATES)
  state?: 'open' | 'confirmed' | 'cancelled' = 'open';

  @IsOptional()
  @IsUUID()
  allocationId?: string;
}

/** What the keeper has to say on handing over. */
export class ConfirmIssueRequest {
  @IsOptional()
  @IsString()
  @Length(1, 500)
  @Matches(LINE_PATTERN)
  note?: string;
}

/** A use order that lets a lot go although it may not be issued. */
export class OverrideLotRequest {
  @IsUUID()
  lotId!: string;

  /** Number of the signed use order. */
  @IsString()
  @Length(1, 60)
  @Matches(LINE_PATTERN)
  useOrder!: string;

  @IsString()
  @Length(1, 500)
  @Matches(LINE_PATTERN)
  reason!: string;
}

export class OverrideResponse {
  shipmentId!: string;
  lotId!: string;
  useOrder!: string;
  reason!: string;
  approvedBy!: string;
  approvedAt!: string;
}

export class IssuedLineResponse {
  lineId!: string;
  itemCode!: string;
  lotId!: string;
  quantityBase!: number;
}

export class ConfirmIssueResponse {
  shipmentId!: string;
  movementId!: string;
  issuedAt!: string;
  lines!: IssuedLineResponse[];
}

export class IssueOrderLineResponse {
  lineId!: string;
  reservationId!: string;
  itemCode!: string;
  nameZh!: string;
  unit!: string;
  quantityBase!: number;
  /** `cancelled` when its promise was released before the goods left. */
  state!: 'open' | 'issued' | 'cancelled';
}

export class IssueOrderTripResponse {
  tripId!: string;
  plate!: string;
  driverName!: string;
}

/** What a keeper has to hand over, and to whom. */
export class IssueOrderResponse {
  shipmentId!: string;
  allocationId!: string;
  depotId!: string;
  depotCode!: string;
  depotNameZh!: string;
  siteId!: string;
  siteName!: string;
  useOrder!: string;
  state!: 'open' | 'confirmed' | 'cancelled';
  orderedAt!: string;
  closedAt!: string | null;
  confirmedBy!: string | null;
  lines!: IssueOrderLineResponse[];
  trips!: IssueOrderTripResponse[];
}

export class IssueOrdersResponse {
  items!: IssueOrderResponse[];
  total!: number;
}
