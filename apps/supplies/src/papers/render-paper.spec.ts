import { readFileSync } from 'node:fs';
import type { Paper } from './domain/paper';
import { readPaperSettings } from './paper-settings';
import { qrCode } from './qr-code';
import { renderPaper } from './render-paper';

const font = readFileSync(readPaperSettings({}).fontFile);
const aPaper = (lines: number): Paper => ({
  title: '入库单',
  titleEn: 'Inbound slip',
  number: 'RK-2026-00000001',
  stamp: null,
  synthetic: false,
  facts: [['仓库', '县级库']],
  columns: [
    { title: '序号', width: 20 },
    { title: '物资名称', width: 80 },
  ],
  rows: Array.from({ length: lines }, (_, index) => [String(index + 1), '棉帐篷']),
  totals: `共 ${lines} 行`,
  signers: ['仓库保管员'],
  code: '0197f0c0-0000-7000-8000-00000000b0e0',
  at: new Date('2026-07-01T00:05:00Z'),
});
const pagesIn = (file: Buffer): number => file.toString('latin1').match(/\/Type \/Page\b/g)?.length ?? 0;

it('comes in pieces while it is made, and others get their turn between the pages', async () => {
  let turns = 0;
  let isOver = false;
  const others = (): void => {
    turns++;
    if (!isOver) setImmediate(others);
  };
  setImmediate(others);
  const pieces: Buffer[] = [];
  for await (const piece of renderPaper(aPaper(2_000), font)) pieces.push(piece as Buffer);
  isOver = true;
  const pages = pagesIn(Buffer.concat(pieces));
  expect(pages).toBeGreaterThan(40);
  expect(turns).toBeGreaterThanOrEqual(pages);
  expect(pieces.length).toBeGreaterThan(pages);
});

it('stops when its reader leaves', async () => {
  const stream = renderPaper(aPaper(2_000), font);
  let pieces = 0;
  stream.on('data', () => {
    pieces++;
    stream.destroy();
  });
  await new Promise((resolve) => stream.on('close', resolve));
  expect(pieces).toBeLessThan(50);
});

it('has one page and room to sign even without a line', async () => {
  const pieces: Buffer[] = [];
  for await (const piece of renderPaper(aPaper(0), font)) pieces.push(piece as Buffer);
  expect(pagesIn(Buffer.concat(pieces))).toBe(1);
});

describe('a QR code', () => {
  const { size, runs } = qrCode('0197f0c0-0000-7000-8000-00000000b0e0');

  it('is square, within its size, and has a finder pattern in three corners', () => {
    expect((size - 17) % 4).toBe(0);
    expect(runs.every(({ x, y, length }) => x + length <= size && y < size)).toBe(true);
    const corners = runs.filter(({ y, length }) => length === 7 && (y === 0 || y === size - 7));
    expect(corners.map(({ x, y }) => [x, y])).toEqual(
      expect.arrayContaining([
        [0, 0],
        [size - 7, 0],
        [0, size - 7],
      ]),
    );
  });
});

it('another font can be named; none is the one that comes with the product', () => {
  expect(readPaperSettings({ PAPER_FONT_FILE: '/fonts/song.ttf' })).toEqual({ fontFile: '/fonts/song.ttf' });
  expect(readPaperSettings({ PAPER_FONT_FILE: '' }).fontFile).toMatch(/NotoSansSC_400Regular\.ttf$/);
});
