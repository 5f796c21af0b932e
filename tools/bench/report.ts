import type { MeasuredRounds } from './rounds';
import type { Summary } from './statistics';

/** What each ratio should reach; `most` is for costs, `least` for speeds. */
const AIMS: Readonly<Record<string, { readonly least: number } | { readonly most: number }>> = {
  post_http_over_raw: { least: 0.8 },
  post_hot_over_raw_hot: { least: 1.5 },
  post_bulk_over_raw: { least: 2.5 },
  rollup_1m_over_10k: { most: 2 },
  fefo_1m_over_10k: { most: 2 },
  page_1m_over_10k: { most: 2 },
  rollup_over_pk: { most: 3 },
  import_over_setbased: { least: 0.7 },
  seal_cost: { most: 0.05 },
};

const COLUMNS = [24, 10, 10, 10, 14] as const;

/** The tables that a person reads: ratios with their aims first, then the figures they are made of. */
export function describeResults(results: Readonly<Record<string, MeasuredRounds>>): string {
  const lines = [rowOf(['ratio', 'median', 'least', 'most', 'to reach'])];
  for (const { ratios } of Object.values(results)) {
    for (const [name, summary] of Object.entries(ratios)) lines.push(rowOf([name, ...cellsOf(summary), aimOf(name)]));
  }
  for (const [group, { unit, cells }] of Object.entries(results)) {
    lines.push('', rowOf([`${group}: ${unit}`, 'median', 'least', 'most', '']));
    for (const [name, summary] of Object.entries(cells)) lines.push(rowOf([name, ...cellsOf(summary), '']));
  }
  return `${lines.join('\n')}\n`;
}

function aimOf(name: string): string {
  const aim = AIMS[name];
  if (!aim) return '';
  return 'least' in aim ? `≥ ${aim.least}` : `≤ ${aim.most}`;
}

const cellsOf = ({ median, least, most }: Summary): string[] => [median, least, most].map(figureOf);
const figureOf = (figure: number): string => (Math.abs(figure) >= 100 ? figure.toFixed(0) : figure.toPrecision(3));
const rowOf = (cells: readonly string[]): string =>
  cells
    .map((cell, index) => (index === 0 ? cell.padEnd(COLUMNS[0]) : cell.padStart(COLUMNS[index])))
    .join(' ')
    .trimEnd();
