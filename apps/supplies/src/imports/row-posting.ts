import type { Tx } from '@ledger/platform';
import type { ImportRecord } from './imports.repository';

/** Staged rows from one position to another, both included. */
export interface RowRange {
  readonly first: string;
  readonly last: string;
}

/** Turns the staged rows of one kind of import into what they ask for. */
export interface RowPosting {
  /**
   * Takes the valid rows of a range away and does what they ask for, for all or none.
   * @returns how many rows were taken
   */
  post(tx: Tx, record: ImportRecord, range: RowRange): Promise<number>;
}
