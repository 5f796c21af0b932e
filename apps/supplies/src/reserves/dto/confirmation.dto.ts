import { IsIn, IsOptional } from 'class-validator';
import { KEY_INPUT_LEVELS, type KeyInputLevel, type ReserveMode } from '@ledger/contracts';
import { PageQuery } from '@ledger/platform';
import { IsCount, IsInstant, IsLine, IsRegionCode, MAX_HOURS } from './fields';

/** Figures that an enterprise confirms. A plant names rate, start-up time and key inputs; all others name the stock. */
export class RecordConfirmationRequest {
  /** The moment for which the figures hold; now when left out. */
  @IsOptional()
  @IsInstant()
  confirmedAt?: string;

  /** Who stands for them; the caller when left out. */
  @IsOptional()
  @IsLine(100)
  confirmedBy?: string;

  @IsOptional()
  @IsCount(0)
  stockBase?: number;

  @IsOptional()
  @IsCount(0)
  ratePerDay?: number;

  @IsOptional()
  @IsCount(0, MAX_HOURS)
  startUpHours?: number;

  /** What production hangs on, and how it stands: 涤纶布 30 天. */
  @IsOptional()
  @IsLine(500)
  keyInputs?: string;

  @IsOptional()
  @IsIn(KEY_INPUT_LEVELS)
  keyInputsLevel?: KeyInputLevel;

  @IsOptional()
  @IsLine(500)
  note?: string;
}

export class RecordConfirmationResponse {
  confirmationId!: string;
  confirmedAt!: string;
  /** False when figures of a later moment are known already. */
  counts!: boolean;
  nextDueOn!: string | null;
  belowMinimum!: boolean;
}

/** The figures that count, with what was received from the enterprise since. */
export class ConfirmedFiguresResponse {
  confirmedAt!: string;
  stockBase!: number | null;
  ratePerDay!: number | null;
  startUpHours!: number | null;
  keyInputsLevel!: KeyInputLevel | null;
  takenSinceBase!: number;
}

export class ConfirmationResponse {
  confirmationId!: string;
  confirmedAt!: string;
  confirmedBy!: string;
  /** True when the enterprise wrote it itself. */
  byEnterprise!: boolean;
  stockBase!: number | null;
  ratePerDay!: number | null;
  startUpHours!: number | null;
  keyInputs!: string | null;
  keyInputsLevel!: KeyInputLevel | null;
  note!: string | null;
  recordedBy!: string;
  recordedAt!: string;
}

export class ConfirmationsResponse {
  items!: ConfirmationResponse[];
  total!: number;
}

/** Which overdue confirmations to list. */
export class OverdueConfirmationsQuery extends PageQuery {
  /** Region code; the region and everything below it. The caller's own region when left out. */
  @IsOptional()
  @IsRegionCode()
  region?: string;
}

/** A contract whose figures should have been confirmed by now. */
export class OverdueConfirmationResponse {
  contractId!: string;
  documentNumber!: string;
  mode!: ReserveMode;
  regionCode!: string;
  counterpartyName!: string;
  itemCode!: string;
  lastConfirmedAt!: string | null;
  dueOn!: string;
  overdueDays!: number;
  /** True when its figure no longer counts in the callable curve. */
  stale!: boolean;
  contactName!: string | null;
  contactPhone!: string | null;
}

export class OverdueConfirmationsResponse {
  items!: OverdueConfirmationResponse[];
  total!: number;
}
