/** The hours every curve is answered for; others may be asked besides. Source: plan 004 §22, plan 002 and 004 aims. */
export const CURVE_HOURS = [0, 4, 10, 24, 72] as const;
/** No promise reaches further than a year. */
export const MAX_CURVE_HOURS = 8_760;

/**
 * Where goods may come from, in the order in which they are used when they arrive at the same hour: own depots, shares
 * of a joint reserve, what an enterprise holds, agreements, neighbours under a sharing agreement, what is yet to be made.
 */
export const CALLABLE_KINDS = ['stock', 'joint', 'enterprise', 'agreement', 'neighbour', 'capacity'] as const;
export type CallableKind = (typeof CALLABLE_KINDS)[number];

/** What a plant turns out once it has been started. */
export interface Production {
  /** Integer ≥ 0, in the item's base unit. */
  readonly ratePerDay: number;
  /** Hours from the call until the line runs; integer ≥ 0. */
  readonly startUpHours: number;
  /** Finished pieces can be fetched every so many hours, 24 for a whole day's output; integer 1 to 24. */
  readonly outputEveryHours: number;
  /** The first pieces off the line that were promised before; integer ≥ 0. */
  readonly promisedBase: number;
}

/** One place or contract that can give pieces of one item, floors and promises already taken off. */
export interface CallableSource {
  /** The depot's or contract's id; unique within one list. */
  readonly sourceId: string;
  readonly kind: CallableKind;
  /** All it can give, however long one waits; integer ≥ 0, in the item's base unit. */
  readonly limitBase: number;
  /** Hours from the call to the hand-over; with `production`, the hours that follow the making. Integer ≥ 0. */
  readonly readyAfterHours: number;
  /** Tiers to climb from the place to the source: nearer ones go first among equals. Integer ≥ 0. */
  readonly tiersAway: number;
  readonly production: Production | null;
}

export interface CurvePoint {
  readonly hours: number;
  readonly quantityBase: number;
  /** Adds up to `quantityBase`; every kind is named. */
  readonly byKind: Readonly<Record<CallableKind, number>>;
}

/** A part of a demand that one source covers. */
export interface CoveredPart {
  readonly sourceId: string;
  readonly kind: CallableKind;
  readonly quantityBase: number;
  /** Hours after the call at which the part is there. */
  readonly arrivesAfterHours: number;
  /** The call may wait so many hours and the part still comes in time. */
  readonly startWithinHours: number;
}

export interface DemandAnswer {
  readonly feasible: boolean;
  readonly shortBase: number;
  /** In the order in which the parts arrive. */
  readonly parts: readonly CoveredPart[];
}

/**
 * Pieces that a source can hand over within so many hours of being called.
 *
 * Stock and agreements give all or nothing: `limitBase` from `readyAfterHours` on. A plant gives what its finished
 * output periods have turned out: `floor(periods × outputEveryHours × ratePerDay / 24)` with
 * `periods = floor((hours − readyAfterHours − startUpHours) / outputEveryHours)`, less what is promised, at most
 * `limitBase`. With the usual 24 hours a day's output counts when the day is over, never in part, so a plant of 200 a
 * day without a start-up time gives nothing in 4 hours and 600 in 72.
 * @param hours  integer ≥ 0
 * @returns integer from 0 to `limitBase`; never falls as `hours` grows
 */
export function callableBase(source: CallableSource, hours: number): number {
  const { production, limitBase, readyAfterHours } = source;
  if (hours < readyAfterHours) return 0;
  if (!production) return limitBase;
  const running = hours - readyAfterHours - production.startUpHours;
  const periods = Math.max(0, Math.floor(running / production.outputEveryHours));
  return Math.max(0, Math.min(limitBase, madeBase(production, periods) - production.promisedBase));
}

const madeBase = ({ ratePerDay, outputEveryHours }: Production, periods: number): number =>
  Math.floor((periods * outputEveryHours * ratePerDay) / 24);

/**
 * Hours after which a source has handed over a quantity: the smallest `hours` with
 * `callableBase(source, hours) ≥ quantityBase`.
 * @param quantityBase  integer > 0
 * @returns integer ≥ 0, or undefined when the source never gives that much, or not within a year
 */
export function hoursUntil(source: CallableSource, quantityBase: number): number | undefined {
  const { production, limitBase, readyAfterHours } = source;
  if (quantityBase > limitBase) return undefined;
  if (!production) return readyAfterHours;
  const { ratePerDay, startUpHours, outputEveryHours, promisedBase } = production;
  if (ratePerDay === 0) return undefined;
  const periods = Math.ceil((24 * (quantityBase + promisedBase)) / (outputEveryHours * ratePerDay));
  const hours = readyAfterHours + startUpHours + periods * outputEveryHours;
  return hours <= MAX_CURVE_HOURS ? hours : undefined;
}

/**
 * The callable curve: what all sources together can hand over at each of the hours.
 * @param hours  integers ≥ 0 in any order; answered once each, ascending
 * @returns one point per hour; the quantity never falls from one to the next, and another source never lowers it
 * Source: plan 004 §22 (stock and capacity, agreement share, minimum stock of key enterprises).
 */
export function callableCurve(sources: readonly CallableSource[], hours: readonly number[]): CurvePoint[] {
  return [...new Set(hours)]
    .sort((one, other) => one - other)
    .map((hour) => {
      const byKind = Object.fromEntries(CALLABLE_KINDS.map((kind) => [kind, 0])) as Record<CallableKind, number>;
      for (const source of sources) byKind[source.kind] += callableBase(source, hour);
      return { hours: hour, byKind, quantityBase: CALLABLE_KINDS.reduce((sum, kind) => sum + byKind[kind], 0) };
    });
}

/**
 * What to start, and by when, to have a quantity within so many hours. Whatever arrives first is taken first; among
 * equals the order of `CALLABLE_KINDS`, then the nearer, then the id, so that the answer is always the same. Of the last
 * source only what is still missing is taken.
 * @param demand  integers; `quantityBase` > 0, `hours` ≥ 0
 * @returns parts that sum to the demand, or to all there is when it is short
 */
export function coverDemand(
  sources: readonly CallableSource[],
  demand: { readonly quantityBase: number; readonly hours: number },
): DemandAnswer {
  const parts: CoveredPart[] = [];
  let missing = demand.quantityBase;
  for (const source of inOrderOfUse(sources)) {
    const quantityBase = Math.min(missing, callableBase(source, demand.hours));
    if (quantityBase === 0) continue;
    missing -= quantityBase;
    const arrivesAfterHours = hoursUntil(source, quantityBase) ?? demand.hours;
    const startWithinHours = demand.hours - arrivesAfterHours;
    parts.push({ sourceId: source.sourceId, kind: source.kind, quantityBase, arrivesAfterHours, startWithinHours });
  }
  parts.sort((one, other) => one.arrivesAfterHours - other.arrivesAfterHours);
  return { feasible: missing === 0, shortBase: missing, parts };
}

/** Sources in the order in which a demand draws on them; those that give nothing come last. */
export function inOrderOfUse<Source extends CallableSource>(sources: readonly Source[]): Source[] {
  const firstHour = (source: CallableSource): number => hoursUntil(source, 1) ?? Number.MAX_SAFE_INTEGER;
  return [...sources].sort(
    (one, other) =>
      firstHour(one) - firstHour(other) ||
      CALLABLE_KINDS.indexOf(one.kind) - CALLABLE_KINDS.indexOf(other.kind) ||
      one.tiersAway - other.tiersAway ||
      (one.sourceId < other.sourceId ? -1 : Number(one.sourceId > other.sourceId)),
  );
}
