import { DomainError, type FieldFault } from '@ledger/contracts';
import type { Threshold } from './standing';

/** The rotation rules of the catalogue. */
export const ROTATION_RULES = [
  'FEFO',
  'FIFO',
  'FIFO-APPRAISE',
  'INSPECT-ONLY',
  'RUN-TEST',
  'CYL-TEST',
  'CALIBRATE',
  'VEHICLE',
  'AGREEMENT-ONLY',
] as const;
export type RotationRule = (typeof ROTATION_RULES)[number];

/** What a row of configuration speaks of; the first is the nearest. */
export const ITEM_CLASSES = ['item', 'category', 'rule'] as const;
export type ItemClass = (typeof ITEM_CLASSES)[number];

export const TIERS_OR_ANY = ['any', 'province', 'city', 'county', 'township', 'village'] as const;
export type TierOrAny = (typeof TIERS_OR_ANY)[number];

const LONGEST: Readonly<Record<Threshold['measure'], number>> = { days: 3650, share: 1000 };

/**
 * Checks that the windows of a threshold lie inside each other.
 * @throws DomainError REQUEST_INVALID with one fault per bad number
 */
export function assertThreshold({ measure, noticeBefore, actBefore, lateBefore }: Threshold): void {
  const errors: FieldFault[] = [];
  if (noticeBefore > LONGEST[measure]) {
    errors.push({ pointer: '/noticeBefore', reason: `is more than ${LONGEST[measure]}` });
  }
  if (actBefore > noticeBefore) errors.push({ pointer: '/actBefore', reason: 'opens before the notice' });
  if (lateBefore > actBefore) errors.push({ pointer: '/lateBefore', reason: 'opens before the goods are due' });
  if (errors.length > 0) throw new DomainError('REQUEST_INVALID', { errors });
}

/** A figure that was not read anywhere is an estimate; a sourced one names its source. */
export function assertSourced(row: { readonly basis: string; readonly source?: string }): void {
  if (row.basis !== 'estimate' && row.source === undefined) {
    throw new DomainError('REQUEST_INVALID', {
      errors: [{ pointer: '/source', reason: 'is needed unless it is an estimate' }],
    });
  }
}
