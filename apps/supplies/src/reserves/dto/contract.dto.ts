import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import {
  REGION_CODE_PATTERN,
  RESERVE_MODES,
  RESERVE_STATES,
  RESTORATIONS,
  type ReserveMode,
  type ReserveState,
  type Restoration,
  type UncountedCode,
} from '@ledger/contracts';
import { PageQuery } from '@ledger/platform';
import { CONTRACT_EVENTS, type ContractEvent } from '../domain/contract-state';
import { ConfirmedFiguresResponse } from './confirmation.dto';
import { IsCount, IsDay, IsItemCode, IsLine, IsRegionCode, MAX_DAYS, MAX_HOURS, MAX_PRICE_FEN } from './fields';

const PHONE_PATTERN = /^[0-9+()\- ]{3,40}$/;

/** A reserve contract that was concluded. */
export class CreateReserveContractRequest {
  /** Of the paper that was signed; one contract per paper and item. */
  @IsLine(100)
  documentNumber!: string;

  @IsIn(RESERVE_MODES)
  mode!: ReserveMode;

  /** Whose reserve it is; the caller's own region when left out. */
  @IsOptional()
  @IsRegionCode()
  regionCode?: string;

  /** Regions, with all below them, that it serves. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(50)
  @MaxLength(12, { each: true })
  @Matches(REGION_CODE_PATTERN, { each: true })
  serves!: string[];

  @IsLine(200)
  counterpartyName!: string;

  /** The counterparty's organisation, whose people confirm and answer; required for enterprise and capacity. */
  @IsOptional()
  @IsUUID()
  enterpriseOrganisationId?: string;

  @IsItemCode()
  itemCode!: string;

  @IsDay()
  validFrom!: string;

  /** The last day. */
  @IsDay()
  validTo!: string;

  /** Hours from the call to the hand-over; of a plant, the hours that follow the making. */
  @IsCount(0, MAX_HOURS)
  responseHours!: number;

  /** All it is good for until it is renewed. */
  @IsCount(1)
  quantityBase!: number;

  /** What an enterprise may not fall below. */
  @IsOptional()
  @IsCount(0)
  minimumBase?: number;

  /** Pieces a plant makes a day. */
  @IsOptional()
  @IsCount(1)
  ratePerDay?: number;

  @IsOptional()
  @IsCount(0, MAX_HOURS)
  startUpHours?: number;

  /** How often finished pieces can be fetched; 24, a whole day's output, when left out. */
  @IsOptional()
  @IsCount(1, 24)
  outputEveryHours?: number;

  @IsOptional()
  @IsCount(0, MAX_PRICE_FEN)
  unitPriceFen?: number;

  /** Whether delivered pieces are promised anew at the renewal, or at once; `renewal` when left out. */
  @IsOptional()
  @IsIn(RESTORATIONS)
  restoredBy?: Restoration;

  /** Days between confirmations; required for enterprise and capacity. */
  @IsOptional()
  @IsCount(1, MAX_DAYS)
  confirmEveryDays?: number;

  /** Days a confirmation may be overdue before its figure stops counting; none when left out. */
  @IsOptional()
  @IsCount(0, MAX_DAYS)
  graceDays?: number;

  @IsOptional()
  @IsLine(100)
  contactName?: string;

  @IsOptional()
  @MaxLength(40)
  @Matches(PHONE_PATTERN)
  @ApiProperty({ pattern: PHONE_PATTERN.source })
  contactPhone?: string;

  /** Puts it in force at once. */
  @IsOptional()
  @IsBoolean()
  activate?: boolean;
}

export class ReserveContractIdResponse {
  contractId!: string;
  state!: ReserveState;
}

/** A step in the life of a contract. */
export class ChangeContractStateRequest {
  @IsIn(CONTRACT_EVENTS)
  change!: ContractEvent;

  @IsLine(500)
  reason!: string;
}

/** Terms that change; what is left out stays. */
export class AmendReserveContractRequest {
  @IsLine(500)
  reason!: string;

  @IsOptional()
  @IsLine(100)
  documentNumber?: string;

  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(50)
  @MaxLength(12, { each: true })
  @Matches(REGION_CODE_PATTERN, { each: true })
  serves?: string[];

  @IsOptional()
  @IsLine(200)
  counterpartyName?: string;

  @IsOptional()
  @IsDay()
  validTo?: string;

