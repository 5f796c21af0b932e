import { type Day, addDays } from '../../stock/domain/calendar';

/** A floor that stands from a day on, until a later one begins. */
export interface DatedFloor {
  readonly validFrom: Day;
  readonly floorBase: number;
  readonly basis: string;
}

/** What a standard for a time adds to the floor of one item in one depot. */
export interface FloorAddition {
  readonly validFrom: Day;
  /** The last day it was planned for. */
  readonly validTo: Day;
  /** The last day it is in force: `validTo`, or earlier. */
  readonly lastDay: Day;
  readonly quantityBase: number;
}

/**
 * The whole course of a floor, standing and temporary, one entry for every day on which it changes or was once said to
 * change. A reader who keeps the entries by their day and takes the latest that has begun is right on every day, without
 * anybody telling him when a standard for a time is over; an entry that was announced and no longer changes anything is
 * repeated with what holds now.
 */
export function floorSchedule(standing: readonly DatedFloor[], additions: readonly FloorAddition[]): DatedFloor[] {
  const days = new Set<Day>([
    ...standing.map(({ validFrom }) => validFrom),
    ...additions.flatMap(({ validFrom, validTo, lastDay }) => [validFrom, addDays(validTo, 1), addDays(lastDay, 1)]),
  ]);
  return [...days].sort().map((day) => floorOn(standing, additions, day));
}

function floorOn(standing: readonly DatedFloor[], additions: readonly FloorAddition[], day: Day): DatedFloor {
  const begun = standing.filter(({ validFrom }) => validFrom <= day);
  const latest = begun.toSorted((one, other) => (one.validFrom < other.validFrom ? 1 : -1)).at(0);
  const added = additions.filter(({ validFrom, lastDay }) => validFrom <= day && lastDay >= day);
  const addedBase = added.reduce((sum, { quantityBase }) => sum + quantityBase, 0);
  return {
    validFrom: day,
    floorBase: (latest?.floorBase ?? 0) + addedBase,
    basis: added.length > 0 ? 'temporary' : (latest?.basis ?? 'temporary'),
  };
}
