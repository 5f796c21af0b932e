import { fitOf } from './header-aliases';
import { fieldsOf, requiredOf, type ImportField, type ImportKind } from './import-kinds';
import { isBlank, textOf, type Cell, type SheetRow } from './cell';
import { normalHeading } from './normal-text';

/** Which column of a sheet holds which field, and what holds for all rows because no column says it. */
export interface Mapping {
  /** Name of the sheet; null for a file that is one sheet. */
  readonly sheet: string | null;
  /** The row with the headings; rows of data follow it. 0 for a sheet without headings. */
  readonly headerRow: number;
  /** Column by field; the first column is 1. */
  readonly columns: Readonly<Partial<Record<ImportField, number>>>;
  /** Text by field, for all rows: the depot of a sheet that belongs to one. */
  readonly fixed: Readonly<Partial<Record<ImportField, string>>>;
}

/** The headings of a sheet, as found. */
export interface Headings {
  readonly row: number;
  readonly texts: readonly string[];
}

/** Rows from the top of a sheet within which headings are looked for: titles and dates of printing stand above them. */
export const HEADING_SEARCH_ROWS = 30;
const LEAST_FIT = 0.4;

/**
 * Finds the headings: the row near the top whose cells fit the most fields of the kind.
 * @returns the first row with two texts when nothing fits, and row 0 without texts when there is none
 */
export function findHeadings(rows: readonly SheetRow[], kind: ImportKind): Headings {
  const candidates = rows.filter(({ number }) => number <= HEADING_SEARCH_ROWS).map(headingsOf);
  const best = candidates
    .map((headings) => ({ headings, fit: fitOfRow(headings, kind) }))
    .reduce<{ headings?: Headings; fit: number }>((one, other) => (other.fit > one.fit ? other : one), { fit: 1 });
  const fallback = candidates.find(({ texts }) => texts.filter((text) => text !== '').length >= 2);
  return best.headings ?? fallback ?? { row: 0, texts: [] };
}

const headingsOf = ({ number, cells }: SheetRow): Headings => ({
  row: number,
  texts: cells.map((cell) => (typeof cell === 'string' ? textOf(cell) : '')),
});

const fitOfRow = ({ texts }: Headings, kind: ImportKind): number =>
  Object.values(bestColumns(texts, kind)).reduce((sum, { fit }) => sum + fit, 0);

interface Fit {
  readonly field: ImportField;
  readonly column: number;
  readonly fit: number;
}

/** One field per column and one column per field, the best fits first; of equal ones the one further left. */
function bestColumns(texts: readonly string[], kind: ImportKind): Partial<Record<ImportField, Fit>> {
  const headings = texts.map(normalHeading);
  const fits = fieldsOf(kind)
    .flatMap((field) => headings.map((heading, index) => ({ field, column: index + 1, fit: fitOf(heading, field) })))
    .filter(({ fit }) => fit >= LEAST_FIT)
    .sort((one, other) => other.fit - one.fit || one.column - other.column);
  const chosen: Partial<Record<ImportField, Fit>> = {};
  const taken = new Set<number>();
  for (const fit of fits) {
    if (chosen[fit.field] || taken.has(fit.column)) continue;
    chosen[fit.field] = fit;
    taken.add(fit.column);
  }
  return chosen;
}

/** The mapping that the headings suggest; a person may change every part of it. */
export function guessMapping(sheet: string | null, headings: Headings, kind: ImportKind): Mapping {
  const columns = Object.values(bestColumns(headings.texts, kind)).map(({ field, column }) => [field, column] as const);
  return { sheet, headerRow: headings.row, columns: Object.fromEntries(columns), fixed: {} };
}

/** What sheets with the same headings in the same order have in common. */
export const fingerprintOf = ({ texts }: Headings): string => {
  const normal = texts.map(normalHeading);
  while (normal.at(-1) === '') normal.pop();
  return normal.join('|');
};

/** What is wrong with a mapping, field by field; empty for one that can be used. */
export function mappingFaults(mapping: Mapping, kind: ImportKind): { field: ImportField; reason: string }[] {
  const fields = fieldsOf(kind);
  const named = [...Object.keys(mapping.columns), ...Object.keys(mapping.fixed)] as ImportField[];
  const foreign = named
    .filter((field) => !fields.includes(field))
    .map((field) => ({ field, reason: `is no field of ${kind}` }));
  const doubled = (Object.keys(mapping.fixed) as ImportField[])
    .filter((field) => field in mapping.columns)
    .map((field) => ({ field, reason: 'has a column and a fixed text' }));
  const missing = requiredOf(kind)
    .filter((group) => !group.some((field) => named.includes(field)))
    .map((group) => ({ field: group[0], reason: `is required: name a column for ${group.join(' or ')}` }));
  return [...foreign, ...doubled, ...missing, ...columnFaults(mapping)];
}

function columnFaults({ columns }: Mapping): { field: ImportField; reason: string }[] {
  const seen = new Set<number>();
  return (Object.entries(columns) as [ImportField, number][]).flatMap(([field, column]) => {
    const isSecond = seen.has(column);
    seen.add(column);
    return isSecond ? [{ field, reason: `column ${column} means something else already` }] : [];
  });
}

export type FieldCells = Partial<Record<ImportField, Cell>>;

/** The cells of a row by what they mean. Blank cells are left out. */
export function cellsByField({ columns, fixed }: Mapping): (row: SheetRow) => FieldCells {
  const places = Object.entries(columns) as [ImportField, number][];
  return ({ cells }) => {
    const found: FieldCells = { ...fixed };
    for (const [field, column] of places) {
      const cell = cells[column - 1];
      if (!isBlank(cell)) found[field] = cell;
    }
    return found;
  };
}
