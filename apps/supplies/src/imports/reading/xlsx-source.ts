import { Readable } from 'node:stream';
import { DomainError } from '@ledger/contracts';
import ExcelJS from 'exceljs';
import type { Cell, SheetRow } from '../domain/cell';
import { MergedCells } from '../domain/merges';
import {
  MAX_COLUMNS,
  ROWS_PER_BATCH,
  boundedCell,
  type RowSource,
  type SheetChoice,
  type SheetSummary,
} from './row-source';
import { scanSheet } from './sheet-scan';
import { decodedText } from './text-encoding';
import type { ZipFile } from './zip-file';

/** All texts of a workbook stand in one list that has to be in memory while its sheets are read. */
const MAX_TEXT_BYTES = 96 * 1024 ** 2;
const WORKBOOK = 'xl/workbook.xml';
const RELATIONS = 'xl/_rels/workbook.xml.rels';
const STYLES = 'xl/styles.xml';
const TEXTS = 'xl/sharedStrings.xml';

/** A stream of texts: the library would decode every piece for itself and break what lies across two of them. */
type Part = Readable;

/**
 * What is used of exceljs's streaming reader. Its own way through the archive writes sheets to temporary files and
 * unpacks without limits, so the parts are handed to it one by one instead. The version is pinned; this is the only file
 * that knows the library.
 */
interface StreamingReader {
  readonly model?: { readonly sheets?: readonly { name: string; state?: string; rId: string }[] };
  readonly properties?: { readonly model?: { readonly date1904?: boolean }; readonly date1904?: boolean };
  readonly workbookRels?: readonly { readonly Id: string; readonly Target: string }[];
  _parseRels(part: Part): Promise<void>;
  _parseWorkbook(part: Part): Promise<void>;
  _parseStyles(part: Part): Promise<void>;
  _parseSharedStrings(part: Part): AsyncGenerator<unknown>;
  _parseWorksheet(part: Part, number: string): Generator<{ value: AsyncIterable<ExcelJS.Row> }>;
}

interface Sheet extends SheetSummary {
  readonly path: string;
}

/** A workbook of Excel 2007 and later. */
export class XlsxSource implements RowSource {
  private constructor(
    private readonly zip: ZipFile,
    private readonly reader: StreamingReader,
    readonly sheets: readonly Sheet[],
  ) {}

  /**
   * Tells without unpacking anything whether an archive may be a workbook.
   * @throws DomainError SUPPLIES_IMPORT_UNREADABLE for another archive; SUPPLIES_IMPORT_EXPANDS_TOO_FAR
   */
  static assertWorkbook(zip: ZipFile): void {
    if (!zip.has(WORKBOOK)) throw unreadable('it is an archive, but no workbook');
    if (zip.unpackedBytes(TEXTS) > MAX_TEXT_BYTES) {
      throw new DomainError('SUPPLIES_IMPORT_EXPANDS_TOO_FAR', { detail: 'its texts are too many to be held at once' });
    }
  }

  /** @throws DomainError as `assertWorkbook`, and SUPPLIES_IMPORT_UNREADABLE for one that is damaged */
  static async open(zip: ZipFile): Promise<XlsxSource> {
    XlsxSource.assertWorkbook(zip);
    const settings = { sharedStrings: 'cache', styles: 'cache', hyperlinks: 'ignore', worksheets: 'emit' } as const;
    const reader = new ExcelJS.stream.xlsx.WorkbookReader('', settings) as unknown as StreamingReader;
    await readable(async () => {
      await reader._parseRels(partOf(zip, RELATIONS));
      await reader._parseWorkbook(partOf(zip, WORKBOOK));
      if (zip.has(STYLES)) await reader._parseStyles(partOf(zip, STYLES));
      const texts = reader._parseSharedStrings(partOf(zip, TEXTS));
      while (!(await texts.next()).done);
    });
    const sheets = sheetsOf(reader);
    if (sheets.length === 0) throw unreadable('it has no sheet');
    return new XlsxSource(zip, reader, sheets);
  }

  get since1904(): boolean {
    const { properties } = this.reader;
    return properties?.model?.date1904 === true || properties?.date1904 === true;
  }

