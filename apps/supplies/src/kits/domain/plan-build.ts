import { DomainError, MAX_QUANTITY_BASE } from '@ledger/contracts';
import { laterDay, type Day } from '../../stock/domain/calendar';
import { byExpiry, totalBase } from '../../stock/domain/draw';
import { whyNotIssuable, type LotCondition } from '../../stock/domain/lot';

/** So much of an item belongs into every kit. */
export interface ComponentNeed {
  readonly itemCode: string;
  /** Integer > 0, in the item's base unit. */
  readonly quantityPerKit: number;
}

/** Free goods of one lot in the depot. */
export interface ComponentLot extends LotCondition {
  readonly lotId: string;
  readonly itemCode: string;
  readonly quantityBase: number;
  readonly synthetic: boolean;
}

/** What each kit of a batch holds of one lot. */
export interface KitContent {
  readonly lot: ComponentLot;
  readonly quantityPerKit: number;
}

/** Kits that hold the same pieces of the same lots; they become one lot. */
export interface KitBatch {
  readonly kits: number;
  readonly contents: readonly KitContent[];
  /** The earliest date among the contents; null when nothing in it ages. */
  readonly expiryDate: Day | null;
}

/** Until when components have to be good. */
export interface BuildRules {
  readonly today: Day;
  /** The last day on which the kits shall still be good; today when null. */
  readonly usableUntil: Day | null;
}

/** A build writes two postings for a content and one for a batch; the event of its movement has room for no more. */
const MAX_CONTENTS = 400;

export const usableLots = (lots: readonly ComponentLot[], { today, usableUntil }: BuildRules): ComponentLot[] =>
  lots.filter((lot) => !whyNotIssuable(lot, laterDay(today, usableUntil ?? today)));

/**
 * Puts kits together, first expired first. Kits in whose making a lot runs out hold pieces of two lots; kits that hold
 * the same are one batch, so that for every single kit it is known what is in it, and taking it apart gives back just
 * that.
 * @param kits  integer > 0
 * @returns batches in the order in which they are made; their kits sum to `kits`
 * @throws DomainError SUPPLIES_KIT_COMPONENTS_SHORT, naming the first item of which too little may be used, what is
 *   expired, held or recalled not counted; SUPPLIES_KIT_BUILD_TOO_LARGE
 */
export function planBuild(
  needs: readonly ComponentNeed[],
  lots: readonly ComponentLot[],
  kits: number,
  rules: BuildRules,
): KitBatch[] {
  const usable = usableLots(lots, rules);
  assertEnough(needs, { usable, all: lots }, kits);
  const queues = needs.map(({ itemCode, quantityPerKit }) => ({
    quantityPerKit,
    lots: usable.filter((lot) => lot.itemCode === itemCode).sort(byExpiry),
  }));
  const batches: KitBatch[] = [];
  for (let left = kits; left > 0;) {
    const batch = takeBatch(queues, left);
    batches.push(batch);
    left -= batch.kits;
    if (batches.reduce((sum, { contents }) => sum + contents.length + 1, 0) > MAX_CONTENTS) throw tooLarge();
  }
  return batches;
}

interface Queue {
  readonly quantityPerKit: number;
  lots: ComponentLot[];
}

/** As many equal kits as the first lots of all queues make; one kit of several lots where a first lot is too small. */
function takeBatch(queues: readonly Queue[], most: number): KitBatch {
  const whole = Math.min(
    most,
    ...queues.map(({ lots: [first], quantityPerKit }) => Math.floor(first.quantityBase / quantityPerKit)),
  );
  const kits = Math.max(1, whole);
  const contents = queues.flatMap((queue) => takeContents(queue, kits));
  return { kits, contents, expiryDate: earliest(contents.map(({ lot }) => lot.expiryDate)) };
}

/** With several kits all pieces come from the first lot; with one kit from as many lots as it takes. */
function takeContents(queue: Queue, kits: number): KitContent[] {
  const contents: KitContent[] = [];
  let wanted = queue.quantityPerKit;
  while (wanted > 0) {
    const [lot, ...rest] = queue.lots;
    const perKit = Math.min(wanted, Math.floor(lot.quantityBase / kits));
    contents.push({ lot, quantityPerKit: perKit });
    wanted -= perKit;
    const leftBase = lot.quantityBase - perKit * kits;
    queue.lots = leftBase > 0 ? [{ ...lot, quantityBase: leftBase }, ...rest] : rest;
  }
  return contents;
}

const earliest = (days: readonly (Day | null)[]): Day | null =>
  days.reduce((first, day) => (first === null || (day !== null && day < first) ? day : first), null);

function assertEnough(
  needs: readonly ComponentNeed[],
  { usable, all }: { readonly usable: readonly ComponentLot[]; readonly all: readonly ComponentLot[] },
  kits: number,
): void {
  for (const { itemCode, quantityPerKit } of needs) {
    const neededBase = quantityPerKit * kits;
    if (neededBase > MAX_QUANTITY_BASE) throw tooLarge();
    const baseOf = (lots: readonly ComponentLot[]) => totalBase(lots.filter((lot) => lot.itemCode === itemCode));
    const usableBase = baseOf(usable);
    if (usableBase >= neededBase) continue;
    throw new DomainError('SUPPLIES_KIT_COMPONENTS_SHORT', {
      detail: `${itemCode}: ${neededBase} needed, ${usableBase} usable`,
      facts: { itemCode, neededBase, usableBase, unusableBase: baseOf(all) - usableBase },
    });
  }
}

const tooLarge = (): DomainError =>
  new DomainError('SUPPLIES_KIT_BUILD_TOO_LARGE', { detail: 'build fewer kits at a time' });
