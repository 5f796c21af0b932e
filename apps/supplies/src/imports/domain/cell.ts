import type { Day } from '../../stock/domain/calendar';

/** Why a cell of a spreadsheet holds nothing that could be read. */
export type CellFault = 'formula-without-result' | 'cell-error' | 'merged-quantity' | 'merged-columns';

/**
 * What stands in one cell, whatever the file. Texts are as typed; a number comes from spreadsheets only; a day is a cell
 * that the spreadsheet itself shows as a date.
 */
export type Cell = string | number | boolean | { readonly day: Day } | { readonly fault: CellFault } | null;

/** A row of a sheet. */
export interface SheetRow {
  /** As the spreadsheet counts them: the first row of the sheet is 1. */
  readonly number: number;
  /** By column, the first is at 0; may be shorter than the sheet is wide. */
  readonly cells: readonly Cell[];
}

/** What a cell shows, on one line and without blanks at its ends; empty for a cell that holds nothing readable. */
export function textOf(cell: Cell | undefined): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'object') return 'day' in cell ? cell.day : '';
  return String(cell).replace(/\s+/g, ' ').trim();
}

export const isBlank = (cell: Cell | undefined): boolean =>
  cell === null || cell === undefined || (typeof cell === 'string' && cell.trim() === '');

export const isBlankRow = ({ cells }: SheetRow): boolean => cells.every(isBlank);
