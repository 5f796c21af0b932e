import { isRegionCode, regionCovers } from '@ledger/contracts';
import type { Day } from '../../stock/domain/calendar';
import type { FieldCells } from './mapping';
import { normalText } from './normal-text';
import { parseQuantity, quantityBase, type Counting } from './parse-quantity';
import { RowReader } from './read-fields';
import type { RowFault } from './row-faults';
import { MAX_NAME_CHARACTERS, readItem, type Directory } from './stock-row';

/** A contract that a row asks for: a supplier's promise, or what an organisation or household declares. */
export interface AgreementSheetRow {
  readonly documentNumber: string;
  readonly mode: AgreementMode;
  readonly serves: readonly string[];
  readonly counterpartyName: string;
  readonly itemCode: string;
  readonly validFrom: Day;
  readonly validTo: Day;
  readonly responseHours: number;
  readonly quantityBase: number;
  /** Integer fen, for one base unit. */
  readonly unitPriceFen?: number;
  readonly contactName?: string;
  readonly contactPhone?: string;
}

const MODE_WORDS = {
  agreement: ['协议', '协议储备', '协议供货', 'agreement'],
  social: ['社会', '社会储备', '社会力量', 'social'],
  household: ['家庭', '家庭储备', 'household'],
} as const;
type AgreementMode = keyof typeof MODE_WORDS;

const MODES: ReadonlyMap<string, AgreementMode> = new Map(
  (Object.entries(MODE_WORDS) as [AgreementMode, readonly string[]][]).flatMap(([mode, words]) =>
    words.map((word) => [normalText(word), mode] as const),
  ),
);
/** Their goods and figures are confirmed by people of the enterprise, whose account no sheet names. */
const HELD_BY_ENTERPRISES = new Set(
  ['企业代储', '代储', '实物代储', '产能', '产能储备', 'enterprise', 'capacity'].map(normalText),
);

const HOURS = /^(\d{1,4})\s*(?:小时|时|h|hours?)?(?:内|以内)?$/i;
const DAYS = /^(\d{1,3})\s*(?:天|日|days?)(?:内|以内)?$/i;
const MAX_HOURS = 8_760;
const PRICE = /^(\d{1,8})(?:\.(\d{1,2}))?元?$/;
const PHONE = /^[0-9+()\- ]{3,40}$/;
const MAX_CHARACTERS = 100;
const MAX_REGIONS = 50;

/**
 * Turns a row of a sheet of agreements into a contract in force.
 * @param scope  the region that an agreement serves when the row names none, and within which it may
 */
export function readAgreementRow(
  cells: FieldCells,
  sheet: { readonly scope: string; readonly since1904: boolean },
  directory: Directory,
): AgreementSheetRow | readonly RowFault[] {
  const reader = new RowReader(cells, sheet.since1904);
  const documentNumber = reader.requiredText('document', MAX_CHARACTERS);
  const counterpartyName = reader.requiredText('counterparty', MAX_NAME_CHARACTERS);
  const mode = readMode(reader);
  const item = readItem(reader, directory);
  const quantity = item && readQuantity(reader, item.counting);
  const responseHours = readHours(reader);
  const [validFrom, validTo] = [readDay(reader, 'validFrom'), readDay(reader, 'validTo')];
  if (validFrom && validTo && validTo < validFrom) reader.refuse('validTo', 'ends-before-begin');
  const serves = readRegions(reader, sheet.scope);
  const rest = { ...readPrice(reader), ...readContact(reader) };
  if (reader.faults.length > 0 || !mode || !item || quantity === undefined) return reader.faults;
  if (responseHours === undefined || !validFrom || !validTo) return reader.faults;
  const terms = { validFrom, validTo, responseHours, quantityBase: quantity };
  return { documentNumber, mode, serves, counterpartyName, itemCode: item.code, ...terms, ...rest };
}

function readMode(reader: RowReader): AgreementMode | undefined {
  const text = reader.text('mode', MAX_CHARACTERS);
  if (text === '') return 'agreement';
  const word = normalText(text);
  const mode = MODES.get(word);
  if (!mode) reader.refuse('mode', HELD_BY_ENTERPRISES.has(word) ? 'mode-not-imported' : 'mode-unknown');
  return mode;
}

function readQuantity(reader: RowReader, counting: Counting): number | undefined {
  const unit = reader.text('unit', MAX_CHARACTERS);
  const before = reader.faults.length;
  const cell = reader.cell('quantity');
  if (reader.faults.length > before) return undefined;
  if (cell === null) return void reader.refuse('quantity', 'required-missing');
  const written = parseQuantity(cell);
  const quantity = typeof written === 'string' ? written : quantityBase(written, unit, counting);
  return typeof quantity === 'number' ? quantity : void reader.refuse('quantity', quantity);
}

function readHours(reader: RowReader): number | undefined {
  const before = reader.faults.length;
  const text = reader.requiredText('responseHours', MAX_CHARACTERS).normalize('NFKC');
  if (reader.faults.length > before) return undefined;
  const [hours, days] = [HOURS.exec(text), DAYS.exec(text)];
  const number = hours ? Number(hours[1]) : days ? Number(days[1]) * 24 : NaN;
  return number <= MAX_HOURS ? number : void reader.refuse('responseHours', 'hours-invalid');
}

function readDay(reader: RowReader, field: 'validFrom' | 'validTo'): Day | null {
  if (!reader.has(field)) reader.refuse(field, 'required-missing');
  return reader.day(field);
}

/** Region codes with anything but digits between them. */
function readRegions(reader: RowReader, scope: string): string[] {
  const text = reader.text('serves', 700);
  if (text === '') return [scope];
  const codes = [...new Set(text.normalize('NFKC').split(/\D+/).filter(Boolean))];
  const isSound = codes.length > 0 && codes.length <= MAX_REGIONS;
  if (!isSound || !codes.every((code) => isRegionCode(code) && regionCovers(scope, code))) {
    reader.refuse('serves', 'region-invalid');
  }
  return codes;
}

function readPrice(reader: RowReader): { unitPriceFen?: number } {
  const text = reader
    .text('unitPrice', MAX_CHARACTERS)
    .normalize('NFKC')
    .replace(/[,¥￥\s]/g, '');
  if (text === '') return {};
  const match = PRICE.exec(text);
  if (match) return { unitPriceFen: Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0')) };
  reader.refuse('unitPrice', 'price-invalid');
  return {};
}

function readContact(reader: RowReader): { contactName?: string; contactPhone?: string } {
  const contactName = reader.text('contactName', MAX_CHARACTERS);
  const contactPhone = reader.text('contactPhone', MAX_CHARACTERS).normalize('NFKC');
  if (contactPhone !== '' && !PHONE.test(contactPhone)) reader.refuse('contactPhone', 'phone-invalid');
  return { ...(contactName === '' ? {} : { contactName }), ...(contactPhone === '' ? {} : { contactPhone }) };
}
