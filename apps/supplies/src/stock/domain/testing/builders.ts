import { siteAccount } from '@ledger/contracts';
import type { Posting } from '../posting';
import type { ConditionedHolding } from '../put-away';

/** Readable ids: `uuid(7)` ends in …007. */
export const uuid = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

/** A posting of ten pieces of one lot from the supplier, unless said otherwise. */
export const aPosting = (overrides: Partial<Posting> = {}): Posting => ({
  lotId: uuid(1),
  itemCode: 'LRS-020',
  expiryDate: null,
  from: 'supplier',
  to: `depot:${uuid(100)}:available`,
  quantityBase: 10,
  lineId: null,
  ...overrides,
});

/** Ten good pieces of one lot at a site, for one line, unless said otherwise. */
export const aHolding = (overrides: Partial<ConditionedHolding> = {}): ConditionedHolding => ({
  account: siteAccount(uuid(200)),
  lotId: uuid(1),
  itemCode: 'LRS-020',
  expiryDate: null,
  quality: 'good',
  quantityBase: 10,
  lineId: uuid(300),
  ...overrides,
});
