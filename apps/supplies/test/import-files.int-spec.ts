import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { UPLOAD_ROUTES, XLSX_MEDIA_TYPE } from '@ledger/contracts';
import type { TestService } from '@ledger/testing';
import { zipOf } from '../src/imports/domain/testing/zip-of';
import {
  BRINGER,
  IMPORTS,
  aWorkbook,
  act,
  checked,
  committed,
  csv,
  importCounts,
  inspected,
  map,
  send,
  settled,
  xlsx,
  type FileToSend,
} from './support/import-work';
import { TENT, aDepot, ledgerCounts, startSupplies, stockOf } from './support/world';

const MAX_ROWS = 1_000;

let service: TestService;

beforeAll(async () => {
  service = await startSupplies({ environment: { importMaxRows: MAX_ROWS } });
});
afterAll(() => service.stop());

it('a list in GB18030, as spreadsheets in China save it, comes in whole', async () => {
  const depot = await aDepot(service);
  const bytes = readFileSync(join(__dirname, 'fixtures/stock-list.gb18030.csv'));
  const work = await inspected(service, { kind: 'opening-stock', bytes });
  expect(work).toMatchObject({ encoding: 'gb18030', format: 'csv', mapping: { columns: { length: 4 } } });
  expect(work.sheets[0].rows[2].cells[3]).toBe('㐂庆社捐赠');
  await map(service, work, { fixed: [{ field: 'depot', text: depot.code }] });
  await act(service, work.id, 'check');
  await settled(service, work.id);
  await act(service, work.id, 'commit');
  expect((await settled(service, work.id)).rows).toMatchObject({ posted: 2, refused: 0 });
  expect((await stockOf(service, depot.id)).available).toBe(15);
});

it('UTF-8 is read with and without a byte-order mark', async () => {
  const depot = await aDepot(service);
  for (const mark of ['', '\uFEFF']) {
    const bytes = `${mark}${csv(['仓库', '物资编码', '数量', '批号'], [depot.code, TENT, 2, `U${mark.length}`])}`;
    const work = await committed(service, { kind: 'opening-stock', bytes });
    expect(work).toMatchObject({ encoding: 'utf-8', rows: { posted: 1 } });
  }
});

describe('a file that cannot be a sheet is refused when it comes, and leaves no trace', () => {
  const bomb = zipOf([
    { name: 'xl/workbook.xml', content: Buffer.from('<workbook/>') },
    { name: 'xl/worksheets/sheet1.xml', content: Buffer.alloc(30_000_000, ' ') },
  ]);
  const announced = zipOf([{ name: 'xl/workbook.xml', content: Buffer.from('x'), announcedBytes: 2_000_000_000 }]);

  it.each<[string, Buffer, string]>([
    ['nothing', Buffer.of(), 'SUPPLIES_IMPORT_EMPTY'],
    ['an old .xls', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'SUPPLIES_IMPORT_FORMAT_UNSUPPORTED'],
    ['a PDF', Buffer.from('%PDF-1.7 …'), 'SUPPLIES_IMPORT_FORMAT_UNSUPPORTED'],
    ['a web page', Buffer.from('<html><table></table></html>'), 'SUPPLIES_IMPORT_FORMAT_UNSUPPORTED'],
    ['UTF-16', Buffer.from('\uFEFF仓库,数量', 'utf16le'), 'SUPPLIES_IMPORT_ENCODING_UNKNOWN'],
    ['Latin-1', Buffer.from('depôt,quantité\ncafé,1\n', 'latin1'), 'SUPPLIES_IMPORT_ENCODING_UNKNOWN'],
    ['a picture', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0x10]), 'SUPPLIES_IMPORT_ENCODING_UNKNOWN'],
    [
      'half a workbook',
      zipOf([{ name: 'a', content: Buffer.from('a') }]).subarray(0, 60),
      'SUPPLIES_IMPORT_UNREADABLE',
    ],
    ['another archive', zipOf([{ name: 'a.txt', content: Buffer.from('a') }]), 'SUPPLIES_IMPORT_UNREADABLE'],
    ['a zip bomb', bomb, 'SUPPLIES_IMPORT_EXPANDS_TOO_FAR'],
    ['a bomb that says so', announced, 'SUPPLIES_IMPORT_EXPANDS_TOO_FAR'],
  ])('%s', async (_what, bytes, code) => {
    const before = [await ledgerCounts(service), await importCounts(service)];
    const answer = await send(service, { kind: 'opening-stock', bytes, type: 'application/octet-stream' });
    expect([answer.status, answer.body.code]).toEqual([422, code]);
    expect([await ledgerCounts(service), await importCounts(service)]).toEqual(before);
  });
});