  @IsOptional()
  @IsCount(0, MAX_HOURS)
  responseHours?: number;

  @IsOptional()
  @IsCount(1)
  quantityBase?: number;

  @IsOptional()
  @IsCount(0)
  minimumBase?: number;

  @IsOptional()
  @IsCount(1)
  ratePerDay?: number;

  @IsOptional()
  @IsCount(0, MAX_HOURS)
  startUpHours?: number;

  @IsOptional()
  @IsCount(1, 24)
  outputEveryHours?: number;

  @IsOptional()
  @IsCount(0, MAX_PRICE_FEN)
  unitPriceFen?: number;

  @IsOptional()
  @IsCount(1, MAX_DAYS)
  confirmEveryDays?: number;

  @IsOptional()
  @IsCount(0, MAX_DAYS)
  graceDays?: number;

  @IsOptional()
  @IsLine(100)
  contactName?: string;

  @IsOptional()
  @MaxLength(40)
  @Matches(PHONE_PATTERN)
  @ApiProperty({ pattern: PHONE_PATTERN.source })
  contactPhone?: string;
}

/** A new term of a contract. */
export class RenewReserveContractRequest {
  @IsLine(500)
  reason!: string;

  /** The new last day. */
  @IsDay()
  validTo!: string;

  @IsOptional()
  @IsLine(100)
  documentNumber?: string;

  @IsOptional()
  @IsCount(1)
  quantityBase?: number;

  @IsOptional()
  @IsCount(0, MAX_PRICE_FEN)
  unitPriceFen?: number;
}

/** Which contracts to list. */
export class ReserveContractsQuery extends PageQuery {
  /** Region code: contracts of the region and below it, and those that serve it. The caller's own when left out. */
  @IsOptional()
  @IsRegionCode()
  region?: string;

  @IsOptional()
  @IsIn(RESERVE_MODES)
  mode?: ReserveMode;

  @IsOptional()
  @IsIn(RESERVE_STATES)
  state?: ReserveState;

  @IsOptional()
  @IsItemCode()
  item?: string;

  /** The counterparty's organisation. */
  @IsOptional()
  @IsUUID()
  enterprise?: string;

  /** Only those whose last day comes within so many days, or has passed, and that are not ended. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(MAX_DAYS)
  expiringWithinDays?: number;
}

/** Why a contract is not counted in the callable curve. */
export class UncountedReason {
  code!: UncountedCode;
  reason!: string;
}

/** A reserve contract and what it can give now. Quantities in the item's base unit. */
export class ReserveContractResponse {
  contractId!: string;
  documentNumber!: string;
  mode!: ReserveMode;
  state!: ReserveState;
  regionCode!: string;
  organisationId!: string;
  serves!: string[];
  counterpartyName!: string;
  enterpriseOrganisationId!: string | null;
  itemCode!: string;
  validFrom!: string;
  validTo!: string;
  responseHours!: number;
  quantityBase!: number;
  minimumBase!: number;
  ratePerDay!: number | null;
  startUpHours!: number | null;
  outputEveryHours!: number | null;
  unitPriceFen!: number | null;
  restoredBy!: Restoration;
  confirmEveryDays!: number | null;
  graceDays!: number;
  /** Called and still waited for. */
  calledBase!: number;
  /** Received, and promised again only by the renewal. */
  drawnBase!: number;
  term!: number;
  activatedAt!: string | null;
  belowMinimumSince!: string | null;
  /** Day by which the figures have to be confirmed again. */
  confirmationDueOn!: string | null;
  confirmation!: ConfirmedFiguresResponse | null;
  /** All it can still give; 0 while it does not count. */
  callableBase!: number;
  /** Why it does not count in the callable curve, or null. */
  uncounted!: UncountedReason | null;
  /** Shown in full to those who have to telephone, else with most of it hidden. */
  contactName!: string | null;
  contactPhone!: string | null;
  contactMasked!: boolean;
  synthetic!: boolean;
}

export class ReserveContractsResponse {
  items!: ReserveContractResponse[];
  total!: number;
}

/** One line of the history of a contract and its calls. */
export class ReserveContractChangeResponse {
  kind!: string;
  callId!: string | null;
  reason!: string | null;
  details!: Record<string, unknown>;
  recordedBy!: string;
  recordedAt!: string;
}

export class ReserveContractChangesResponse {
  items!: ReserveContractChangeResponse[];
  total!: number;
}
