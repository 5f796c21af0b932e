import { setImmediate } from 'node:timers/promises';
import type { Paper } from './domain/paper';
import { wrap } from './domain/wrap';

/** The part of a PDF document that knows how wide a text is. */
type Ruler = Pick<PDFKit.PDFDocument, 'fontSize' | 'widthOfString'>;

/** Measures of an A4 page, in points. */
export const MARGIN = 36;
export const SIZES = { title: 20, subtitle: 8, fact: 9, cell: 9, footer: 8 } as const;
export const LINE = 12.5;
export const CELL_PADDING = 3.5;
export const HEADER_ROW = 20;
const MOST_CELL_LINES = 6;
const MOST_FACT_LINES = 3;
/** Rows that are measured before others get their turn. */
const ROWS_PER_TURN = 100;

/** A row with its cells broken into lines. */
export interface MeasuredRow {
  readonly cells: readonly (readonly string[])[];
  readonly height: number;
}

export const innerWidth = (): number => 595.28 - 2 * MARGIN;

export function columnWidths({ columns }: Paper): number[] {
  const total = columns.reduce((sum, { width }) => sum + width, 0);
  return columns.map(({ width }) => (width / total) * innerWidth());
}

/** Widths of characters repeat: each is measured once per paper. */
function widthsOf(ruler: Ruler, size: number): (text: string) => number {
  const known = new Map<string, number>();
  return (text) => {
    let width = 0;
    for (const character of text) {
      let own = known.get(character);
      if (own === undefined) known.set(character, (own = ruler.fontSize(size).widthOfString(character)));
      width += own;
    }
    return width;
  };
}

/** Breaks the cells of all rows into lines, some rows at a time. */
export async function measure(ruler: Ruler, paper: Paper, widths: readonly number[]): Promise<MeasuredRow[]> {
  const widthOf = widthsOf(ruler, SIZES.cell);
  const measured: MeasuredRow[] = [];
  for (const [index, row] of paper.rows.entries()) {
    const cells = row.map((text, column) =>
      wrap(text, { width: widths[column] - 2 * CELL_PADDING, mostLines: MOST_CELL_LINES, widthOf }),
    );
    const lines = Math.max(...cells.map(({ length }) => length));
    measured.push({ cells, height: Math.max(lines * LINE + 2 * CELL_PADDING, paper.rowHeight ?? 0) });
    if (index % ROWS_PER_TURN === ROWS_PER_TURN - 1) await setImmediate();
  }
  return measured;
}

export const headerOf = ({ columns }: Paper): MeasuredRow => ({
  cells: columns.map(({ title }) => [title]),
  height: HEADER_ROW,
});

export interface MeasuredFacts {
  readonly lines: readonly {
    readonly x: number;
    readonly top: number;
    readonly label: string;
    readonly text: readonly string[];
  }[];
  readonly height: number;
}

/** Two facts a line; one that is too long for its half takes a whole line. */
export function measureFacts(ruler: Ruler, { facts }: Paper): MeasuredFacts {
  const widthOf = widthsOf(ruler, SIZES.fact);
  const half = innerWidth() / 2;
  const lines: { x: number; top: number; label: string; text: string[] }[] = [];
  let [top, isLeftTaken] = [0, false];
  for (const [label, value] of facts) {
    const room = (width: number): number => width - widthOf(`${label}：`) - 8;
    const isShort = widthOf(value) <= room(half);
    if (isLeftTaken && !isShort) [top, isLeftTaken] = [top + LINE + 3, false];
    const width = room(isShort ? half : innerWidth());
    const text = wrap(value, { width, mostLines: MOST_FACT_LINES, widthOf });
    lines.push({ x: isLeftTaken ? half : 0, top, label, text });
    if (isShort && !isLeftTaken) isLeftTaken = true;
    else [top, isLeftTaken] = [top + text.length * LINE + 3, false];
  }
  return { lines, height: top + (isLeftTaken ? LINE + 3 : 0) + 6 };
}
