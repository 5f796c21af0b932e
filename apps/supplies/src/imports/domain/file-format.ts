import { DomainError } from '@ledger/contracts';

export type FileFormat = 'csv' | 'xlsx';

const ZIP = Buffer.from([0x50, 0x4b, 0x03, 0x04]);
/** Compound files: Excel until 2003, and workbooks behind a password. */
const COMPOUND = Buffer.from([0xd0, 0xcf, 0x11, 0xe0]);
const PDF = Buffer.from('%PDF');
const SPREADSHEET_XML = /^(\uFEFF)?\s*<(\?xml|html|!doctype|table|workbook)/i;

/**
 * What a file is, by its first bytes: names and announced types are often wrong, and Excel's own CSV is sent as anything.
 * @throws DomainError SUPPLIES_IMPORT_EMPTY; SUPPLIES_IMPORT_FORMAT_UNSUPPORTED
 */
export function formatOf(head: Buffer): FileFormat {
  if (head.length === 0) throw new DomainError('SUPPLIES_IMPORT_EMPTY');
  if (head.subarray(0, 4).equals(ZIP)) return 'xlsx';
  if (head.subarray(0, 4).equals(COMPOUND)) {
    throw unsupported('it is an old .xls or a workbook behind a password: save it as .xlsx without one');
  }
  if (head.subarray(0, 4).equals(PDF)) throw unsupported('it is a PDF');
  if (SPREADSHEET_XML.test(head.toString('utf8', 0, 200))) {
    throw unsupported('it is a web page or XML that only looks like a sheet: save it as .xlsx or CSV');
  }
  return 'csv';
}

const unsupported = (detail: string): DomainError => new DomainError('SUPPLIES_IMPORT_FORMAT_UNSUPPORTED', { detail });
