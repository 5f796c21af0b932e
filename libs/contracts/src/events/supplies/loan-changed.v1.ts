import { z } from 'zod';
import { TOPICS } from '../../topics';
import { defineEvent, type EventData } from '../define-event';
import { countBase, id, isoDate, itemCode, regionCode } from '../shapes';

/** What may happen to a loan between two regions. */
export const LOAN_CHANGES = [
  'requested',
  'approved',
  'refused',
  'withdrawn',
  'lapsed',
  'dispatched',
  'received',
  'given-back',
  'settled',
  'overdue',
] as const;
export type LoanChangeName = (typeof LOAN_CHANGES)[number];

/** A loan between two regions was asked for, decided, moved, given back or paid for, or is overdue. */
export const LoanChanged = defineEvent({
  type: 'supplies.loan-changed.v1',
  topic: TOPICS.suppliesEvents,
  summary: 'A loan between two regions was asked for, decided, moved, given back or paid for, or is overdue.',
  schema: z.object({
    loanId: id,
    number: z.string().min(1).max(60),
    change: z.enum(LOAN_CHANGES),
    state: z.enum(['requested', 'approved', 'on-the-road', 'lent', 'closed', 'refused', 'withdrawn', 'lapsed']),
    lenderRegionCode: regionCode,
    borrowerRegionCode: regionCode,
    itemCode,
    /** What left the lender. */
    lentBase: countBase,
    /** What the borrower still owes. */
    owedBase: countBase,
    dueOn: isoDate.nullable(),
  }),
  keyOf: (data) => data.loanId,
  example: {
    loanId: '0197f0c0-0000-7000-8000-00000000a001',
    number: 'LOAN-2026-000012',
    change: 'given-back',
    state: 'lent',
    lenderRegionCode: '140930',
    borrowerRegionCode: '140931',
    itemCode: 'LRS-015',
    lentBase: 100,
    owedBase: 3,
    dueOn: '2026-07-31',
  },
});
export type LoanChanged = EventData<typeof LoanChanged>;
