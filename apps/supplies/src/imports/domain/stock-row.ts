import { depotAccount, isInside, type Account } from '@ledger/contracts';
import type { OpeningState } from '../../depots/domain/depot-entry';
import type { Day } from '../../stock/domain/calendar';
import { RECEIPT_SOURCES, type ReceiptOrigin } from '../../stock/domain/lot';
import type { MovementKind } from '../../stock/domain/movement-kinds';
import type { ImportField } from './import-kinds';
import type { FieldCells } from './mapping';
import { movementOf, originOf, wayOf, type MovementWay } from './movement-words';
import { parseQuantity, quantityBase, type Counting } from './parse-quantity';
import { RowReader } from './read-fields';
import type { RowFault, RowFaultCode } from './row-faults';

export interface KnownDepot {
  readonly id: string;
  readonly regionCode: string;
  readonly state: OpeningState;
}

export interface KnownItem {
  readonly code: string;
  readonly perishable: boolean;
  readonly counting: Counting;
}

/** What a row refers to: looked up by the texts of the sheet. A fault when it cannot be told. */
export interface Directory {
  depot(text: string): KnownDepot | RowFaultCode;
  /** Either text may be empty, not both. */
  item(code: string, name: string): KnownItem | RowFaultCode;
}

export interface StockSheet {
  readonly kind: 'opening-stock' | 'movements';
  /** The day of the import: what is in stock now is in stock on this day. */
  readonly today: Day;
  readonly since1904: boolean;
}

/** One posting that a row asks for. */
export interface StockRow {
  readonly movementKind: MovementKind;
  /** It may make a new lot. Every other row speaks of a lot that is there, or that came in earlier in the file. */
  readonly bringsLot: boolean;
  readonly needsSecondPerson: boolean;
  readonly depotId: string;
  readonly ownerRegionCode: string;
  readonly itemCode: string;
  /** null when the row does not say: it is found by what lies in the depot. */
  readonly batchNumber: string | null;
  readonly productionDate: Day | null;
  readonly expiryDate: Day | null;
  readonly origin: ReceiptOrigin | null;
  readonly from: Account;
  readonly to: Account;
  readonly quantityBase: number;
  readonly day: Day;
  readonly document: string;
  readonly note: string;
}

export const MAX_NAME_CHARACTERS = 200;
const MAX_CODE_CHARACTERS = 40;
const MAX_BATCH_CHARACTERS = 60;
const MAX_DOCUMENT_CHARACTERS = 100;
const MAX_NOTE_CHARACTERS = 300;

interface Movement {
  readonly way: MovementWay;
  readonly origin?: ReceiptOrigin;
}

/**
 * Turns a row of an opening-stock or movement sheet into the posting it asks for.
 *
 * History is judged by its own day: goods that came in good and were used before their date are posted so, although the
 * date has passed by now.
 */
export function readStockRow(
  cells: FieldCells,
  sheet: StockSheet,
  directory: Directory,
): StockRow | readonly RowFault[] {
  const reader = new RowReader(cells, sheet.since1904);
  const movement = readMovement(reader, sheet);
  const depot = found(reader, 'depot', directory.depot, reader.requiredText('depot', MAX_NAME_CHARACTERS));
  const item = readItem(reader, directory);
  const quantity = item && readQuantity(reader, quantityField(reader), item.counting);
  const day = sheet.kind === 'movements' ? readPastDay(reader, sheet.today) : sheet.today;
  const origin = readOrigin(reader, movement);
  const lot = readLot(reader);
  const document = reader.text('document', MAX_DOCUMENT_CHARACTERS);
  const note = reader.text('note', MAX_NOTE_CHARACTERS);
  if (!movement || !depot || !item || quantity === undefined || !day) return reader.faults;
  const way = wayOf(movement.way);
  if (!isAtWork(depot, way.direction, way.kind)) reader.refuse('depot', 'depot-closed');
  const bringsLot = way.kind === 'receipt';
  checkDates(reader, { ...lot, day, bringsLot, isUse: way.kind === 'use', perishable: item.perishable });
  if (reader.faults.length > 0) return reader.faults;
  return {
    movementKind: way.kind,
    bringsLot,
    needsSecondPerson: way.needsSecondPerson,
    depotId: depot.id,
    ownerRegionCode: depot.regionCode,
    itemCode: item.code,
    ...lot,
    batchNumber: lot.batchNumber || unnumbered(lot, bringsLot),
    origin: bringsLot ? (origin ?? 'purchase') : origin,
    ...accountsOf(movement.way, depot.id, { origin: origin ?? 'purchase', isExpired: isExpired(lot.expiryDate, day) }),
    quantityBase: quantity,
    day,
    document,
    note,
  };
}

