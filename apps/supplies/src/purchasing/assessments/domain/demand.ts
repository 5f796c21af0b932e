/** What people need of an item, as configuration with its basis. Integers ≥ 0, in the item's base unit. */
export interface DemandRate {
  readonly itemCode: string;
  /** For every 1,000 people, once: what lasts, such as tents and quilts. */
  readonly oncePerThousandBase: number;
  /** For every 1,000 people and day: what is used up, such as rice and water. */
  readonly dailyPerThousandBase: number;
  readonly basis: 'sourced' | 'estimate';
  readonly source: string;
}

/** What is assumed to happen. */
export interface Scenario {
  readonly people: number;
  readonly days: number;
  /** Wished for besides, whatever the rates say. */
  readonly lines: readonly { readonly itemCode: string; readonly quantityBase: number }[];
}

export interface ItemDemand {
  readonly itemCode: string;
  /** Integer > 0. */
  readonly demandBase: number;
  /** Of it, what was named line by line. */
  readonly namedBase: number;
  /** null when no rate was used. */
  readonly rate: DemandRate | null;
}

/**
 * What a scenario needs: people times rate, rounded up once per item so that nobody is left with a part of a piece, and
 * what was named besides.
 * @param rates  one per item, those in force
 * @returns one entry per item that is needed, in the order of their codes
 * Source: plan 004 §22 (demand assessment).
 */
export function demandOf(scenario: Scenario, rates: readonly DemandRate[]): ItemDemand[] {
  const named = new Map<string, number>();
  for (const { itemCode, quantityBase } of scenario.lines) {
    named.set(itemCode, (named.get(itemCode) ?? 0) + quantityBase);
  }
  const rateOf = new Map(rates.map((rate) => [rate.itemCode, rate]));
  return [...new Set([...rateOf.keys(), ...named.keys()])].sort().flatMap((itemCode) => {
    const rate = rateOf.get(itemCode) ?? null;
    const namedBase = named.get(itemCode) ?? 0;
    const demandBase = namedBase + (rate ? byRate(scenario, rate) : 0);
    return demandBase === 0 ? [] : [{ itemCode, demandBase, namedBase, rate }];
  });
}

function byRate({ people, days }: Scenario, rate: DemandRate): number {
  return Math.ceil((people * (rate.oncePerThousandBase + rate.dailyPerThousandBase * days)) / 1_000);
}
