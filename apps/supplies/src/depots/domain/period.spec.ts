import { assertPeriod, overlaps } from './period';

const period = (validFrom: string, validTo: string | null = null) => ({ validFrom, validTo });

describe('a time from day to day', () => {
  it.each([
    [period('2026-01-01', '2026-01-31'), period('2026-01-31'), true],
    [period('2026-01-01', '2026-01-31'), period('2026-02-01'), false],
    [period('2026-01-01'), period('2030-01-01'), true],
    [period('2026-05-01', '2026-06-01'), period('2026-01-01', '2026-04-30'), false],
  ])('%j and %j share a day: %s', (one, other, shared) => {
    expect([overlaps(one, other), overlaps(other, one)]).toEqual([shared, shared]);
  });

  it('does not end before it begins', () => {
    expect(() => assertPeriod(period('2026-01-02', '2026-01-02'))).not.toThrow();
    expect(() => assertPeriod(period('2026-01-02'))).not.toThrow();
    expect(() => assertPeriod(period('2026-01-02', '2026-01-01'))).toThrow(
      expect.objectContaining({ code: 'REQUEST_INVALID' }),
    );
  });
});
