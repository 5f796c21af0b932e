import { isBlank, textOf, type SheetRow } from './cell';
import { fingerprintOf, findHeadings, guessMapping, mappingFaults, type Headings, type Mapping } from './mapping';
import type { ImportKind } from './import-kinds';

/** A sheet as somebody sees it who has to say what its columns mean. */
export interface SheetPreview {
  /** null for a file that is one sheet. */
  readonly name: string | null;
  readonly hidden: boolean;
  /** The row that looks like the headings; 0 when none does. */
  readonly headerRow: number;
  /** The first rows, cut off. */
  readonly rows: readonly { readonly number: number; readonly cells: readonly string[] }[];
}

export interface Inspection {
  readonly sheets: readonly SheetPreview[];
}

export const PREVIEW_ROWS = 40;
export const MAX_SHEETS = 12;
const PREVIEW_COLUMNS = 40;
const PREVIEW_CHARACTERS = 40;

export function previewOf(
  sheet: { readonly name: string | null; readonly hidden: boolean },
  rows: readonly SheetRow[],
  kind: ImportKind,
): SheetPreview {
  const shown = rows.filter(({ cells }) => !cells.every(isBlank));
  return {
    ...sheet,
    headerRow: findHeadings(shown, kind).row,
    rows: shown.map(({ number, cells }) => ({
      number,
      cells: cells.slice(0, PREVIEW_COLUMNS).map((cell) => textOf(cell).slice(0, PREVIEW_CHARACTERS)),
    })),
  };
}

/** The headings that stand in a row of a preview; without texts when the row is not shown. */
export function headingsAt({ rows }: SheetPreview, row: number): Headings {
  return { row, texts: rows.find(({ number }) => number === row)?.cells ?? [] };
}

export const fingerprintAt = (sheet: SheetPreview, row: number): string => fingerprintOf(headingsAt(sheet, row));

/** The mapping to begin with: of the sheets that are not hidden, the one of which the most is understood. */
export function proposeMapping({ sheets }: Inspection, kind: ImportKind): Mapping | undefined {
  const proposals = sheets
    .filter(({ hidden }) => !hidden)
    .map((sheet) => guessMapping(sheet.name, headingsAt(sheet, sheet.headerRow), kind));
  const faults = (mapping: Mapping): number => mappingFaults(mapping, kind).length;
  return proposals.reduce<Mapping | undefined>(
    (best, next) => (best === undefined || faults(next) < faults(best) ? next : best),
    undefined,
  );
}