  async head(sheet: string | null, rows: number): Promise<SheetRow[]> {
    const head: SheetRow[] = [];
    if (rows === 0) return head;
    for await (const row of this.read(this.find(sheet))) {
      head.push(row);
      if (head.length === rows) break;
    }
    return head;
  }

  async countRows(sheet: string | null): Promise<number> {
    return (await this.scan(sheet)).rows;
  }

  async *rows({ sheet, mapped, summed }: SheetChoice): AsyncGenerator<SheetRow[]> {
    const merged = new MergedCells((await this.scan(sheet)).blocks, mapped, summed);
    let batch: SheetRow[] = [];
    for await (const row of this.read(this.find(sheet))) {
      batch.push(merged.fill(row));
      if (batch.length < ROWS_PER_BATCH) continue;
      yield batch;
      batch = [];
    }
    if (batch.length > 0) yield batch;
  }

  private scan(sheet: string | null) {
    return scanSheet(this.zip.read(this.find(sheet).path));
  }

  /** The sheet of that name; without one, the first that is not hidden. */
  private find(name: string | null): Sheet {
    const sheet = this.sheets.find((each) => (name === null ? !each.hidden : each.name === name));
    if (sheet) return sheet;
    throw new DomainError('SUPPLIES_IMPORT_MAPPING_INVALID', { detail: `the workbook has no sheet ${name ?? ''}` });
  }

  private async *read({ path }: Sheet): AsyncGenerator<SheetRow> {
    const [{ value: rows }] = this.reader._parseWorksheet(partOf(this.zip, path), '0');
    const iterator = rows[Symbol.asyncIterator]();
    try {
      for (let next = await readable(() => iterator.next()); !next.done; next = await readable(() => iterator.next())) {
        yield rowOf(next.value);
      }
    } finally {
      await iterator.return?.();
    }
  }
}

const partOf = (zip: ZipFile, name: string): Part => Readable.from(decodedText(zip.read(name), 'utf-8'));

function sheetsOf({ model, workbookRels }: StreamingReader): Sheet[] {
  const targets = new Map((workbookRels ?? []).map(({ Id, Target }) => [Id, Target]));
  return (model?.sheets ?? []).flatMap(({ name, state, rId }) => {
    const target = targets.get(rId);
    // Charts and macros have sheets as well, elsewhere.
    if (!target?.includes('worksheets/')) return [];
    const path = target.startsWith('/') ? target.slice(1) : `xl/${target}`;
    return [{ name, hidden: state !== undefined && state !== 'visible', path }];
  });
}

function rowOf(row: ExcelJS.Row): SheetRow {
  const cells: Cell[] = [];
  row.eachCell({ includeEmpty: false }, (cell, column) => {
    if (column > MAX_COLUMNS) return;
    while (cells.length < column - 1) cells.push(null);
    cells[column - 1] = boundedCell(cellOf(cell.value));
  });
  return { number: row.number, cells };
}

function cellOf(value: ExcelJS.CellValue): Cell {
  if (value === null || value === undefined) return null;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? { fault: 'cell-error' } : { day: dayOf(value) };
  if (typeof value !== 'object')
    return typeof value === 'number' && Number.isNaN(value) ? { fault: 'cell-error' } : value;
  if ('richText' in value) return value.richText.map(({ text }) => text ?? '').join('');
  if ('formula' in value || 'sharedFormula' in value) return resultOf(value.result);
  if ('hyperlink' in value) return cellOf(value.text);
  return { fault: 'cell-error' };
}

/** A formula is worth what the spreadsheet last worked out; nothing is worked out here. */
function resultOf(result: ExcelJS.CellFormulaValue['result']): Cell {
  if (result === undefined || result === null || result === '' || Number.isNaN(result)) {
    return { fault: 'formula-without-result' };
  }
  return cellOf(result as ExcelJS.CellValue);
}

/** Spreadsheets have no time zone: midnight in UTC stands for the day itself. */
const dayOf = (instant: Date): string => instant.toISOString().slice(0, 10);

async function readable<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof DomainError) throw error;
    throw unreadable('its content is no workbook');
  }
}

const unreadable = (detail: string): DomainError => new DomainError('SUPPLIES_IMPORT_UNREADABLE', { detail });
