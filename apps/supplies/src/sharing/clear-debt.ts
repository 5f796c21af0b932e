import { Injectable } from '@nestjs/common';
import type { Cause, Tx } from '@ledger/platform';
import { DebtBookRepository, type DebtEntry } from './debt-book.repository';
import { LoansRepository, owedBase, type Loan } from './loans.repository';
import { RecordLoanChange } from './record-loan-change';

/** Takes pieces off what is owed, because they were given back or paid for; the loan closes when nothing is left. */
@Injectable()
export class ClearDebt {
  constructor(
    private readonly loans: LoansRepository,
    private readonly debts: DebtBookRepository,
    private readonly changes: RecordLoanChange,
  ) {}

  async execute(tx: Tx, entry: DebtEntry & { readonly kind: 'given-back' | 'settled' }, cause: Cause): Promise<Loan> {
    const { loan, kind, quantityBase } = entry;
    const event = quantityBase === owedBase(loan) ? 'clear-all' : 'clear-part';
    const change =
      kind === 'given-back'
        ? { given_back_base: loan.givenBackBase + quantityBase }
        : { settled_base: loan.settledBase + quantityBase };
    const cleared = await this.loans.advance(tx, loan, event, change);
    await this.debts.post(tx, entry);
    if (event === 'clear-all') await this.changes.settle(tx, cleared);
    await this.changes.execute(tx, cleared, kind, cause);
    return cleared;
  }
}
