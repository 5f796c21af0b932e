import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import { newId, safeInteger, type Tx } from '@ledger/platform';
import type { Day } from '../stock/domain/calendar';
import { recorderOf } from '../stock/domain/recorder';
import { nextLoanState, type LoanEvent, type LoanState } from './domain/loan-state';
import { isEitherSide } from './reach';
import type { ShareableLine } from './shareable-lines';

export interface Loan {
  readonly id: string;
  readonly number: string;
  readonly state: LoanState;
  readonly agreementId: string;
  readonly lenderRegionCode: string;
  readonly borrowerRegionCode: string;
  readonly itemCode: string;
  readonly askedBase: number;
  readonly grantedBase: number | null;
  readonly lentBase: number;
  readonly givenBackBase: number;
  readonly settledBase: number;
  readonly beyondShare: boolean;
  readonly toDepotId: string;
  readonly overrideReason: string | null;
  readonly dueOn: Day | null;
  readonly loanDays: number;
  readonly replacement: 'kind' | 'money' | 'either';
  readonly piecePriceFen: number | null;
  readonly requestedById: string;
}

export const owedBase = (loan: Pick<Loan, 'lentBase' | 'givenBackBase' | 'settledBase'>): number =>
  loan.lentBase - loan.givenBackBase - loan.settledBase;

type Counts = 'askedBase' | 'grantedBase' | 'lentBase' | 'givenBackBase' | 'settledBase' | 'piecePriceFen';
type LoanRow = Omit<Loan, Counts> & Readonly<Record<Counts, string | null>>;

const SELECT = `
  SELECT loan.id, loan.number, loan.state, line.agreement_id AS "agreementId",
         loan.lender_region_code AS "lenderRegionCode", loan.borrower_region_code AS "borrowerRegionCode",
         loan.item_code AS "itemCode", loan.asked_base AS "askedBase", loan.granted_base AS "grantedBase",
         loan.lent_base AS "lentBase", loan.given_back_base AS "givenBackBase", loan.settled_base AS "settledBase",
         loan.beyond_share AS "beyondShare", loan.to_depot_id AS "toDepotId", loan.override_reason AS "overrideReason",
         loan.due_on::text AS "dueOn", agreement.loan_days AS "loanDays", line.replacement,
         line.piece_price_fen AS "piecePriceFen", loan.requested_by_id AS "requestedById"
  FROM loans AS loan JOIN sharing_agreement_lines AS line ON line.id = loan.agreement_line_id
  JOIN sharing_agreements AS agreement ON agreement.id = line.agreement_id
  WHERE loan.id = $1 FOR UPDATE OF loan`;

export interface NewLoan {
  readonly caller: Caller;
  readonly line: ShareableLine;
  readonly quantityBase: number;
  readonly toDepotId: string;
  readonly reason: string;
  readonly beyondShare: boolean;
}

/** Columns that a step sets besides the state. */
export type LoanChange = Partial<{
  granted_base: number;
  lent_base: number;
  given_back_base: number;
  settled_base: number;
  due_on: Day;
  override_reason: string | null;
  end_reason: string;
  decided_by: string;
  decided_by_id: string | null;
}>;

/** Writes loans. A loan is locked before its journeys, depots, balances and the debt book. */
@Injectable()
export class LoansRepository {
  async insert(tx: Tx, { caller, line, quantityBase, toDepotId, reason, beyondShare }: NewLoan): Promise<Loan> {
    const id = newId();
    const { name, userId } = recorderOf(caller);
    await tx.execute(
      `INSERT INTO loans (id, number, agreement_line_id, lender_region_code, borrower_region_code, item_code, state,
                          asked_base, beyond_share, to_depot_id, reason, requested_by, requested_by_id)
       VALUES ($1, 'LOAN-' || to_char(now() AT TIME ZONE 'Asia/Shanghai', 'YYYY') || '-'
                   || lpad(nextval('loan_numbers')::text, 6, '0'),
               $2, $3, $4, $5, 'requested', $6, $7, $8, $9, $10, $11)`,
      [
        ...[id, line.lineId, line.giverRegionCode, line.takerRegionCode, line.itemCode, quantityBase, beyondShare],
        ...[toDepotId, reason, name, userId],
      ],
    );
    return (await this.lock(tx, id)) as Loan;
  }

  async lock(tx: Tx, id: string): Promise<Loan | undefined> {
    const [row] = await tx.query<LoanRow>(SELECT, [id]);
    return row && loanOf(row);
  }

  /** @throws DomainError SUPPLIES_LOAN_NOT_FOUND, also for one between other regions */
  async lockFor(tx: Tx, caller: Caller, id: string): Promise<Loan> {
    const loan = await this.lock(tx, id);
    if (!loan || !isEitherSide(caller, loan.lenderRegionCode, loan.borrowerRegionCode)) {
      throw new DomainError('SUPPLIES_LOAN_NOT_FOUND');
    }
    return loan;
  }

  /** @throws DomainError SUPPLIES_LOAN_TRANSITION_FORBIDDEN */
  async advance(tx: Tx, loan: Loan, event: LoanEvent, change: LoanChange = {}): Promise<Loan> {
    return this.update(tx, loan, { state: stateAfter(loan, event), ...change });
  }

  async update(tx: Tx, loan: Loan, change: LoanChange & { readonly state?: LoanState }): Promise<Loan> {
    const columns = Object.keys(change);
    const sets = columns.map((column, index) => `${column} = $${index + 2}`);
    if ('decided_by_id' in change) sets.push('decided_at = now()');
    await tx.execute(`UPDATE loans SET ${sets.join(', ')} WHERE id = $1`, [loan.id, ...Object.values(change)]);
    return (await this.lock(tx, loan.id)) as Loan;
  }

  /** Pieces that are on their way back, or that a settlement which nobody has decided on would pay for. */
  async pendingBase(tx: Tx, loanId: string): Promise<number> {
    const [{ pending }] = await tx.query<{ pending: string }>(
      `SELECT (SELECT coalesce(sum(lot.sent_base), 0) FROM sharing_journeys AS journey
               JOIN sharing_journey_lots AS lot ON lot.journey_id = journey.id
               WHERE journey.subject_id = $1 AND journey.purpose = 'give-back' AND journey.state = 'on-the-road')
            + (SELECT coalesce(sum(quantity_base), 0) FROM loan_settlements
               WHERE loan_id = $1 AND state = 'proposed') AS pending`,
      [loanId],
    );
    return safeInteger(pending);
  }
}

/** @throws DomainError SUPPLIES_LOAN_TRANSITION_FORBIDDEN */
export function stateAfter(loan: Loan, event: LoanEvent): LoanState {
  const state = nextLoanState(loan.state, event);
  if (!state) throw new DomainError('SUPPLIES_LOAN_TRANSITION_FORBIDDEN', { facts: { state: loan.state, event } });
  return state;
}

const loanOf = (row: LoanRow): Loan => ({
  ...row,
  askedBase: safeInteger(row.askedBase ?? 0),
  grantedBase: row.grantedBase === null ? null : safeInteger(row.grantedBase),
  lentBase: safeInteger(row.lentBase ?? 0),
  givenBackBase: safeInteger(row.givenBackBase ?? 0),
  settledBase: safeInteger(row.settledBase ?? 0),
  piecePriceFen: row.piecePriceFen === null ? null : safeInteger(row.piecePriceFen),
});
