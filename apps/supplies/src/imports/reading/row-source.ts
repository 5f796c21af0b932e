import type { Cell, SheetRow } from '../domain/cell';

/** A sheet of a file, as a person chooses among them. */
export interface SheetSummary {
  readonly name: string;
  /** Hidden sheets are never read unless somebody chooses one. */
  readonly hidden: boolean;
}

/** What is to be read. */
export interface SheetChoice {
  readonly sheet: string | null;
  /** Columns that mean something, and those of them whose values are quantities; merged cells are judged by it. */
  readonly mapped: ReadonlySet<number>;
  readonly summed: ReadonlySet<number>;
}

/** A file as rows, whatever its format. Rows come in their order, in batches, and never all at once. */
export interface RowSource {
  readonly sheets: readonly SheetSummary[];
  /** Whether serial numbers of days count from 1904. */
  readonly since1904: boolean;
  /** Rows from the top of a sheet, for a look at it. */
  head(sheet: string | null, rows: number): Promise<SheetRow[]>;
  /**
   * Counts rows that hold anything without reading them, where that is quicker than reading; otherwise undefined.
   */
  countRows(sheet: string | null): Promise<number | undefined>;
  rows(choice: SheetChoice): AsyncGenerator<SheetRow[]>;
}

/** Rows handed over at once: enough to make waiting cheap, few enough to be forgotten while memory is still young. */
export const ROWS_PER_BATCH = 250;

/** Beyond the columns of any ledger: what stands further right is not looked at. */
export const MAX_COLUMNS = 100;
/** Longer texts are cut off where a cell is read; every field has a shorter limit of its own. */
const MAX_CELL_CHARACTERS = 2_000;

export const boundedCell = (cell: Cell): Cell =>
  typeof cell === 'string' && cell.length > MAX_CELL_CHARACTERS ? cell.slice(0, MAX_CELL_CHARACTERS) : cell;
