import fc from 'fast-check';
import { paginate } from './paginate';

const room = { first: 50, following: 80, closing: 20 };

describe('paginate', () => {
  it.each([
    ['no rows', [], [[0, 0]]],
    ['one page', [10, 10, 10], [[0, 3]]],
    [
      'rows that fill the page and leave no room to sign',
      [10, 10, 10, 10],
      [
        [0, 3],
        [3, 4],
      ],
    ],
    [
      'two pages',
      [20, 20, 20, 20],
      [
        [0, 2],
        [2, 4],
      ],
    ],
    ['one row that is higher than the first page has room for', [60], [[0, 1]]],
  ])('%s', (_what, heights, pages) => {
    expect(paginate(heights, room)).toEqual(pages);
  });

  it('keeps every row once and in order, and every page within its room', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 60 }), (heights) => {
        const pages = paginate(heights, room);
        expect(pages.flatMap(([start, end]) => heights.slice(start, end))).toEqual(heights);
        pages.forEach(([start, end], index) => {
          const used = heights.slice(start, end).reduce((sum, height) => sum + height, 0);
          const available = index === 0 ? room.first : room.following;
          const closing = index === pages.length - 1 && end - start > 1 ? room.closing : 0;
          expect(used + closing).toBeLessThanOrEqual(available);
        });
      }),
    );
  });
});
