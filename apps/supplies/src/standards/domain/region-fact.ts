import type { Day } from '../../stock/domain/calendar';

export const RISK_LEVELS = ['low', 'medium', 'high', 'very-high'] as const;
export type RiskLevel = (typeof RISK_LEVELS)[number];

/** Something that is known of a region from a day on. The latest row of a day corrects the earlier ones of that day. */
export interface DatedFact {
  readonly regionCode: string;
  readonly population: number | null;
  readonly riskLevel: RiskLevel | null;
  readonly validFrom: Day;
}

/** What the rules ask about a region; null where nobody has said it yet. */
export interface RegionFacts {
  readonly population: number | null;
  readonly riskLevel: RiskLevel | null;
}

export const NOTHING_KNOWN: RegionFacts = { population: null, riskLevel: null };

/**
 * What is known of each region on a day.
 * @param facts  in the order in which they were entered
 */
export function factsOn(facts: readonly DatedFact[], day: Day): Map<string, RegionFacts> {
  const known = new Map<string, RegionFacts>();
  const inTime = facts.filter(({ validFrom }) => validFrom <= day);
  for (const fact of inTime.toSorted((one, other) => compareDays(one.validFrom, other.validFrom))) {
    const before = known.get(fact.regionCode) ?? NOTHING_KNOWN;
    known.set(fact.regionCode, {
      population: fact.population ?? before.population,
      riskLevel: fact.riskLevel ?? before.riskLevel,
    });
  }
  return known;
}

/** For sorting; entries of one day keep their order. */
export const compareDays = (one: Day, other: Day): number => (one < other ? -1 : Number(one > other));
