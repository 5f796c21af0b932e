import { depotAccount, type ProblemCode } from '@ledger/contracts';
import { laterDay, type Day } from '../../stock/domain/calendar';
import { byExpiry, draw, totalBase } from '../../stock/domain/draw';
import { whyNotIssuable, type LotCondition } from '../../stock/domain/lot';
import type { Posting } from '../../stock/domain/posting';

export interface ReservationSource {
  readonly depotId: string;
  /** Integer > 0, in the item's base unit. */
  readonly quantityBase: number;
}

export interface ReservationRequest {
  readonly itemCode: string;
  readonly lineId: string;
  readonly sources: readonly ReservationSource[];
  /** The goods must be usable to the end of this day. */
  readonly usableUntil: Day;
  readonly mayBreakFloor: boolean;
}

/** Free stock of the item in one depot, read under locks. */
export interface DepotStock {
  readonly depotId: string;
  readonly depotCode: string;
  /** The reserve standard in force today; 0 when there is none. */
  readonly floorBase: number;
  readonly lots: readonly FreeLot[];
}

export interface FreeLot extends LotCondition {
  readonly lotId: string;
  readonly quantityBase: number;
}

export interface Share {
  readonly depotId: string;
  readonly lotId: string;
  readonly expiryDate: Day | null;
  readonly quantityBase: number;
}

export type ReservationDecision = { readonly kind: 'reserved'; readonly shares: readonly Share[] } | ReservationRefusal;

export interface ReservationRefusal {
  readonly kind: 'refused';
  readonly code: ProblemCode;
  readonly reason: string;
  readonly shortDepotIds: readonly string[];
}

/**
 * Decides whether all sources of a reservation can be promised, and from which lots: in each depot earliest expiry
 * first among lots that are good and usable until the day asked for. All or nothing.
 * A depot keeps its reserve standard in goods that may be issued today, unless `mayBreakFloor`.
 * @param depots  one entry per known depot among the sources
 * @param today   the calendar day of the transaction
 * @returns shares that sum to each source's quantity, or a refusal that names every depot that falls short.
 *   Order of checking: SUPPLIES_DEPOT_NOT_FOUND, SUPPLIES_DEMAND_NOT_COVERED, SUPPLIES_FLOOR_REACHED
 * Source: plan 004 §22 (reserve standards, rotation), plan 001 §2(6) (allocation by use order).
 */
export function decideReservation(
  request: ReservationRequest,
  depots: readonly DepotStock[],
  today: Day,
): ReservationDecision {
  const stockOf = new Map(depots.map((depot) => [depot.depotId, depot]));
  const sources = mergedSources(request.sources);
  const unknown = sources.filter((source) => !stockOf.has(source.depotId));
  if (unknown.length > 0)
    return refusal(
      'SUPPLIES_DEPOT_NOT_FOUND',
      unknown.map(({ depotId }) => shortage(depotId)),
    );

  const offers = sources.map((source) => offerOf(source, stockOf.get(source.depotId) as DepotStock, request, today));
  const short = offers.filter((offer) => offer.usableBase < offer.askedBase);
  if (short.length > 0) {
    return refusal(
      'SUPPLIES_DEMAND_NOT_COVERED',
      short.map((offer) =>
        shortage(offer.depot.depotId, `${offer.depot.depotCode} has ${offer.usableBase} of ${offer.askedBase}`),
      ),
    );
  }
  const atFloor = offers.filter((offer) => offer.aboveFloorBase < offer.askedBase);
  if (!request.mayBreakFloor && atFloor.length > 0) {
    return refusal(
      'SUPPLIES_FLOOR_REACHED',
      atFloor.map(({ depot, aboveFloorBase, askedBase }) =>
        shortage(
          depot.depotId,
          `${depot.depotCode} has ${aboveFloorBase} of ${askedBase} above its standard of ${depot.floorBase}`,
        ),
      ),
    );
  }
  const shares = offers.flatMap(sharesOf);
  if (shares.length > MAX_SHARES) return tooManyLots(shares.length);
  return { kind: 'reserved', shares };
}

/** The postings that put shares aside in their depots. */
export function postingsOfShares(
  request: Pick<ReservationRequest, 'itemCode' | 'lineId'>,
  shares: readonly Share[],
): Posting[] {
  const { itemCode, lineId } = request;
  return shares.map(({ depotId, ...share }) => ({
    ...share,
    itemCode,
    lineId,
    from: depotAccount(depotId, 'available'),
    to: depotAccount(depotId, 'reserved'),
  }));
}

interface Offer {
  readonly depot: DepotStock;
  readonly askedBase: number;
  readonly usableLots: readonly FreeLot[];
  readonly usableBase: number;
  readonly aboveFloorBase: number;
}

function offerOf(source: ReservationSource, depot: DepotStock, request: ReservationRequest, today: Day): Offer {
  const issuableToday = depot.lots.filter((lot) => !whyNotIssuable(lot, today));
  const until = laterDay(request.usableUntil, today);
  const usableLots = issuableToday.filter((lot) => !whyNotIssuable(lot, until)).sort(byExpiry);
  const usableBase = totalBase(usableLots);
  return {
    depot,
    askedBase: source.quantityBase,
    usableLots,
    usableBase,
    aboveFloorBase: Math.max(0, Math.min(usableBase, totalBase(issuableToday) - depot.floorBase)),
  };
}

function sharesOf(offer: Offer): Share[] {
  return draw(offer.usableLots, offer.askedBase).taken.map(({ lotId, expiryDate, quantityBase }) => ({
    depotId: offer.depot.depotId,
    lotId,
    expiryDate,
    quantityBase,
  }));
}

/** One source per depot: a depot that is named twice is asked once for the sum. */
function mergedSources(sources: readonly ReservationSource[]): ReservationSource[] {
  const byDepot = new Map<string, number>();
  for (const { depotId, quantityBase } of sources) byDepot.set(depotId, (byDepot.get(depotId) ?? 0) + quantityBase);
  return [...byDepot].map(([depotId, quantityBase]) => ({ depotId, quantityBase }));
}

/** As many as one event carries. */
const MAX_SHARES = 500;

const tooManyLots = (count: number): ReservationRefusal => ({
  kind: 'refused',
  code: 'SUPPLIES_DEMAND_NOT_COVERED',
  reason: `it would take pieces of ${count} lots, more than ${MAX_SHARES} at once`,
  shortDepotIds: [],
});

const MAX_REASON_LENGTH = 500;
const shortage = (depotId: string, words = `${depotId} is unknown`) => ({ depotId, words: `depot ${words}` });

function refusal(code: ProblemCode, shortages: readonly { depotId: string; words: string }[]): ReservationRefusal {
  return {
    kind: 'refused',
    code,
    reason: shortages
      .map(({ words }) => words)
      .join('; ')
      .slice(0, MAX_REASON_LENGTH),
    shortDepotIds: shortages.map(({ depotId }) => depotId),
  };
}
