import { MAX_QUANTITY_BASE } from '@ledger/contracts';
import { LINE_PATTERN, PageQuery } from '@ledger/platform';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  Max,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { PHASES, type LineAccount, type Phase } from '../domain/allocation';

const ITEM_CODE = /^[A-Z]{3}-\d{3}$/;
const TYPE_CODE = /^[A-Z]{3}-\d{2}$/;

export class GoodsLineRequest {
  /** Catalogue code, such as `LRS-015`. */
  @IsString()
  @Matches(ITEM_CODE)
  itemCode!: string;

  /** Pieces in the item's base unit. */
  @IsInt()
  @Min(1)
  @Max(MAX_QUANTITY_BASE)
  quantityBase!: number;
}

export class TeamLineRequest {
  /** Kind of team, such as `PRO-02`. */
  @IsString()
  @Matches(TYPE_CODE)
  typeCode!: string;

  @IsInt()
  @Min(1)
  @Max(20)
  count!: number;
}

export class VehicleLineRequest {
  /** Kind of vehicle, such as `TRK-02`. */
  @IsString()
  @Matches(TYPE_CODE)
  typeCode!: string;

  @IsInt()
  @Min(1)
  @Max(50)
  count!: number;
}

export class PlanAllocationRequest {
  @IsUUID()
  incidentId!: string;

  /** The delivery site of the incident. */
  @IsUUID()
  siteId!: string;

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(60)
  @ArrayUnique((line: GoodsLineRequest) => line.itemCode)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => GoodsLineRequest)
  goods?: GoodsLineRequest[];

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @ArrayUnique((line: TeamLineRequest) => line.typeCode)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => TeamLineRequest)
  teams?: TeamLineRequest[];

  /** Goods get the vehicles they need in any case; here are those that are wanted by kind. */
  @ValidateIf((request: PlanAllocationRequest) => request.vehicles !== undefined || isEmpty(request))
  @IsArray()
  @ArrayMinSize(1, { message: 'at least one line of goods, teams or vehicles is needed' })
  @ArrayMaxSize(20)
  @ArrayUnique((line: VehicleLineRequest) => line.typeCode)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => VehicleLineRequest)
  vehicles?: VehicleLineRequest[];

  /** Goods must stay usable for so many days from today; 7 when left out. */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(365)
  usableDays?: number;

  /** Why this is asked for; it stands in the timeline. */
  @IsOptional()
  @IsString()
  @Length(1, 500)
  @Matches(LINE_PATTERN)
  reason?: string;
}

function isEmpty(request: PlanAllocationRequest): boolean {
  return !request.goods?.length && !request.teams?.length;
}

export class DecisionRequest {
  @IsIn(['approve', 'reject'])
  decision!: 'approve' | 'reject';

  /** Required for a rejection. */
  @ValidateIf((request: DecisionRequest) => request.decision === 'reject' || request.reason !== undefined)
  @IsString()
  @Length(1, 500)
  @Matches(LINE_PATTERN)
  reason?: string;
}

export class ReasonRequest {
  @IsString()
  @Length(1, 500)
  @Matches(LINE_PATTERN)
  reason!: string;
}

export class AllocationQuery extends PageQuery {
  @IsOptional()
  @IsUUID()
  incidentId?: string;

  @IsOptional()
  @IsIn(PHASES)
  phase?: Phase;
}

export class SourceView {
  depotId!: string;
  depotName!: string;
  regionCode!: string;
  quantityBase!: number;
  /** Estimated travel time in seconds. */
  travelSeconds!: number;
  /** The depot lies outside the county of the site. */
  foreign!: boolean;
  reason!: string;
}

/** Where the pieces of a line are, in base units. */
export class LineAccountView implements LineAccount {
  issuedBase!: number;
  inTransitBase!: number;
  atSiteBase!: number;
  damagedAtSiteBase!: number;
  consumedBase!: number;
  returnedBase!: number;
  lostBase!: number;
  handedOutBase!: number;
}

export class GoodsLineView {
  lineId!: string;
  itemCode!: string;
  itemName!: string;
  unit!: string;
  recoverable!: boolean;
  requestedBase!: number;
  shortBase!: number;
  reservation!: string;
  sources!: SourceView[];
  account!: LineAccountView;
}

export class CallUpView {
  callUpId!: string;
  status!: string;
  teamId!: string | null;
  teamName!: string | null;
}

export class TeamLineView {
  lineId!: string;
  typeCode!: string;
  callUps!: CallUpView[];
}

export class VehicleLineView {
  lineId!: string;
  typeCode!: string;
  count!: number;
}

export class ShipmentView {
  shipmentId!: string;
  depotId!: string;
  status!: string;
}

export class TripView {
  tripId!: string;
  shipmentId!: string | null;
  plate!: string;
  driverName!: string;
  status!: string;
}

export class AllocationSiteView {
  siteId!: string;
  name!: string;
  regionCode!: string;
  latitude!: number;
  longitude!: number;
}

export class AttentionView {
  owner!: string;
  reason!: string;
}

export class TimelineEntryView {
  position!: number;
  /** UTC. */
  at!: string;
  /** A person, a service or the clock. */
  actor!: string;
  step!: string;
  what!: string;
  why!: string;
  /** The event or request that made the entry. */
  eventId!: string;
}

export class AllocationView {
  id!: string;
  incidentId!: string;
  phase!: Phase;
  outcome!: string | null;
  useOrder!: string | null;
  requestedBy!: string;
  approvedBy!: string | null;
  /** The tier whose approver signs. */
  approvalTier!: string;
  site!: AllocationSiteView;
  /** ISO date. */
  usableUntil!: string;
  goods!: GoodsLineView[];
  teams!: TeamLineView[];
  vehicles!: VehicleLineView[];
  shipments!: ShipmentView[];
  trips!: TripView[];
  peopleReached!: number;
  firstHandoutAt!: string | null;
  /** Who has to act because the machine cannot go on alone. */
  attention!: AttentionView | null;
  /** What still keeps the allocation open. */
  openPoints!: string[];
  timeline!: TimelineEntryView[];
  createdAt!: string;
  changedAt!: string;
}

export class AllocationSummary {
  id!: string;
  incidentId!: string;
  phase!: Phase;
  regionCode!: string;
  requestedBy!: string;
  createdAt!: string;
  changedAt!: string;
}

export class AllocationPage {
  items!: AllocationSummary[];
  total!: number;
}
