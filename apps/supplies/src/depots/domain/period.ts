import { DomainError } from '@ledger/contracts';
import type { Day } from '../../stock/domain/calendar';

/** A time from a first to a last day; it goes on while the last is null. */
export interface Period {
  readonly validFrom: Day;
  readonly validTo: Day | null;
}

/** @throws DomainError REQUEST_INVALID when it ends before it begins */
export function assertPeriod({ validFrom, validTo }: Period): void {
  if (validTo === null || validTo >= validFrom) return;
  throw new DomainError('REQUEST_INVALID', {
    errors: [{ pointer: '/validTo', reason: `lies before the first day, ${validFrom}` }],
  });
}

/** Whether two times share a day. */
export const overlaps = (one: Period, other: Period): boolean =>
  (one.validTo === null || other.validFrom <= one.validTo) &&
  (other.validTo === null || one.validFrom <= other.validTo);
