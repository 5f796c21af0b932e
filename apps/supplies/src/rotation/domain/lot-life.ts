import type { Day } from '../../stock/domain/calendar';
import { addMonths } from './months';

/** What is known of the age of a lot. */
export interface LifeFacts {
  readonly productionDate: Day | null;
  readonly expiryDate: Day | null;
  /** The day on which the lot came into the ledger. */
  readonly receivedOn: Day;
  /** From the catalogue; a default for lots without a date of their own. */
  readonly shelfLifeMonths: number | null;
}

/** From when to when a lot may be kept. */
export interface LotLife {
  readonly start: Day;
  /** The last good day. */
  readonly end: Day;
  /** True for a date that stands on the lot: after it the goods are refused. False for a reserve life that is counted. */
  readonly dated: boolean;
}

/**
 * The life of a lot: to the date it carries, else for the catalogue's life from production, or from receipt where no
 * production date is known. null for goods that do not age.
 * Source: plan 004 §22 (rotation).
 */
export function lifeOf(facts: LifeFacts): LotLife | null {
  const { productionDate, expiryDate, receivedOn, shelfLifeMonths } = facts;
  const counted = shelfLifeMonths === null ? null : addMonths(productionDate ?? receivedOn, shelfLifeMonths);
  const end = expiryDate ?? counted;
  if (end === null) return null;
  const madeBefore = expiryDate !== null && shelfLifeMonths !== null ? addMonths(expiryDate, -shelfLifeMonths) : null;
  const start = productionDate ?? madeBefore ?? receivedOn;
  return { start: start < end ? start : end, end, dated: expiryDate !== null };
}
