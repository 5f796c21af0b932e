import type { SheetRow } from '../domain/cell';
import { CsvSource } from './csv-source';
import { detectEncoding } from './text-encoding';

/** Hands the bytes over in pieces of a few, so that characters and lines break everywhere. */
const inPieces = (bytes: Buffer, size = 3) =>
  async function* () {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  };

async function rowsOf(bytes: Buffer | string, size?: number): Promise<SheetRow[]> {
  const pieces = inPieces(Buffer.from(bytes), size);
  const rows: SheetRow[] = [];
  for await (const batch of new CsvSource(pieces, await detectEncoding(pieces)).rows()) rows.push(...batch);
  return rows;
}
const cells = async (bytes: Buffer | string) => (await rowsOf(bytes)).map((row) => row.cells);

/** 仓库,数量 / 河曲,12 in GB18030. */
const GB18030 = Buffer.from([
  ...[0xb2, 0xd6, 0xbf, 0xe2, 0x2c, 0xca, 0xfd, 0xc1, 0xbf, 0x0d, 0x0a],
  ...[0xba, 0xd3, 0xc7, 0xfa, 0x2c, 0x31, 0x32, 0x0d, 0x0a],
]);
const CHINESE = [
  ['仓库', '数量'],
  ['河曲', '12'],
];

it.each<[string, Buffer]>([
  ['UTF-8', Buffer.from('仓库,数量\n河曲,12\n')],
  ['UTF-8 with a byte-order mark', Buffer.from('\uFEFF仓库,数量\r\n河曲,12\r\n')],
  ['GB18030', GB18030],
])('%s is read', async (_what, bytes) => {
  expect(await cells(bytes)).toEqual(CHINESE);
});

it('characters that only GB18030 has in four bytes are read as well', async () => {
  // 㐂 is 0x8139 0xEF31 there: the rare characters of names of places and people.
  const bytes = Buffer.concat([GB18030, Buffer.from([0x81, 0x39, 0xef, 0x31, 0x2c, 0x31])]);
  expect((await cells(bytes)).at(-1)).toEqual(['㐂', '1']);
});

it.each<[string, Buffer]>([
  ['UTF-16', Buffer.from('\uFEFF仓库,数量', 'utf16le')],
  ['UTF-16 without a mark', Buffer.from('depot,quantity\n', 'utf16le')],
  ['a picture', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0x00, 0x10])],
  ['half a character', Buffer.from([0x61, 0x2c, 0xb2])],
])('%s is refused', async (_what, bytes) => {
  await expect(detectEncoding(inPieces(bytes))).rejects.toMatchObject({ code: 'SUPPLIES_IMPORT_ENCODING_UNKNOWN' });
});

it.each([
  ['tabs', 'a\tb,c\td\n'],
  ['semicolons', 'a;b,c;d\n'],
])('%s may stand between the values', async (_what, text) => {
  expect(await cells(text.repeat(2))).toEqual([
    ['a', 'b,c', 'd'],
    ['a', 'b,c', 'd'],
  ]);
});

it('quotes keep commas, line breaks and quotes together', async () => {
  expect(await cells('a,"b, ""c""\nd",e\nf,g,h\n')).toEqual([
    ['a', 'b, "c"\nd', 'e'],
    ['f', 'g', 'h'],
  ]);
});

it('rows of other lengths and empty rows are rows, and are counted', async () => {
  expect(await rowsOf('a,b\n\n1\n1,2,3\n')).toEqual([
    { number: 1, cells: ['a', 'b'] },
    { number: 2, cells: [''] },
    { number: 3, cells: ['1'] },
    { number: 4, cells: ['1', '2', '3'] },
  ]);
});

it('a quote that is never closed is refused instead of swallowing the rest', async () => {
  await expect(rowsOf(`a,"${'b,c\n'.repeat(60_000)}`, 65_536)).rejects.toMatchObject({
    code: 'SUPPLIES_IMPORT_UNREADABLE',
  });
});

it('a hundred columns are looked at, no more', async () => {
  const [row] = await rowsOf(Array.from({ length: 500 }, (_, n) => n).join(','), 1_000);
  expect(row.cells).toHaveLength(100);
});

it('an empty file has no rows', async () => {
  expect(await rowsOf('')).toEqual([]);
});
