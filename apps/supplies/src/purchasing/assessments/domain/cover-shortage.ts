import { callableBase, coverDemand, type CallableKind, type CallableSource, type CoveredPart } from '@ledger/contracts';

/** How a shortage could be filled from reserves that are promised: by starting a contract, or by asking a neighbour. */
export type CallKind = 'agreement-call' | 'capacity-call' | 'neighbour-request';

export interface ProposedCall {
  readonly kind: CallKind;
  readonly part: CoveredPart;
}

/** What an item has against its demand. Integers ≥ 0, in the item's base unit. */
export interface StockPosition {
  /** In the stores of the region, above floors and promises. */
  readonly stockBase: number;
  /** Sent to suppliers and promised in time. */
  readonly orderedBase: number;
  /** Of contracts, joint reserve and neighbours, within the hours. */
  readonly callableBase: number;
  /** What neither the stores nor the orders under way can give. */
  readonly shortBase: number;
}

export interface ShortageCover {
  readonly calls: readonly ProposedCall[];
  /** What neither a purchase nor a call covers in time. */
  readonly uncoveredBase: number;
}

const CALL_OF: Readonly<Record<Exclude<CallableKind, 'stock'>, CallKind>> = {
  agreement: 'agreement-call',
  enterprise: 'agreement-call',
  capacity: 'capacity-call',
  joint: 'neighbour-request',
  neighbour: 'neighbour-request',
};

/** What is wanted of an item, and what is on its way. */
export interface WantedItem {
  readonly demandBase: number;
  readonly orderedBase: number;
}

/** @param hours  until the goods have to be there; integer ≥ 0 */
export function positionOf(
  { demandBase, orderedBase }: WantedItem,
  sources: readonly CallableSource[],
  hours: number,
): StockPosition {
  const sumOf = (list: readonly CallableSource[]): number =>
    list.reduce((sum, source) => sum + callableBase(source, hours), 0);
  const stockBase = sumOf(sources.filter(({ kind }) => kind === 'stock'));
  return {
    ...{ stockBase, orderedBase },
    callableBase: sumOf(sources.filter(({ kind }) => kind !== 'stock')),
    shortBase: Math.max(0, demandBase - stockBase - orderedBase),
  };
}

/**
 * Fills from promised reserves what a purchase cannot bring in time. Whatever a purchase can bring is bought: reserves
 * that are called now are missing when something else happens. The time that is left decides between the reserves, as
 * for any call: what arrives first is taken first, and a plant counts only with what it has made by then.
 * @param restBase  the shortage less what purchases cover; integer ≥ 0
 * Source: plan 004 §22 (demand assessment, advance purchase, capacity reserve).
 */
export function coverShortage(restBase: number, sources: readonly CallableSource[], hours: number): ShortageCover {
  if (restBase === 0) return { calls: [], uncoveredBase: 0 };
  const promised = sources.filter(({ kind }) => kind !== 'stock');
  const { parts, shortBase } = coverDemand(promised, { quantityBase: restBase, hours });
  const calls = parts.map((part) => ({ kind: CALL_OF[part.kind as Exclude<CallableKind, 'stock'>], part }));
  return { calls, uncoveredBase: shortBase };
}
