import { isBlank, type Cell, type SheetRow } from './cell';

/** A block of merged cells; rows and columns are counted from 1, both ends included. */
export interface MergedBlock {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

const RANGE = /^\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})$/;

/** The block of a range as spreadsheets write it, `B2:B7`; undefined for anything else. */
export function parseRange(range: string): MergedBlock | undefined {
  const match = RANGE.exec(range);
  if (!match) return undefined;
  const [, left, top, right, bottom] = match;
  return { top: Number(top), bottom: Number(bottom), left: columnOf(left), right: columnOf(right) };
}

const columnOf = (letters: string): number =>
  [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);

/**
 * Gives every row of merged cells what the block says. A spreadsheet keeps the value in the first cell alone, although
 * it is shown for all: a depot or an item written once for ten rows belongs to all ten. A quantity over several rows is
 * marked, because nobody can tell how it is divided; so is a block over several mapped columns.
 */
export class MergedCells {
  private open: { readonly block: MergedBlock; value: Cell }[] = [];
  private next = 0;
  private readonly blocks: readonly MergedBlock[];

  /**
   * @param blocks   those of the sheet, in any order
   * @param mapped   columns that mean something
   * @param summed   columns whose values add up: quantities
   */
  constructor(
    blocks: readonly MergedBlock[],
    private readonly mapped: ReadonlySet<number>,
    private readonly summed: ReadonlySet<number>,
  ) {
    this.blocks = blocks.filter((block) => this.columnsOf(block).length > 0).sort((one, other) => one.top - other.top);
  }

  /** Rows have to come in their order, each once. */
  fill(row: SheetRow): SheetRow {
    this.open = this.open.filter(({ block }) => block.bottom >= row.number);
    for (; this.next < this.blocks.length && this.blocks[this.next].top <= row.number; this.next++) {
      const block = this.blocks[this.next];
      if (block.bottom >= row.number) this.open.push({ block, value: this.valueOf(block, row) });
    }
    if (this.open.length === 0) return row;
    const cells = [...row.cells];
    for (const { block, value } of this.open) {
      for (const column of this.columnsOf(block)) {
        while (cells.length < column) cells.push(null);
        cells[column - 1] = value;
      }
    }
    return { number: row.number, cells };
  }

  private valueOf(block: MergedBlock, row: SheetRow): Cell {
    const columns = this.columnsOf(block);
    const value = row.cells[block.left - 1] ?? null;
    if (isBlank(value)) return null;
    if (columns.length > 1) return { fault: 'merged-columns' };
    const isOverRows = block.bottom > block.top;
    return isOverRows && this.summed.has(columns[0]) ? { fault: 'merged-quantity' } : value;
  }

  private columnsOf({ left, right }: MergedBlock): number[] {
    return [...this.mapped].filter((column) => column >= left && column <= right);
  }
}
