import * as fc from 'fast-check';
import { addDays } from '../../stock/domain/calendar';
import { floorSchedule, type DatedFloor, type FloorAddition } from './floor-schedule';

const standing: DatedFloor[] = [
  { validFrom: '2026-01-01', floorBase: 100, basis: 'estimate' },
  { validFrom: '2026-07-10', floorBase: 120, basis: 'sourced' },
];
const summer: FloorAddition = {
  validFrom: '2026-07-01',
  validTo: '2026-07-31',
  lastDay: '2026-07-31',
  quantityBase: 50,
};
const short = (floors: readonly DatedFloor[]) => floors.map(({ validFrom, floorBase }) => [validFrom, floorBase]);

describe('the course of a floor', () => {
  it('is what stands, plus what is added for a time, and falls back by its date', () => {
    expect(short(floorSchedule(standing, [summer]))).toEqual([
      ['2026-01-01', 100],
      ['2026-07-01', 150],
      ['2026-07-10', 170],
      ['2026-08-01', 120],
    ]);
  });

  it('repeats a day that was announced and changes nothing any more when an addition ends early', () => {
    expect(short(floorSchedule(standing, [{ ...summer, lastDay: '2026-07-05' }]))).toEqual([
      ['2026-01-01', 100],
      ['2026-07-01', 150],
      ['2026-07-06', 100],
      ['2026-07-10', 120],
      ['2026-08-01', 120],
    ]);
  });

  it('begins with the addition where nothing stood', () => {
    expect(short(floorSchedule([], [summer]))).toEqual([
      ['2026-07-01', 50],
      ['2026-08-01', 0],
    ]);
  });

  it('is right on every day for a reader who takes the latest entry that has begun', () => {
    const day = fc.integer({ min: 0, max: 60 }).map((offset) => addDays('2026-06-01', offset));
    const addition = fc
      .tuple(day, fc.nat(20), fc.integer({ min: -1, max: 20 }), fc.integer({ min: 1, max: 50 }))
      .map(([validFrom, length, until, quantityBase]) => ({
        ...{ validFrom, validTo: addDays(validFrom, length), quantityBase },
        lastDay: addDays(validFrom, Math.min(length, until)),
      }));
    fc.assert(
      fc.property(fc.array(addition, { maxLength: 5 }), day, (additions, asked) => {
        const entry = floorSchedule(standing, additions).findLast(({ validFrom }) => validFrom <= asked);
        const added = additions.filter(({ validFrom, lastDay }) => validFrom <= asked && asked <= lastDay);
        const stands = asked >= '2026-07-10' ? 120 : 100;
        return entry?.floorBase === added.reduce((sum, { quantityBase }) => sum + quantityBase, stands);
      }),
    );
  });
});
