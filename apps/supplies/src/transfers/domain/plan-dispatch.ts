import { DomainError, depotAccount, transitAccount } from '@ledger/contracts';
import type { Day } from '../../stock/domain/calendar';
import { assertCovered, byExpiry, draw, totalBase } from '../../stock/domain/draw';
import { whyNotIssuable, type LotCondition } from '../../stock/domain/lot';
import type { Posting } from '../../stock/domain/posting';
import type { OrderedGoods } from './transfer-order';

/** Free pieces of one lot in the sending depot, read under a lock. */
export interface FreePieces extends LotCondition {
  readonly lotId: string;
  readonly itemCode: string;
  readonly quantityBase: number;
}

/** What the sending keeper loads of one lot. */
export interface LoadedLot {
  readonly lotId: string;
  /** Integer > 0, in the item's base unit. */
  readonly quantityBase: number;
}

export interface DispatchRules {
  readonly today: Day;
  /** What the depot has to keep, by item; an item that is missing has no standard. */
  readonly floors: ReadonlyMap<string, number>;
  readonly mayBreakFloor: boolean;
  /** Lots that were given for a purpose which the receiving depot is not known to serve. */
  readonly boundElsewhere: ReadonlySet<string>;
}

/** Keeps the movement's event well below the size the bus takes. */
const MAX_LOTS = 400;

/**
 * The pieces that leave: those the keeper names, or for every line the earliest to expire that may be issued.
 * @param lines   what was ordered
 * @param free    what is free of these items
 * @param loaded  what the keeper loads, by lot; undefined to load everything that was ordered
 * @returns one part per lot
 * @throws DomainError in this order: REQUEST_INVALID for a lot named twice; SUPPLIES_TRANSFER_LOT_UNKNOWN for a lot that
 *   was not ordered; SUPPLIES_DONATION_PURPOSE_BREACH; SUPPLIES_LOT_NOT_ISSUABLE; SUPPLIES_QUANTITY_EXCEEDS_BALANCE for more than was ordered or is free;
 *   SUPPLIES_FLOOR_REACHED; SUPPLIES_TRANSFER_TOO_MANY_LOTS
 */
export function planDispatch(
  lines: readonly OrderedGoods[],
  free: readonly FreePieces[],
  loaded: readonly LoadedLot[] | undefined,
  rules: DispatchRules,
): FreePieces[] {
  const parts = loaded
    ? namedParts(lines, free, loaded, rules)
    : lines.flatMap((line) => earliestParts(line, free, rules));
  if (!rules.mayBreakFloor) assertFloors(parts, free, rules);
  if (parts.length > MAX_LOTS)
    throw new DomainError('SUPPLIES_TRANSFER_TOO_MANY_LOTS', { facts: { lots: parts.length } });
  return parts;
}

/** The postings that put parts on the road. */
export function dispatchPostings(
  { transferId, depotId }: { readonly transferId: string; readonly depotId: string },
  parts: readonly FreePieces[],
): Posting[] {
  return parts.map(({ lotId, itemCode, expiryDate, quantityBase }) => ({
    lotId,
    itemCode,
    expiryDate,
    from: depotAccount(depotId, 'available'),
    to: transitAccount(transferId),
    quantityBase,
    lineId: null,
  }));
}

function earliestParts(
  { itemCode, lotId, quantityBase }: OrderedGoods,
  free: readonly FreePieces[],
  { today, boundElsewhere }: DispatchRules,
) {
  if (lotId) assertPurpose(lotId, boundElsewhere);
  const there = free.filter((lot) =>
    lotId ? lot.lotId === lotId : lot.itemCode === itemCode && !boundElsewhere.has(lot.lotId),
  );
  const usable = there.filter((lot) => !whyNotIssuable(lot, today)).sort(byExpiry);
  if (totalBase(usable) < quantityBase && totalBase(there) >= quantityBase) {
    throw notIssuable(there.find((lot) => whyNotIssuable(lot, today)) as FreePieces, today);
  }
  assertCovered(usable, quantityBase);
  return draw(usable, quantityBase).taken;
}

function namedParts(
  lines: readonly OrderedGoods[],
  free: readonly FreePieces[],
  loaded: readonly LoadedLot[],
  { today, boundElsewhere }: DispatchRules,
): FreePieces[] {
  const left = new Map(lines.map((line) => [line, line.quantityBase]));
  const seen = new Set<string>();
  return loaded.map(({ lotId, quantityBase }, index) => {
    if (seen.has(lotId)) {
      const errors = [{ pointer: `/lots/${index}/lotId`, reason: 'came before in this request' }];
      throw new DomainError('REQUEST_INVALID', { errors });
    }
    seen.add(lotId);
    const lot = free.find((each) => each.lotId === lotId);
    const line = lines.find((each) => (each.lotId ? each.lotId === lotId : each.itemCode === lot?.itemCode));
    if (!lot || !line) throw new DomainError('SUPPLIES_TRANSFER_LOT_UNKNOWN', { facts: { lotId } });
    assertPurpose(lotId, boundElsewhere);
    if (whyNotIssuable(lot, today)) throw notIssuable(lot, today);
    const orderedBase = left.get(line) ?? 0;
    assertCovered([{ quantityBase: Math.min(orderedBase, lot.quantityBase) }], quantityBase);
    left.set(line, orderedBase - quantityBase);
    return { ...lot, quantityBase };
  });
}

function assertPurpose(lotId: string, boundElsewhere: ReadonlySet<string>): void {
  if (boundElsewhere.has(lotId)) throw new DomainError('SUPPLIES_DONATION_PURPOSE_BREACH', { facts: { lotId } });
}

const notIssuable = (lot: FreePieces, today: Day): DomainError =>
  new DomainError('SUPPLIES_LOT_NOT_ISSUABLE', {
    facts: { lotId: lot.lotId, reason: whyNotIssuable(lot, today) ?? null },
  });

/** A depot keeps its reserve standard in goods that may be issued today. */
function assertFloors(
  parts: readonly FreePieces[],
  free: readonly FreePieces[],
  { today, floors }: DispatchRules,
): void {
  for (const [itemCode, ofItem] of Map.groupBy(parts, (part) => part.itemCode)) {
    const floorBase = floors.get(itemCode) ?? 0;
    const usableBase = totalBase(free.filter((lot) => lot.itemCode === itemCode && !whyNotIssuable(lot, today)));
    const aboveFloorBase = Math.max(0, usableBase - floorBase);
    if (totalBase(ofItem) > aboveFloorBase) {
      throw new DomainError('SUPPLIES_FLOOR_REACHED', {
        detail: `${itemCode}: ${aboveFloorBase} are above the standard of ${floorBase}`,
        facts: { itemCode, askedBase: totalBase(ofItem), aboveFloorBase, floorBase },
      });
    }
  }
}
