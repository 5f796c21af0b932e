import { DomainError, type FieldFault, type OutsideAccount } from '@ledger/contracts';
import type { Day } from './calendar';

export const LOT_QUALITIES = ['good', 'held', 'recalled'] as const;
export type LotQuality = (typeof LOT_QUALITIES)[number];

/** Where goods came from: bought, given, called under a contract, built from others, or found by a count. */
export const LOT_ORIGINS = ['purchase', 'donation', 'agreement', 'enterprise', 'capacity', 'kit', 'found'] as const;
export type LotOrigin = (typeof LOT_ORIGINS)[number];

export interface LotCondition {
  /** The last day on which the lot may be used; null when it does not age. */
  readonly expiryDate: Day | null;
  readonly quality: LotQuality;
}

/**
 * Why a lot may not be issued for use until a day, or undefined when it may. A lot is good to the end of its expiry
 * date. Order of checking: recalled, held, expired.
 * Source: plan 004 §22 (rotation; goods past their date are not used).
 */
export function whyNotIssuable(lot: LotCondition, usableUntil: Day): 'recalled' | 'held' | 'expired' | undefined {
  if (lot.quality !== 'good') return lot.quality;
  return lot.expiryDate !== null && lot.expiryDate < usableUntil ? 'expired' : undefined;
}

/** Origins of goods that come in from outside, with the account they come from. */
export const RECEIPT_SOURCES = {
  purchase: 'supplier',
  donation: 'donor',
  agreement: 'supplier',
  enterprise: 'supplier',
  capacity: 'supplier',
} as const satisfies Partial<Record<LotOrigin, OutsideAccount>>;
export type ReceiptOrigin = keyof typeof RECEIPT_SOURCES;
export const RECEIPT_ORIGINS = Object.keys(RECEIPT_SOURCES) as ReceiptOrigin[];

export interface LotDates {
  readonly productionDate: Day | null;
  readonly expiryDate: Day | null;
}

/**
 * Checks the dates of goods that come in.
 * @param pointer  where the dates stand in the request, `/lines/0`
 * @returns the faults found; empty when the dates agree with each other and with today
 */
export function lotDateFaults(
  dates: LotDates,
  item: { perishable: boolean },
  today: Day,
  pointer: string,
): FieldFault[] {
  const { productionDate, expiryDate } = dates;
  const faults: FieldFault[] = [];
  if (productionDate && productionDate > today) {
    faults.push({ pointer: `${pointer}/productionDate`, reason: 'lies in the future' });
  }
  if (productionDate && expiryDate && expiryDate < productionDate) {
    faults.push({ pointer: `${pointer}/expiryDate`, reason: 'lies before the production date' });
  }
  if (item.perishable && !expiryDate) {
    faults.push({ pointer: `${pointer}/expiryDate`, reason: 'is required for goods that age' });
  }
  return faults;
}

/**
 * @throws DomainError SUPPLIES_LOT_CONFLICT when a batch that is already known came with other dates
 */
export function assertSameDates(batchNumber: string, known: LotDates, received: LotDates): void {
  if (known.productionDate === received.productionDate && known.expiryDate === received.expiryDate) return;
  throw new DomainError('SUPPLIES_LOT_CONFLICT', {
    detail: `batch ${batchNumber} is known with production date ${known.productionDate} and expiry date ${known.expiryDate}`,
    facts: { batchNumber },
  });
}
