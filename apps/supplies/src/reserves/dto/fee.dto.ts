import { Transform, Type } from 'class-transformer';
import { IsBoolean, IsIn, IsInt, IsOptional, IsUUID, Max, Min } from 'class-validator';
import { PageQuery } from '@ledger/platform';
import { IsCount, IsDay, IsLine, IsRegionCode, MAX_AMOUNT_FEN } from './fields';

export const FEE_KINDS = ['fee', 'subsidy'] as const;
export type FeeKind = (typeof FEE_KINDS)[number];
const FEE_STATES = ['due', 'paid', 'withdrawn'] as const;
type FeeState = (typeof FEE_STATES)[number];

/** What a contract costs for a period. */
export class RecordFeeRequest {
  /** A holding fee 代储费, or a reserve subsidy 储备补贴. */
  @IsIn(FEE_KINDS)
  kind!: FeeKind;

  @IsDay()
  periodFrom!: string;

  /** The last day. */
  @IsDay()
  periodTo!: string;

  @IsCount(1, MAX_AMOUNT_FEN)
  amountFen!: number;

  /** The last day on which it is paid in time. */
  @IsDay()
  dueOn!: string;

  @IsOptional()
  @IsLine(500)
  note?: string;
}

export class FeeIdResponse {
  feeId!: string;
  state!: FeeState;
}

export class PayFeeRequest {
  /** Today when left out. */
  @IsOptional()
  @IsDay()
  paidOn?: string;

  /** The voucher. */
  @IsLine(100)
  document!: string;
}

export class WithdrawFeeRequest {
  @IsLine(500)
  reason!: string;
}

/** Which fees and subsidies to list. */
export class FeesQuery extends PageQuery {
  /** Region code; contracts of the region and everything below it. The caller's own region when left out. */
  @IsOptional()
  @IsRegionCode()
  region?: string;

  @IsOptional()
  @IsUUID()
  contractId?: string;

  @IsOptional()
  @IsIn(FEE_STATES)
  state?: FeeState;

  /** `true` for what is due, unpaid and late. */
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean()
  overdue?: boolean;
}

export class FeeResponse {
  feeId!: string;
  contractId!: string;
  documentNumber!: string;
  counterpartyName!: string;
  regionCode!: string;
  kind!: FeeKind;
  periodFrom!: string;
  periodTo!: string;
  amountFen!: number;
  dueOn!: string;
  state!: FeeState;
  /** 0 while it is not late, or once it is settled. */
  overdueDays!: number;
  paidOn!: string | null;
  paymentDocument!: string | null;
  withdrawnReason!: string | null;
  settledBy!: string | null;
  note!: string | null;
  recordedBy!: string;
}

export class FeesResponse {
  items!: FeeResponse[];
  total!: number;
}

/** Which year and region to add up. */
export class FeeTotalsQuery {
  /** Region code; one row per region with contracts, in it and below. The caller's own region when left out. */
  @IsOptional()
  @IsRegionCode()
  region?: string;

  /** Calendar year in which the amounts fall due; all years when left out. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1990)
  @Max(2199)
  year?: number;
}

/** Amounts of one region, year and kind, in fen. What was withdrawn is not in them. */
export class FeeTotalResponse {
  regionCode!: string;
  year!: number;
  kind!: FeeKind;
  dueFen!: number;
  paidFen!: number;
  overdueFen!: number;
}

export class FeeTotalsResponse {
  items!: FeeTotalResponse[];
}
