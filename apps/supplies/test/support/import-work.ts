import { randomUUID } from 'node:crypto';
import { XLSX_MEDIA_TYPE } from '@ledger/contracts';
import { type TestAnswer, type TestCaller, type TestService, waitFor } from '@ledger/testing';
import ExcelJS from 'exceljs';
import type {
  ImportDetailResponse,
  ImportNamesResponse,
  MappedColumn,
  ReceivedImportResponse,
  RowErrorsResponse,
} from '../../src/imports/dto/import.dto';
import type { Problem } from './world';

export const IMPORTS = '/api/v1/supplies/imports';
export const BRINGER: TestCaller = { roles: ['stock-manager'], userId: randomUUID(), displayName: '王保管' };
export const SECOND: TestCaller = { roles: ['stock-manager'], userId: randomUUID(), displayName: '李主管' };

export interface FileToSend {
  readonly kind: string;
  readonly bytes: Buffer | string;
  readonly type?: string;
  readonly name?: string;
  readonly as?: TestCaller;
  readonly key?: string | null;
}

/** Sends a file as its body, as a browser or a script does. */
export async function send(
  service: TestService,
  file: FileToSend,
): Promise<TestAnswer<ReceivedImportResponse & Problem>> {
  const { kind, bytes, type = 'text/csv', name = '台账.csv', as = BRINGER, key = randomUUID() } = file;
  const response = await fetch(`${service.url}${IMPORTS}?kind=${kind}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${await service.token(as)}`,
      'content-type': type,
      'x-file-name': encodeURIComponent(name),
      ...(key === null ? {} : { 'idempotency-key': key }),
    },
    body: typeof bytes === 'string' ? bytes : new Uint8Array(bytes),
  });
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as ReceivedImportResponse & Problem,
  };
}

const BUSY = ['uploaded', 'checking', 'committing'];

export async function importOf(
  service: TestService,
  id: string,
  as: TestCaller = BRINGER,
): Promise<ImportDetailResponse> {
  return (await service.request<ImportDetailResponse>('GET', `${IMPORTS}/${id}`, { as })).body;
}

/** The import once nothing is under way with it. */
export async function settled(service: TestService, id: string): Promise<ImportDetailResponse> {
  let latest = await importOf(service, id);
  await waitFor(`import ${id} to rest`, async () => {
    latest = await importOf(service, id);
    return !BUSY.includes(latest.state);
  });
  return latest;
}

/** A file that was looked at. */
export async function inspected(service: TestService, file: FileToSend): Promise<ImportDetailResponse> {
  const answer = await send(service, file);
  if (answer.status !== 201) throw new Error(`the upload answered ${JSON.stringify(answer.body)}`);
  return settled(service, answer.body.id);
}

/** Says what the columns mean: as proposed, with what a test wants otherwise. */
export function map(
  service: TestService,
  work: ImportDetailResponse,
  changes: {
    readonly columns?: readonly MappedColumn[];
    readonly fixed?: readonly { field: string; text: string }[];
    readonly sheet?: string;
    readonly headerRow?: number;
  } = {},
  as: TestCaller = BRINGER,
) {
  const { sheet, headerRow, columns } = work.mapping ?? { sheet: null, headerRow: 1, columns: [] };
  const body = { headerRow, columns, ...(sheet === null ? {} : { sheet }), ...changes };
  return service.request<{ state: string } & Problem>('PUT', `${IMPORTS}/${work.id}/mapping`, { as, body });
}

export const act = (
  service: TestService,
  id: string,
  action: 'check' | 'commit' | 'cancellation',
  { as = BRINGER, body = {}, key }: { readonly as?: TestCaller; readonly body?: object; readonly key?: string } = {},
) => service.request<{ state: string } & Problem>('POST', `${IMPORTS}/${id}/${action}`, { as, body, key });

/** A file that was mapped as proposed and checked. */
export async function checked(
  service: TestService,
  file: FileToSend,
  changes: Parameters<typeof map>[2] = {},
): Promise<ImportDetailResponse> {
  const work = await inspected(service, file);
  if (work.state === 'inspected' || Object.keys(changes).length > 0) {
    const mapped = await map(service, work, changes, file.as);
    if (mapped.status !== 200) throw new Error(`the mapping answered ${JSON.stringify(mapped.body)}`);
  }
  const answer = await act(service, work.id, 'check', { as: file.as });
  if (answer.status !== 200) throw new Error(`the check answered ${JSON.stringify(answer.body)}`);
  return settled(service, work.id);
}

/** ... and posted. */
export async function committed(
  service: TestService,
  file: FileToSend,
  { allOrNothing = false, changes = {} }: { allOrNothing?: boolean; changes?: Parameters<typeof map>[2] } = {},
): Promise<ImportDetailResponse> {
  const work = await checked(service, file, changes);
  const answer = await act(service, work.id, 'commit', { as: file.as, body: { allOrNothing } });
  if (answer.status !== 200) throw new Error(`the commit answered ${JSON.stringify(answer.body)}`);
  return settled(service, work.id);
}

/** Errors as `row field code`. */
export async function errorsOf(service: TestService, id: string): Promise<string[]> {
  const path = `${IMPORTS}/${id}/errors?limit=200`;
  const { body } = await service.request<RowErrorsResponse>('GET', path, { as: BRINGER });
  return body.items.map(({ row, field, code }) => `${row} ${field} ${code}`);
}

export async function namesOf(service: TestService, id: string): Promise<ImportNamesResponse['items']> {
  const path = `${IMPORTS}/${id}/matches?limit=200`;
  return (await service.request<ImportNamesResponse>('GET', path, { as: BRINGER })).body.items;
}

export const csv = (...rows: (readonly (string | number)[])[]): string =>
  rows.map((row) => `${row.join(',')}\r\n`).join('');

/** A workbook, as the tests build it. */
export async function xlsx(build: (book: ExcelJS.Workbook) => void): Promise<Buffer> {
  const book = new ExcelJS.Workbook();
  build(book);
  return Buffer.from(await book.xlsx.writeBuffer());
}

export const aWorkbook = (kind: string, bytes: Buffer, overrides: Partial<FileToSend> = {}): FileToSend => ({
  kind,
  bytes,
  type: XLSX_MEDIA_TYPE,
  name: '台账.xlsx',
  ...overrides,
});

/** What refused imports must leave as it was, besides the ledger. */
export async function importCounts(service: TestService): Promise<Record<string, string>> {
  const tables = [
    'imports',
    'import_files',
    'import_file_pieces',
    'import_rows',
    'import_item_names',
    'import_mappings',
  ];
  const counts = tables.map((table) => `(SELECT count(*) FROM ${table}) AS ${table}`);
  const [row] = await service.database.query<Record<string, string>>(`SELECT ${counts.join(', ')}`);
  return row;
}