describe('a request that is none is refused before anything is read', () => {
  const sheet: FileToSend = { kind: 'opening-stock', bytes: csv(['仓库', '数量'], ['D1', 1]) };

  it.each<[string, Partial<FileToSend>, number, string]>([
    ['no key', { key: null }, 400, 'IDEMPOTENCY_KEY_REQUIRED'],
    ['an unknown kind', { kind: 'weather' }, 400, 'REQUEST_INVALID'],
    ['no kind', { kind: '' }, 400, 'REQUEST_INVALID'],
    ['a path for a name', { name: '../../etc/passwd' }, 400, 'REQUEST_INVALID'],
    ['an endless name', { name: 'x'.repeat(201) }, 400, 'REQUEST_INVALID'],
    ['JSON', { type: 'application/json', bytes: '{}' }, 415, 'REQUEST_MEDIA_TYPE_UNSUPPORTED'],
    ['a form', { type: 'multipart/form-data; boundary=x' }, 415, 'REQUEST_MEDIA_TYPE_UNSUPPORTED'],
    ['plain text', { type: 'text/plain' }, 415, 'REQUEST_MEDIA_TYPE_UNSUPPORTED'],
  ])('%s', async (_what, changes, status, code) => {
    const before = [await ledgerCounts(service), await importCounts(service)];
    const answer = await send(service, { ...sheet, ...changes });
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect([await ledgerCounts(service), await importCounts(service)]).toEqual(before);
  });

  it.each(['text/csv', XLSX_MEDIA_TYPE, 'application/octet-stream'])('%s on a route that speaks JSON', async (type) => {
    const response = await fetch(`${service.url}/api/v1/supplies/receipts`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await service.token(BRINGER)}`,
        'idempotency-key': randomUUID(),
        'content-type': type,
      },
      body: '{}',
    });
    expect(await response.json()).toMatchObject({ status: 415, code: 'REQUEST_MEDIA_TYPE_UNSUPPORTED' });
  });
});

describe('a body longer than the route takes is refused', () => {
  const limit = UPLOAD_ROUTES[0].limitBytes;

  async function sendLong(headers: Record<string, string>, bytes: number): Promise<number | undefined> {
    const token = await service.token(BRINGER);
    return new Promise((resolve) => {
      const sending = httpRequest(`${service.url}${IMPORTS}?kind=movements`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${token}`,
          'idempotency-key': randomUUID(),
          'content-type': 'text/csv',
          ...headers,
        },
      });
      sending.on('response', (response) => resolve(response.statusCode));
      sending.on('error', () => undefined); // The server closes before everything is sent.
      const piece = Buffer.alloc(4 * 1024 ** 2, 'x');
      const go = (left: number): void => {
        if (left <= 0) return void sending.end();
        sending.write(piece, () => go(left - piece.length));
      };
      go(bytes);
    });
  }

  it.each<[string, Record<string, string>, number]>([
    ['when it says so', { 'content-length': String(limit + 1) }, 4 * 1024 ** 2],
    ['when it only turns out so', {}, limit + 8 * 1024 ** 2],
  ])('%s', async (_what, headers, bytes) => {
    const before = await importCounts(service);
    expect(await sendLong(headers, bytes)).toBe(413);
    expect(await importCounts(service)).toEqual(before);
  });
});

describe('a sheet that turns out to be too much fails with the reason, and leaves the ledger as it was', () => {
  const line = `D1,${TENT},1\n`;

  it.each([
    ['a thousand and one rows', MAX_ROWS + 1],
    ['a million rows', 1_000_000],
  ])('%s: the answer says how many there are', async (_what, rows) => {
    const before = await ledgerCounts(service);
    const work = await checked(service, { kind: 'opening-stock', bytes: `仓库,物资编码,数量\n${line.repeat(rows)}` });
    expect(work).toMatchObject({ state: 'failed', failure: { code: 'SUPPLIES_IMPORT_TOO_MANY_ROWS' } });
    expect(work.failure?.detail).toContain(`${rows} rows, and ${MAX_ROWS} are taken`);
    expect((await ledgerCounts(service)).movements).toBe(before.movements);
  });

  it('a workbook is counted before it is read', async () => {
    const bytes = await xlsx((book) => {
      const sheet = book.addWorksheet('x');
      sheet.addRow(['仓库', '物资编码', '数量']);
      for (let row = 0; row < MAX_ROWS + 50; row++) sheet.addRow(['D1', TENT, 1]);
    });
    const work = await checked(service, aWorkbook('opening-stock', bytes));
    expect(work.failure).toMatchObject({ code: 'SUPPLIES_IMPORT_TOO_MANY_ROWS' });
    expect(work.failure?.detail).toContain(`${MAX_ROWS + 50} rows`);
  });

  it('a workbook that grows beyond what it announces is broken off', async () => {
    const parts = [
      {
        name: 'xl/workbook.xml',
        content: '<workbook><sheets><sheet name="x" sheetId="1" r:id="r1"/></sheets></workbook>',
      },
      {
        name: 'xl/_rels/workbook.xml.rels',
        content: '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>',
      },
    ].map(({ name, content }) => ({ name, content: Buffer.from(content) }));
    const row = '<row r="1"><c r="A1"><v>1</v></c></row>';
    const content = Buffer.from(`<worksheet><sheetData>${row.repeat(100_000)}</sheetData></worksheet>`);
    const bytes = zipOf([...parts, { name: 'xl/worksheets/sheet1.xml', content, announcedBytes: 9_000 }]);
    const work = await inspected(service, aWorkbook('opening-stock', bytes));
    expect(work).toMatchObject({ state: 'failed', failure: { code: 'SUPPLIES_IMPORT_EXPANDS_TOO_FAR' } });
    const again = await send(service, aWorkbook('opening-stock', bytes));
    expect(again.body).toMatchObject({ repeated: false });
    await settled(service, again.body.id);
  });

  it('a sheet without rows, and a quote that is never closed, say so', async () => {
    const empty = await inspected(service, { kind: 'opening-stock', bytes: '\n\n,,,\n' });
    expect(empty.failure).toMatchObject({ code: 'SUPPLIES_IMPORT_EMPTY' });
    const depot = await aDepot(service);
    const broken = `${csv(['仓库', '物资编码', '数量'], [depot.code, TENT, 1])}"${'x,y\n'.repeat(50_000)}`;
    const work = await inspected(service, { kind: 'opening-stock', bytes: broken });
    expect(work).toMatchObject({ state: 'failed', failure: { code: 'SUPPLIES_IMPORT_UNREADABLE' } });
  });
});
