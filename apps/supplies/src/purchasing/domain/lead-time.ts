import { daysBetween } from '@ledger/contracts';
import type { Day } from '../../stock/domain/calendar';

/** One order line of a supplier: when it was ordered and promised, and when its last piece came. */
export interface SupplierDelivery {
  readonly orderedOn: Day;
  readonly promisedOn: Day;
  /** null while something is open. */
  readonly receivedOn: Day | null;
}

/** How long a supplier takes. Days are calendar days from the order to the last piece. */
export interface LeadTimeRecord {
  /** Lines that are complete. */
  readonly completed: number;
  /** Lines that are late: complete after the promised day, or still open after it. */
  readonly late: number;
  /** Late ones of those that are complete or late, in thousandths; null without any. */
  readonly latePermille: number | null;
  /** Of complete lines; null without any. */
  readonly medianDays: number | null;
  readonly medianPromisedDays: number | null;
  readonly longestDays: number | null;
}

/**
 * The record of a supplier, from what was ordered and received. What is open and not due yet says nothing; what is open
 * and overdue counts as late, or a supplier who never delivers would have a clean record.
 */
export function leadTimeRecord(deliveries: readonly SupplierDelivery[], today: Day): LeadTimeRecord {
  const completed = deliveries.filter(({ receivedOn }) => receivedOn !== null);
  const late = deliveries.filter(({ promisedOn, receivedOn }) => (receivedOn ?? today) > promisedOn);
  const counted = completed.length + late.filter(({ receivedOn }) => receivedOn === null).length;
  const taken = completed.map(({ orderedOn, receivedOn }) => daysBetween(orderedOn, receivedOn as Day));
  return {
    completed: completed.length,
    late: late.length,
    latePermille: counted === 0 ? null : Math.round((late.length * 1_000) / counted),
    medianDays: median(taken),
    medianPromisedDays: median(completed.map(({ orderedOn, promisedOn }) => daysBetween(orderedOn, promisedOn))),
    longestDays: taken.length === 0 ? null : Math.max(...taken),
  };
}

/** The middle one; of an even number the higher of the two in the middle, to be on the safe side. */
function median(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)];
}
