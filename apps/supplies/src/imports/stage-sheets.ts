import type { Day } from '../stock/domain/calendar';
import { readAgreementRow } from './domain/agreement-row';
import { readDepotRow } from './domain/depot-row';
import { LotBook, type BroughtLot } from './domain/lot-book';
import type { FieldCells } from './domain/mapping';
import { RowReader } from './domain/read-fields';
import { shownValue, type RowFault } from './domain/row-faults';
import { normalText } from './domain/normal-text';
import { MAX_NAME_CHARACTERS, contentOf, readStockRow, type StockRow, type StockSheet } from './domain/stock-row';
import type { ImportRecord } from './imports.repository';
import type { KnownThings } from './known-things';
import type { Stage } from './stage';

/** Reads the rows of one kind of sheet and stages those that can be taken. */
export interface SheetTaker {
  /** @returns what is wrong with the row; empty when it was staged */
  take(rowNumber: number, cells: FieldCells): readonly RowFault[];
  readonly findings: SheetFindings;
}

/** What is known of a sheet when its last row was read. */
export interface SheetFindings {
  /** Whether everything can be told from the sheet alone; otherwise the ledger's books have to be asked. */
  readonly isSelfContained: boolean;
  /** Whether the days of each depot run forward from row to row. */
  readonly isInOrder: boolean;
  readonly needsSecondPerson: boolean;
  readonly lots: readonly BroughtLot[];
}

const NOTHING_SPECIAL: SheetFindings = {
  ...{ isSelfContained: true, isInOrder: true, needsSecondPerson: false },
  lots: [],
};

/** Opening stock and movements. */
export class StockTaker implements SheetTaker {
  private readonly book = new LotBook();
  private readonly lastDays = new Map<string, Day>();
  private isInOrder = true;
  private needsSecondPerson = false;

  constructor(
    private readonly record: ImportRecord,
    private readonly sheet: StockSheet,
    private readonly things: KnownThings,
    private readonly stage: Stage,
  ) {}

  get findings(): SheetFindings {
    const { isInOrder, needsSecondPerson } = this;
    const { isSelfContained } = this.book;
    return { isSelfContained, isInOrder, needsSecondPerson, lots: this.book.brought() };
  }

  take(rowNumber: number, cells: FieldCells): readonly RowFault[] {
    const read = readStockRow(cells, this.sheet, this.things);
    if (isFaults(read)) return read;
    const row = this.book.enter(read);
    if (isFaults(row)) return row;
    if (row.day < (this.lastDays.get(row.depotId) ?? '')) this.isInOrder = false;
    this.lastDays.set(row.depotId, row.day);
    this.needsSecondPerson ||= row.needsSecondPerson;
    const note = noteOf(row, this.sheet, `${this.record.fileName} #${rowNumber}`);
    this.stage.stock(rowNumber, row, { content: contentOf(read, this.sheet.kind), note });
    return [];
  }
}

const isFaults = (value: StockRow | readonly RowFault[]): value is readonly RowFault[] => Array.isArray(value);

/** What the movement says of where it comes from: the day on which it happened, the paper, the remark, file and row. */
const noteOf = ({ day, document, note }: StockRow, { kind }: StockSheet, place: string): string =>
  [kind === 'movements' ? day : '期初 opening stock', document, note, place]
    .filter((part) => part !== '')
    .join(' · ')
    .slice(0, 700);

/** Depots. A code that comes twice is an error; one that is there already is sorted out in the database. */
export class DepotTaker implements SheetTaker {
  readonly findings = NOTHING_SPECIAL;
  private readonly codes = new Set<string>();

  constructor(
    private readonly record: ImportRecord,
    private readonly since1904: boolean,
    private readonly stage: Stage,
  ) {}

  take(rowNumber: number, cells: FieldCells): readonly RowFault[] {
    const row = readDepotRow(cells, this.record.regionCode, this.since1904);
    if (!('code' in row)) return row;
    if (this.codes.has(row.code)) return [{ field: 'code', code: 'row-twice', value: shownValue(row.code) }];
    this.codes.add(row.code);
    this.stage.other(rowNumber, `depot:${row.code}`, row);
    return [];
  }
}

/** Agreements with suppliers. A paper names an item once. */
export class AgreementTaker implements SheetTaker {
  readonly findings = NOTHING_SPECIAL;
  private readonly papers = new Set<string>();

  constructor(
    private readonly record: ImportRecord,
    private readonly since1904: boolean,
    private readonly things: KnownThings,
    private readonly stage: Stage,
  ) {}

  take(rowNumber: number, cells: FieldCells): readonly RowFault[] {
    const { since1904, record } = this;
    const row = readAgreementRow(cells, { scope: record.regionCode, since1904 }, this.things);
    if (!('documentNumber' in row)) return row;
    const paper = `${row.documentNumber} ${row.itemCode}`;
    if (this.papers.has(paper)) return [{ field: 'document', code: 'row-twice', value: shownValue(paper) }];
    this.papers.add(paper);
    this.stage.other(rowNumber, `agreement:${paper}`, row);
    return [];
  }
}

/** What a department calls the items of the catalogue. */
export class ItemNameTaker implements SheetTaker {
  readonly findings = NOTHING_SPECIAL;
  private readonly names = new Map<string, string>();

  constructor(
    private readonly things: KnownThings,
    private readonly stage: Stage,
  ) {}

  take(rowNumber: number, cells: FieldCells): readonly RowFault[] {
    const reader = new RowReader(cells, false);
    const name = reader.requiredText('itemName', MAX_NAME_CHARACTERS);
    const code = reader.requiredText('itemCode', MAX_NAME_CHARACTERS).normalize('NFKC').toUpperCase();
    if (code !== '' && !this.things.hasItem(code)) reader.refuse('itemCode', 'item-unknown');
    const normalName = normalText(name);
    if (name !== '' && this.names.has(normalName)) reader.refuse('itemName', 'row-twice');
    if (reader.faults.length > 0) return reader.faults;
    this.names.set(normalName, code);
    this.stage.other(rowNumber, `item-name:${normalName}`, { name, normalName, itemCode: code });
    return [];
  }
}