/**
 * What makes two rows the same row, whichever file they stand in. Remarks do not, nor does what follows from the day on
 * which the file was brought.
 */
export function contentOf(row: StockRow, kind: StockSheet['kind']): string {
  return [
    ...[kind, row.movementKind, isInside(row.from) ? 'out' : 'in', row.depotId, row.itemCode, row.batchNumber ?? ''],
    ...[row.productionDate ?? '', row.expiryDate ?? '', row.origin ?? '', row.quantityBase],
    ...[kind === 'movements' ? row.day : '', row.document],
  ].join('\u001f');
}

function readMovement(reader: RowReader, { kind }: StockSheet): Movement | undefined {
  if (kind === 'opening-stock') return { way: 'receipt' };
  const comesIn = reader.has('quantityIn');
  const goesOut = reader.has('quantityOut');
  if (comesIn && goesOut) return void reader.refuse('quantityOut', 'quantity-twice');
  const text = reader.text('movement', MAX_NAME_CHARACTERS);
  const word = movementOf(text);
  if (typeof word === 'object' && !contradicts(word.way, comesIn, goesOut)) return word;
  if ((comesIn || goesOut) && word !== 'movement-between-depots' && typeof word !== 'object') {
    return { way: comesIn ? 'receipt' : 'use' };
  }
  const fault = typeof word === 'object' ? 'movement-unknown' : word;
  return void reader.refuse('movement', text === '' ? 'required-missing' : fault);
}

const contradicts = (way: MovementWay, comesIn: boolean, goesOut: boolean): boolean =>
  (comesIn && wayOf(way).direction !== 'in') || (goesOut && wayOf(way).direction === 'in');

/** The item of a row, by its code or its name; undefined when it was refused. */
export function readItem(reader: RowReader, directory: Directory): KnownItem | undefined {
  const code = reader.text('itemCode', MAX_CODE_CHARACTERS);
  const name = reader.text('itemName', MAX_NAME_CHARACTERS);
  const field = code === '' ? 'itemName' : 'itemCode';
  if (code === '' && name === '') {
    if (!reader.faults.some((fault) => fault.field === 'itemCode' || fault.field === 'itemName')) {
      reader.refuse(field, 'required-missing');
    }
    return undefined;
  }
  return found(reader, field, () => directory.item(code, name), name);
}

function found<T extends object>(
  reader: RowReader,
  field: ImportField,
  lookUp: (text: string) => T | RowFaultCode,
  text: string,
): T | undefined {
  if (text === '' && field === 'depot') return undefined;
  const hit = lookUp(text);
  if (typeof hit === 'object') return hit;
  return void reader.refuse(field, hit);
}

function quantityField(reader: RowReader): 'quantity' | 'quantityIn' | 'quantityOut' {
  if (reader.has('quantityIn')) return 'quantityIn';
  return reader.has('quantityOut') ? 'quantityOut' : 'quantity';
}

