import { isBlankRow, textOf, type SheetRow } from './cell';
import { normalText } from './normal-text';

const SUMS = new Set(
  [
    '合计',
    '小计',
    '总计',
    '累计',
    '总合计',
    '本页合计',
    '本月合计',
    '本年累计',
    'total',
    'subtotal',
    'grand total',
  ].map(normalText),
);

/** Rows that say nothing of their own: blank ones, and sums of those above. */
export function isIgnored(row: SheetRow): boolean {
  return isBlankRow(row) || row.cells.some((cell) => typeof cell === 'string' && cell.length < 20 && isSum(cell));
}

const isSum = (cell: string): boolean => SUM_HINT.test(cell) && SUMS.has(normalText(textOf(cell)));
/** A cheap look first: this is asked of every cell of every row. */
const SUM_HINT = /计|total/i;
