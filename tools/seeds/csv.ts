import { parse } from 'csv-parse/sync';

export type Cell = string | number;

/** One CSV file to be written: columns in order, and rows that name every column. */
export interface Table {
  /** Path below the seeds folder, with `/` between its parts. */
  readonly path: string;
  readonly columns: readonly string[];
  readonly rows: readonly Readonly<Record<string, Cell>>[];
}

/**
 * Builds a table from rows that have exactly the named columns; the compiler refuses a row without one of them.
 */
export function tableOf<Column extends string>(
  path: string,
  columns: readonly Column[],
  rows: readonly Readonly<Record<Column, Cell>>[],
): Table {
  return { path, columns, rows };
}

/** UTF-8 text with a header line and `\n` line ends; only cells that need quotes get them. */
export function toCsv(table: Table): string {
  const lines = table.rows.map((row) => table.columns.map((column) => quoted(row[column])));
  return [table.columns, ...lines].map((cells) => `${cells.join(',')}\n`).join('');
}

/** Rows as texts by column name. Throws when a line has too few or too many cells. */
export function fromCsv(text: string): Record<string, string>[] {
  return parse(text, { columns: true, bom: true });
}

function quoted(cell: Cell | undefined): string {
  const text = String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
