import fc from 'fast-check';
import { shareIssued } from './loading';

const PLANNED = [
  { tripId: 'first', lineId: 'tents', quantityBase: 40 },
  { tripId: 'first', lineId: 'quilts', quantityBase: 5 },
  { tripId: 'second', lineId: 'tents', quantityBase: 20 },
];

const loadedOf = (issued: { lineId: string; quantityBase: number }[]): number[] =>
  shareIssued(PLANNED, issued).shares.map((share) => share.loadedBase);

describe('shareIssued', () => {
  it('loads what was planned when everything was issued, lot by lot', () => {
    const issued = [
      { lineId: 'tents', quantityBase: 30 },
      { lineId: 'quilts', quantityBase: 5 },
      { lineId: 'tents', quantityBase: 30 },
    ];
    expect(loadedOf(issued)).toEqual([40, 5, 20]);
  });

  it('leaves the last trips emptier when less was issued, and loads nothing of a line that was not', () => {
    expect(loadedOf([{ lineId: 'tents', quantityBase: 45 }])).toEqual([40, 0, 5]);
  });

  it('counts goods that no trip was planned for', () => {
    const issued = [
      { lineId: 'pumps', quantityBase: 1 },
      { lineId: 'tents', quantityBase: 62 },
    ];
    expect(shareIssued(PLANNED, issued).unplannedBase).toBe(3);
  });

  it('loads every issued piece at most once and no trip beyond its plan', () => {
    const pieces = fc.integer({ min: 0, max: 80 });
    fc.assert(
      fc.property(pieces, pieces, (tents, quilts) => {
        const { shares, unplannedBase } = shareIssued(PLANNED, [
          { lineId: 'tents', quantityBase: tents },
          { lineId: 'quilts', quantityBase: quilts },
        ]);
        const loaded = shares.reduce((sum, share) => sum + share.loadedBase, 0);
        expect(loaded + unplannedBase).toBe(tents + quilts);
        shares.forEach((share, index) => expect(share.loadedBase).toBeLessThanOrEqual(PLANNED[index].quantityBase));
      }),
    );
  });
});
