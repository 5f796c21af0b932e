/** People of a household who come first. Counts; one person may be in several groups. */
export interface PriorityGroups {
  readonly elderlyCount: number;
  readonly childCount: number;
  readonly pregnantCount: number;
  readonly disabledCount: number;
  readonly sickCount: number;
}

/**
 * Whether a household is served first: any of its people is old, a child, pregnant, disabled or sick.
 * Source: plan 004 §24 (priority groups).
 */
export const isPriority = (groups: PriorityGroups): boolean =>
  groups.elderlyCount + groups.childCount + groups.pregnantCount + groups.disabledCount + groups.sickCount > 0;

/** A household in the queue for an item. Times in milliseconds. */
export interface Queuer {
  readonly isPriority: boolean;
  readonly registeredAt: number;
  /** null while it waits. */
  readonly servedAt: number | null;
}

export type Served<Household extends Queuer> = Household & {
  /** 1 for the first; null while it waits. */
  readonly position: number | null;
  /** Priority households that were registered and still waited when this one, which is none, was served. */
  readonly overtook: number;
};

/**
 * Who was served before whom: the served in their order, then those who wait, priority households first. Households that
 * were served at the same moment share their position and do not overtake each other.
 */
export function orderOfService<Household extends Queuer>(households: readonly Household[]): Served<Household>[] {
  const priority = households.filter((household) => household.isPriority);
  const arrivals = priority.map(({ registeredAt }) => registeredAt).sort(ascending);
  const departures = priority
    .flatMap(({ registeredAt, servedAt }) => (servedAt === null ? [] : Math.max(registeredAt, servedAt)))
    .sort(ascending);
  const waitingAt = (moment: number): number => countUpTo(arrivals, moment) - countUpTo(departures, moment);
  const moments = households.flatMap(({ servedAt }) => servedAt ?? []).sort(ascending);
  return [...households].sort(byService).map((household) => {
    const { servedAt } = household;
    return {
      ...household,
      position: servedAt === null ? null : firstAt(moments, servedAt) + 1,
      overtook: servedAt === null || household.isPriority ? 0 : waitingAt(servedAt),
    };
  });
}

const ascending = (one: number, other: number): number => one - other;

function byService(one: Queuer, other: Queuer): number {
  if (one.servedAt !== null || other.servedAt !== null) {
    return (one.servedAt ?? Infinity) - (other.servedAt ?? Infinity);
  }
  return Number(other.isPriority) - Number(one.isPriority) || one.registeredAt - other.registeredAt;
}

/** How many of sorted numbers are at most `limit`. */
function countUpTo(sorted: readonly number[], limit: number): number {
  return firstWhere(sorted, (value) => value > limit);
}

const firstAt = (sorted: readonly number[], wanted: number): number => firstWhere(sorted, (value) => value >= wanted);

/** The first place from which a condition holds, in a list where it holds from some place on. */
function firstWhere(sorted: readonly number[], holds: (value: number) => boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(sorted[middle])) high = middle;
    else low = middle + 1;
  }
  return low;
}
