import fc from 'fast-check';
import { wrap } from './wrap';

/** Chinese characters are twice as wide as others. */
const widthOf = (text: string): number => [...text].reduce((sum, one) => sum + (/[\x20-\x7e]/.test(one) ? 1 : 2), 0);
const set = (text: string, width: number, mostLines = 9) => wrap(text, { width, mostLines, widthOf });

describe('wrap', () => {
  it.each([
    ['', 10, ['']],
    ['帐篷', 10, ['帐篷']],
    ['十二平方米棉帐篷', 8, ['十二平方', '米棉帐篷']],
    ['批号 B-2026-001', 10, ['批号', 'B-2026-001']],
    ['B-2026-001-LONG', 6, ['B-2026', '-001-L', 'ONG']],
    ['大米25kg装', 6, ['大米', '25kg装']],
    ['防雨型，含地钉', 6, ['防雨', '型，含', '地钉']],
    ['  两端空白  ', 20, ['两端空白']],
  ])('%s in a width of %i', (text, width, lines) => {
    expect(set(text, width)).toEqual(lines);
  });

  it('ends in an ellipsis what does not fit', () => {
    expect(set('一二三四五六七八', 4, 2)).toEqual(['一二', '三…']);
  });

  it('keeps every character, and every line within the width', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('a', '7', '-', '帐', '篷', ' ')),
        fc.integer({ min: 2, max: 9 }),
        (parts, width) => {
          const text = parts.join('');
          const lines = set(text, width, Infinity);
          expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
          expect(lines.every((line) => widthOf(line) <= width)).toBe(true);
        },
      ),
    );
  });
});
