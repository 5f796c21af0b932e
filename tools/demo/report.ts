import type { Check } from './checks';
import type { Allocation } from './shapes';
import type { StockLevel } from './stock-level';

/** The timeline with the seconds since its first entry. */
export function describeTimeline(allocation: Allocation): string {
  const start = Date.parse(allocation.timeline[0].at);
  const lines = allocation.timeline.map((entry) => {
    const seconds = ((Date.parse(entry.at) - start) / 1000).toFixed(2).padStart(8);
    const why = entry.why ? ` (${entry.why})` : '';
    return `${seconds} s  ${entry.actor.padEnd(12)} ${entry.step.padEnd(10)} ${entry.what}${why}`;
  });
  return ['Timeline', ...lines, ''].join('\n');
}

/** Stock of the county before and after, item by item. */
export function describeStock(before: readonly StockLevel[], after: readonly StockLevel[]): string {
  const lines = before.map((old, index) => {
    const now = after[index];
    const change = (part: 'availableBase' | 'reservedBase' | 'quarantineBase'): string =>
      `${String(old[part]).padStart(6)} → ${String(now[part]).padEnd(6)}`;
    return `${old.itemCode}  ${change('availableBase')} ${change('reservedBase')} ${change('quarantineBase')}`;
  });
  return ['Stock of Hequ county (synthetic): available, reserved, quarantine, before → after', ...lines, ''].join('\n');
}

export function describeChecks(checks: readonly Check[]): string {
  return [
    'Checks',
    ...checks.map(({ title, isTrue, detail }) => `  ${isTrue ? 'ok ' : 'NOT'}  ${title}: ${detail}`),
    '',
  ].join('\n');
}
