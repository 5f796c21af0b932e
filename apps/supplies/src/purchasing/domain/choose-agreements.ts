import { dayAfter } from '@ledger/contracts';
import type { PurchaseNeed, UnmetReason } from '../../standards/domain/purchase-need';
import type { Day } from '../../stock/domain/calendar';
import type { LeadTimeRecord } from './lead-time';
import { lineAmountFen } from './order-line';

/** What a framework agreement in force sells of one item, to a place it serves. */
export interface AgreementOffer {
  readonly agreementId: string;
  readonly documentNumber: string;
  readonly supplierId: string;
  readonly supplierName: string;
  readonly itemCode: string;
  readonly unitPriceFen: number;
  readonly packBase: number;
  /** Least quantity of one order. */
  readonly minimumBase: number;
  /** What may still be ordered under the agreement; null when there is no maximum. */
  readonly remainingBase: number | null;
  readonly leadTimeDays: number;
  readonly tolerancePermille: number;
  readonly record: LeadTimeRecord;
}

/** A part of a need and the agreement that answers it. */
export interface ChosenShare {
  readonly need: PurchaseNeed;
  readonly offer: AgreementOffer;
  /** Whole packs, at least the minimum: may be more than was needed. */
  readonly quantityBase: number;
  readonly amountFen: number;
  /** Why this one, in a sentence for the people who sign. */
  readonly reasoning: string;
}

export interface UncoveredNeed {
  readonly need: PurchaseNeed;
  readonly quantityBase: number;
  readonly why: UnmetReason;
  readonly reasoning: string;
}

export interface Choice {
  readonly shares: readonly ChosenShare[];
  readonly unmet: readonly UncoveredNeed[];
}

/**
 * Spreads needs over framework agreements: those that deliver in time, by promise and by record, the cheaper first, of
 * equal prices the one that is late less often, then the faster. A maximum that is reached passes the rest on to the
 * next; the maxima are shared by all needs of the call.
 * @param offersOf  the offers for a need: of its item, in force, serving its depot
 * Source: plan 004 §22 (emergency purchase, advance purchase).
 */
export function chooseAgreements(
  needs: readonly PurchaseNeed[],
  offersOf: (need: PurchaseNeed) => readonly AgreementOffer[],
  today: Day,
): Choice {
  const taken = new Map<string, number>();
  const shares: ChosenShare[] = [];
  const unmet: UncoveredNeed[] = [];
  for (const need of needs) {
    const offers = offersOf(need);
    const inTime = offers.filter((offer) => isInTime(offer, need, today)).sort(byValue);
    let openBase = need.quantityBase;
    for (const offer of inTime) {
      const quantityBase = quantityFrom(offer, openBase, leftOf(offer, taken));
      if (openBase === 0 || quantityBase === 0) continue;
      taken.set(keyOf(offer), (taken.get(keyOf(offer)) ?? 0) + quantityBase);
      shares.push(shareOf(need, offer, { quantityBase, openBase, among: inTime.length }));
      openBase = Math.max(0, openBase - quantityBase);
    }
    if (openBase > 0) unmet.push(uncovered(need, openBase, { offers, inTime }));
  }
  return { shares, unmet };
}

/** Days that a supplier has to be reckoned with: what was promised, or what was usual if that was longer. */
export const expectedDays = (offer: AgreementOffer): number =>
  Math.max(offer.leadTimeDays, offer.record.medianDays ?? 0);

const isInTime = (offer: AgreementOffer, need: PurchaseNeed, today: Day): boolean =>
  need.neededBy === null || dayAfter(today, expectedDays(offer)) <= need.neededBy;

/** Prices are compared per base unit without dividing, so that no pack size is rounded in anybody's favour. */
function byValue(one: AgreementOffer, other: AgreementOffer): number {
  return (
    one.unitPriceFen * other.packBase - other.unitPriceFen * one.packBase ||
    (one.record.latePermille ?? 0) - (other.record.latePermille ?? 0) ||
    expectedDays(one) - expectedDays(other) ||
    (one.documentNumber < other.documentNumber ? -1 : 1)
  );
}

const keyOf = ({ agreementId, itemCode }: AgreementOffer): string => `${agreementId} ${itemCode}`;

const leftOf = (offer: AgreementOffer, taken: ReadonlyMap<string, number>): number =>
  (offer.remainingBase ?? Number.MAX_SAFE_INTEGER) - (taken.get(keyOf(offer)) ?? 0);

/** Whole packs that cover what is open, at least the minimum, at most what is left; 0 when that cannot be. */
function quantityFrom(offer: AgreementOffer, openBase: number, leftBase: number): number {
  const { packBase, minimumBase } = offer;
  const wholePacks = (base: number): number => Math.ceil(base / packBase) * packBase;
  const wantedBase = wholePacks(Math.max(openBase, minimumBase));
  const mostBase = Math.floor(leftBase / packBase) * packBase;
  const quantityBase = Math.min(wantedBase, mostBase);
  return quantityBase >= minimumBase ? Math.max(0, quantityBase) : 0;
}

function shareOf(
  need: PurchaseNeed,
  offer: AgreementOffer,
  found: { readonly quantityBase: number; readonly openBase: number; readonly among: number },
): ChosenShare {
  const { quantityBase, openBase, among } = found;
  const extraBase = quantityBase - openBase;
  const price = `${yuan(offer.unitPriceFen)} yuan${offer.packBase === 1 ? '' : ` for ${offer.packBase}`}`;
  const parts = [
    `${offer.documentNumber} of ${offer.supplierName} gives ${quantityBase} of ${need.itemCode} in ${expectedDays(offer)} days at ${price}`,
    among === 1
      ? 'the only agreement that delivers in time'
      : `the best in price and record of those left of ${among} in time`,
    recordWords(offer.record),
    ...(extraBase > 0
      ? [
          `${extraBase} more than needed, because of packs of ${offer.packBase} and at least ${offer.minimumBase} an order`,
        ]
      : []),
    ...(extraBase < 0 ? [`its maximum is reached, ${-extraBase} are left to find`] : []),
  ];
  const amountFen = lineAmountFen({ quantityBase, packBase: offer.packBase, unitPriceFen: offer.unitPriceFen });
  return { need, offer, quantityBase, amountFen, reasoning: `${parts.join('; ')}.` };
}

function recordWords(record: LeadTimeRecord): string {
  if (record.latePermille === null) return 'no deliveries on record yet';
  const median = record.medianDays === null ? 'nothing complete' : `usually ${record.medianDays} days`;
  return `${median}, late in ${(record.latePermille / 10).toFixed(1)} % of deliveries`;
}

function uncovered(
  need: PurchaseNeed,
  quantityBase: number,
  { offers, inTime }: { readonly offers: readonly AgreementOffer[]; readonly inTime: readonly AgreementOffer[] },
): UncoveredNeed {
  const lacks = (why: UnmetReason, words: string): UncoveredNeed => {
    return { need, quantityBase, why, reasoning: `${quantityBase} of ${need.itemCode} are not covered: ${words}.` };
  };
  if (offers.length === 0) return lacks('no-framework', 'no framework agreement in force sells it there');
  const late = offers.filter((offer) => !inTime.includes(offer));
  if (late.length === 0)
    return lacks('no-capacity', `${offers.length} agreement(s) are at their maximum or sell more at once`);
  const fastest = Math.min(...late.map(expectedDays));
  return lacks('too-late', `the next agreement takes ${fastest} days, needed by ${need.neededBy}`);
}

const yuan = (fen: number): string => (fen / 100).toFixed(2);
