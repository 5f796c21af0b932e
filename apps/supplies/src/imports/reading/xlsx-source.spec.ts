import ExcelJS from 'exceljs';
import type { SheetRow } from '../domain/cell';
import { zipOf } from '../domain/testing/zip-of';
import { XlsxSource } from './xlsx-source';
import { ZipFile } from './zip-file';

async function workbook(build: (book: ExcelJS.Workbook) => void): Promise<XlsxSource> {
  const book = new ExcelJS.Workbook();
  build(book);
  return XlsxSource.open(new ZipFile(Buffer.from(await book.xlsx.writeBuffer())));
}

async function all(source: XlsxSource, sheet: string | null = null, columns = [1, 2, 3], summed = [3]) {
  const rows: SheetRow[] = [];
  const choice = { sheet, mapped: new Set(columns), summed: new Set(summed) };
  for await (const batch of source.rows(choice)) rows.push(...batch);
  return rows;
}

it('cells are read as they are meant', async () => {
  const source = await workbook((book) => {
    const sheet = book.addWorksheet('库存');
    sheet.addRow(['仓库', '物资名称', '数量', '有效期', '备注']);
    sheet.addRow(['D1', '帐篷', 12, new Date(Date.UTC(2027, 0, 1)), '好']);
    sheet.addRow(['D1', { richText: [{ text: '大' }, { text: '米' }] }, 1.5, '2027/1/1', null]);
    sheet.addRow([]);
    sheet.addRow(['D1', { text: '链接', hyperlink: 'http://x' }, true]);
    sheet.getCell('D2').numFmt = 'yyyy-mm-dd';
  });
  expect(await all(source)).toEqual([
    { number: 1, cells: ['仓库', '物资名称', '数量', '有效期', '备注'] },
    { number: 2, cells: ['D1', '帐篷', 12, { day: '2027-01-01' }, '好'] },
    { number: 3, cells: ['D1', '大米', 1.5, '2027/1/1'] },
    { number: 5, cells: ['D1', '链接', true] },
  ]);
});

it('a formula is worth what was last worked out; without a result it is worth nothing', async () => {
  const source = await workbook((book) => {
    const sheet = book.addWorksheet('x');
    sheet.addRow([{ formula: '1+2', result: 3 }, { formula: 'A1&"x"', result: '3x' }, { formula: '1+2' } as never]);
    sheet.addRow([{ error: '#REF!' }, { formula: 'A9', result: { error: '#N/A' } as never }, 5]);
  });
  const [first, second] = await all(source);
  expect(first.cells).toEqual([3, '3x', { fault: 'formula-without-result' }]);
  expect(second.cells[0]).toEqual({ fault: 'cell-error' });
  expect(second.cells[1]).toHaveProperty('fault');
});

it('merged cells belong to all their rows', async () => {
  const source = await workbook((book) => {
    const sheet = book.addWorksheet('x');
    sheet.addRow(['D1', '帐篷', 1]);
    sheet.addRow([null, '大米', 2]);
    sheet.addRow([null, '毛毯', 3]);
    sheet.mergeCells('A1:A3');
    sheet.mergeCells('C2:C3');
  });
  const rows = await all(source);
  expect(rows.map(({ cells }) => cells[0])).toEqual(['D1', 'D1', 'D1']);
  expect(rows.map(({ cells }) => cells[2])).toEqual([1, { fault: 'merged-quantity' }, { fault: 'merged-quantity' }]);
});

it('of several sheets the first that is not hidden is read, unless another is chosen', async () => {
  const source = await workbook((book) => {
    book.addWorksheet('草稿', { state: 'hidden' }).addRow(['hidden']);
    book.addWorksheet('库存').addRow(['shown']);
    book.addWorksheet('说明', { state: 'veryHidden' }).addRow(['very hidden']);
  });
  expect(source.sheets.map(({ name, hidden }) => [name, hidden])).toEqual([
    ['草稿', true],
    ['库存', false],
    ['说明', true],
  ]);
  expect((await all(source))[0].cells).toEqual(['shown']);
  expect((await all(source, '草稿'))[0].cells).toEqual(['hidden']);
  await expect(all(source, 'gone')).rejects.toMatchObject({ code: 'SUPPLIES_IMPORT_MAPPING_INVALID' });
});

it('rows that only look filled are not counted', async () => {
  const source = await workbook((book) => {
    const sheet = book.addWorksheet('x');
    for (let row = 1; row <= 300; row++) sheet.getCell(row, 1).fill = { type: 'pattern', pattern: 'solid' };
    for (let row = 1; row <= 20; row++) sheet.getCell(row, 1).value = `D${row}`;
    sheet.getCell(300, 2).value = 7;
  });
  expect(await source.countRows(null)).toBe(21);
});

it('a thousand rows of Chinese come through whole, wherever the pieces of the file end', async () => {
  const source = await workbook((book) => {
    const sheet = book.addWorksheet('x');
    for (let row = 1; row <= 5_000; row++) sheet.addRow([`县应急物资储备库第${row}号`, '棉帐篷十二平方米', row]);
  });
  const rows = await all(source);
  expect(rows).toHaveLength(5_000);
  expect(rows.every(({ number, cells }) => cells[0] === `县应急物资储备库第${number}号`)).toBe(true);
});

it('days of a workbook that counts from 1904 are the days it shows', async () => {
  const source = await workbook((book) => {
    book.properties.date1904 = true;
    const sheet = book.addWorksheet('x');
    sheet.addRow([new Date(Date.UTC(2026, 6, 1))]);
    sheet.getCell('A1').numFmt = 'yyyy/m/d';
  });
  expect(source.since1904).toBe(true);
  expect((await all(source))[0].cells).toEqual([{ day: '2026-07-01' }]);
});

it('the head of a sheet is read without its body', async () => {
  const source = await workbook((book) => {
    const sheet = book.addWorksheet('x');
    for (let row = 1; row <= 100; row++) sheet.addRow([row]);
  });
  expect(await source.head(null, 3)).toHaveLength(3);
  expect(await source.head(null, 500)).toHaveLength(100);
});

describe('what is no workbook is refused', () => {
  const open = (files: Parameters<typeof zipOf>[0]) => XlsxSource.open(new ZipFile(zipOf(files)));
  const WORKBOOK = Buffer.from('<workbook><sheets/></workbook>');

  it('when it is another archive', async () => {
    await expect(open([{ name: 'word/document.xml', content: Buffer.from('<x/>') }])).rejects.toMatchObject({
      code: 'SUPPLIES_IMPORT_UNREADABLE',
    });
  });

  it('when its content is damaged', async () => {
    await expect(open([{ name: 'xl/workbook.xml', content: Buffer.from('<workbook') }])).rejects.toMatchObject({
      code: 'SUPPLIES_IMPORT_UNREADABLE',
    });
  });

  it('when a part is not what it was when it was packed', async () => {
    const parts = [{ name: 'xl/workbook.xml', content: WORKBOOK, corrupt: true }];
    await expect(open(parts)).rejects.toMatchObject({ code: 'SUPPLIES_IMPORT_UNREADABLE' });
  });

  it('when a part grows beyond what it announces', async () => {
    const texts = Buffer.alloc(3_000_000, ' ');
    await expect(
      open([
        { name: 'xl/workbook.xml', content: WORKBOOK },
        { name: 'xl/sharedStrings.xml', content: texts, announcedBytes: 500_000 },
      ]),
    ).rejects.toMatchObject({ code: 'SUPPLIES_IMPORT_EXPANDS_TOO_FAR' });
  });
});
