import { deflateRawSync } from 'node:zlib';
import { assertUnpacked, packedBytesOf, readZipDirectory, type UnpackLimits } from './zip-directory';
import { zipOf } from './testing/zip-of';

const LIMITS: UnpackLimits = { entries: 3, totalBytes: 5_000_000, ratio: 100 };
const refusal = (archive: Buffer, limits = LIMITS): unknown => {
  try {
    return readZipDirectory(archive, limits);
  } catch (error) {
    return (error as { code?: string }).code;
  }
};

it('the directory tells what is inside, and the packed bytes are found', () => {
  const archive = zipOf([
    { name: 'xl/workbook.xml', content: Buffer.from('<workbook/>') },
    { name: '中文.xml', content: Buffer.alloc(1_000, 'a') },
  ]);
  const entries = readZipDirectory(archive, LIMITS);
  expect(entries.map(({ name, unpackedBytes }) => [name, unpackedBytes])).toEqual([
    ['xl/workbook.xml', 11],
    ['中文.xml', 1_000],
  ]);
  expect(packedBytesOf(archive, entries[1])).toEqual(deflateRawSync(Buffer.alloc(1_000, 'a')));
});

it('an archive with a comment behind it is read all the same', () => {
  expect(refusal(zipOf([{ name: 'a', content: Buffer.from('a') }], 'printed by the office'))).toHaveLength(1);
});

const BOMB = zipOf([{ name: 'xl/worksheets/sheet1.xml', content: Buffer.alloc(4_000_000, ' ') }]);

it.each<[string, Buffer]>([
  ['one entry that grows a thousand times', BOMB],
  ['more bytes than fit', zipOf([{ name: 'a', content: Buffer.from('a'), announcedBytes: 5_000_001 }])],
  [
    'more files than a workbook has',
    zipOf(Array.from({ length: 4 }, (_, n) => ({ name: `${n}`, content: Buffer.of() }))),
  ],
])('an archive of %s is refused before anything is unpacked', (_what, archive) => {
  expect(refusal(archive)).toBe('SUPPLIES_IMPORT_EXPANDS_TOO_FAR');
});

it('an archive that announces less than it holds is found out while it is unpacked', () => {
  const archive = zipOf([{ name: 'a', content: Buffer.alloc(4_000_000, ' '), announcedBytes: 10_000 }]);
  const [entry] = readZipDirectory(archive, LIMITS);
  expect(() => assertUnpacked(entry, 10_000, LIMITS)).not.toThrow();
  expect(() => assertUnpacked(entry, 10_001, LIMITS)).toThrow('SUPPLIES_IMPORT_EXPANDS_TOO_FAR');
});

const whole = zipOf([{ name: 'a', content: Buffer.from('content') }]);

it.each<[string, Buffer]>([
  ['nothing', Buffer.of()],
  ['no archive', Buffer.alloc(500, 'x')],
  ['half an archive', whole.subarray(0, whole.length - 30)],
  ['an archive without its beginning', whole.subarray(20)],
  ['an encrypted archive', zipOf([{ name: 'a', content: Buffer.from('a'), flags: 1 }])],
  ['a rare way of packing', zipOf([{ name: 'a', content: Buffer.from('a'), method: 12 }])],
  ['a size beyond four gigabytes', zipOf([{ name: 'a', content: Buffer.from('a'), announcedBytes: 0xffffffff }])],
])('%s is unreadable', (_what, archive) => {
  expect(refusal(archive)).toBe('SUPPLIES_IMPORT_UNREADABLE');
});

it('an entry that begins nowhere is unreadable', () => {
  const [entry] = readZipDirectory(whole, LIMITS);
  for (const offset of [1, whole.length, 1_000_000]) {
    expect(() => packedBytesOf(whole, { ...entry, offset })).toThrow('SUPPLIES_IMPORT_UNREADABLE');
  }
});
