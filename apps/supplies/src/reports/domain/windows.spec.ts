import * as fc from 'fast-check';
import { windowsWithin } from './windows';

describe('windows of expiry', () => {
  it('begin with what is past its date and end at the day that was asked for', () => {
    expect(windowsWithin(90)).toEqual([
      { fromDays: null, toDays: -1 },
      { fromDays: 0, toDays: 7 },
      { fromDays: 8, toDays: 30 },
      { fromDays: 31, toDays: 90 },
    ]);
    expect(windowsWithin(10).at(-1)).toEqual({ fromDays: 8, toDays: 10 });
    expect(windowsWithin(0)).toHaveLength(2);
  });

  it('hold every day in exactly one', () => {
    fc.assert(
      fc.property(fc.nat(3650), fc.integer({ min: -400, max: 3650 }), (within, day) => {
        const holding = windowsWithin(within).filter(
          ({ fromDays, toDays }) => (fromDays ?? -Infinity) <= day && day <= toDays,
        );
        return holding.length === (day <= within ? 1 : 0);
      }),
    );
  });
});