function readQuantity(reader: RowReader, field: ImportField, counting: Counting): number | undefined {
  const unit = reader.text('unit', MAX_CODE_CHARACTERS);
  if (!reader.has(field)) return void reader.refuse(field, 'required-missing');
  const before = reader.faults.length;
  const cell = reader.cell(field);
  if (reader.faults.length > before) return undefined;
  const written = parseQuantity(cell);
  const quantity = typeof written === 'string' ? written : quantityBase(written, unit, counting);
  if (typeof quantity === 'number') return quantity;
  return void reader.refuse(quantity === 'unit-unknown' && unit !== '' ? 'unit' : field, quantity);
}

function readPastDay(reader: RowReader, today: Day): Day | undefined {
  if (!reader.has('day')) return void reader.refuse('day', 'required-missing');
  const day = reader.day('day');
  if (day !== null && day > today) return void reader.refuse('day', 'day-in-future');
  return day ?? undefined;
}

/** An origin that the sheet names, or that the word for the movement says. */
function readOrigin(reader: RowReader, movement: Movement | undefined): ReceiptOrigin | null {
  const text = reader.text('origin', MAX_NAME_CHARACTERS);
  if (text === '') return movement?.origin ?? null;
  const origin = originOf(text);
  if (!origin) reader.refuse('origin', 'origin-unknown');
  return origin ?? null;
}

interface WrittenLot {
  readonly batchNumber: string;
  readonly productionDate: Day | null;
  readonly expiryDate: Day | null;
}

function readLot(reader: RowReader): WrittenLot {
  return {
    batchNumber: reader.text('batchNumber', MAX_BATCH_CHARACTERS),
    productionDate: reader.day('productionDate'),
    expiryDate: reader.day('expiryDate'),
  };
}

/** As for work by hand: goods may leave a closed depot, and new ones come only into an open one. */
function isAtWork({ state }: KnownDepot, direction: 'in' | 'out' | 'hold', kind: MovementKind): boolean {
  if (direction === 'out') return true;
  return state === 'open' || (state === 'suspended' && kind !== 'receipt');
}

interface DatesToCheck extends WrittenLot {
  readonly day: Day;
  readonly bringsLot: boolean;
  readonly isUse: boolean;
  readonly perishable: boolean;
}

function checkDates(reader: RowReader, lot: DatesToCheck): void {
  const { productionDate, expiryDate, day } = lot;
  if (productionDate && productionDate > day) reader.refuse('productionDate', 'production-in-future');
  if (productionDate && expiryDate && expiryDate < productionDate) {
    reader.refuse('expiryDate', 'expiry-before-production');
  }
  if (lot.bringsLot && lot.perishable && !expiryDate && !reader.has('expiryDate')) {
    reader.refuse('expiryDate', 'expiry-required');
  }
  if (lot.isUse && isExpired(expiryDate, day)) reader.refuse('expiryDate', 'lot-expired');
}

const isExpired = (expiryDate: Day | null, day: Day): boolean => expiryDate !== null && expiryDate < day;

/**
 * Goods that nobody numbered are told apart by their dates, which is all that is known of them: equal ones are one lot.
 * A row that takes goods and names no date leaves it to what lies in the depot.
 */
function unnumbered({ productionDate, expiryDate }: WrittenLot, bringsLot: boolean): string | null {
  const dates = [productionDate, expiryDate].map((day) => day?.replaceAll('-', '') ?? '0');
  if (productionDate || expiryDate) return `NB-${dates.join('-')}`;
  return bringsLot ? 'NB' : null;
}

function accountsOf(
  way: MovementWay,
  depotId: string,
  goods: { readonly origin: ReceiptOrigin; readonly isExpired: boolean },
): { from: Account; to: Account } {
  const { direction, outside } = wayOf(way);
  const available = depotAccount(depotId, 'available');
  const quarantine = depotAccount(depotId, 'quarantine');
  if (direction === 'hold') return { from: available, to: quarantine };
  if (direction === 'out') return { from: available, to: outside ?? 'consumed' };
  return { from: outside ?? RECEIPT_SOURCES[goods.origin], to: goods.isExpired ? quarantine : available };
}
