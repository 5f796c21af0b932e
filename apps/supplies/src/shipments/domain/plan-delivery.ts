import { damagedSiteAccount, siteAccount, type Account } from '@ledger/contracts';
import { byExpiry, postingsTo, type Destination, type Holding } from '../../stock/domain/draw';
import type { Posting } from '../../stock/domain/posting';

export interface DeliveredLine {
  readonly lineId: string;
  readonly receivedBase: number;
  readonly damagedBase: number;
  readonly lostBase: number;
}

export interface SettledLine {
  readonly lineId: string;
  readonly foundBase: number;
  readonly lostBase: number;
}

/**
 * The postings of a hand-over: received and damaged pieces to the site, lost ones out of the books. What the trip
 * reports as missing is not posted: it stays in transit until somebody settles it.
 * @param inTransit  what is on the road for the shipment, all lines
 * @throws DomainError SUPPLIES_QUANTITY_EXCEEDS_BALANCE when more was handed over than is on the road
 */
export function deliveryPostings(
  siteId: string,
  lines: readonly DeliveredLine[],
  inTransit: readonly Holding[],
): Posting[] {
  return spread(lines, inTransit, (line) => [
    { to: siteAccount(siteId), quantityBase: line.receivedBase },
    { to: damagedSiteAccount(siteId), quantityBase: line.damagedBase },
    { to: 'lost', quantityBase: line.lostBase },
  ]);
}

/**
 * The postings that settle what deliveries left in transit: found pieces to the site, the others written off.
 * @throws DomainError SUPPLIES_QUANTITY_EXCEEDS_BALANCE when more is settled than is open
 */
export function settlementPostings(
  siteId: string,
  lines: readonly SettledLine[],
  inTransit: readonly Holding[],
): Posting[] {
  return spread(lines, inTransit, (line) => [
    { to: siteAccount(siteId), quantityBase: line.foundBase },
    { to: 'lost' satisfies Account, quantityBase: line.lostBase },
  ]);
}

/** Lines are served one after the other, so a line that is named twice cannot take the same piece twice. */
function spread<Line extends { readonly lineId: string }>(
  lines: readonly Line[],
  inTransit: readonly Holding[],
  destinationsOf: (line: Line) => Destination[],
): Posting[] {
  const named = new Map<string, Destination[]>();
  for (const line of lines) named.set(line.lineId, [...(named.get(line.lineId) ?? []), ...destinationsOf(line)]);
  return [...named].flatMap(([lineId, destinations]) =>
    postingsTo(inTransit.filter((holding) => holding.lineId === lineId).sort(byExpiry), destinations),
  );
}
