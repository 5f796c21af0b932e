import { summarise, type Summary } from './statistics';

/** What is measured together: cells, each of which answers one figure, and ratios of cells of the same round. */
export interface Measurement {
  readonly cells: Readonly<Record<string, () => Promise<number>>>;
  readonly ratios: Readonly<Record<string, (round: Readonly<Record<string, number>>) => number>>;
  /** Of the figures of the cells. */
  readonly unit: string;
  close(): Promise<void>;
}

export interface MeasuredRounds {
  readonly unit: string;
  readonly cells: Readonly<Record<string, Summary>>;
  readonly ratios: Readonly<Record<string, Summary>>;
}

/**
 * Measures every cell once per round, one after the other, so that a machine that changes its pace changes it for all of
 * them; a ratio is taken within its round. One round before the first warms up and does not count.
 */
export async function measureRounds(
  measurement: Measurement,
  rounds: number,
  progress: (line: string) => void,
): Promise<MeasuredRounds> {
  const measured: Record<string, number>[] = [];
  try {
    for (let round = 0; round <= rounds; round++) {
      const figures: Record<string, number> = {};
      for (const [name, cell] of Object.entries(measurement.cells)) figures[name] = await cell();
      if (round > 0) measured.push(figures);
      progress(`${round === 0 ? 'warm-up' : `round ${round} of ${rounds}`}: ${describe(figures)}`);
    }
  } finally {
    await measurement.close();
  }
  return {
    unit: measurement.unit,
    cells: summaries(Object.keys(measurement.cells), (name) => measured.map((figures) => figures[name])),
    ratios: summaries(Object.keys(measurement.ratios), (name) => measured.map(measurement.ratios[name])),
  };
}

const describe = (figures: Readonly<Record<string, number>>): string =>
  Object.entries(figures)
    .map(([name, figure]) => `${name} ${figure.toPrecision(3)}`)
    .join(', ');

const summaries = (names: readonly string[], valuesOf: (name: string) => number[]): Record<string, Summary> =>
  Object.fromEntries(names.map((name) => [name, summarise(valuesOf(name))]));
