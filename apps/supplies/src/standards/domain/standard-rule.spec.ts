import { chinaDay } from '../../stock/domain/calendar';
import { appliesTo, lineOf, requiredBy, rulesOn } from './standard-rule';
import { aFixedRule, aRule } from './testing/builders';

describe('a dated rule', () => {
  const old = aRule({ validFrom: '2026-01-01', amountBase: 5 });
  const next = aRule({ validFrom: '2026-07-01', amountBase: 8 });

  it('gives way to the next of its line at midnight in China, wherever the server stands', () => {
    const at = (instant: string) =>
      rulesOn([old, next], chinaDay(new Date(instant))).map(({ amountBase }) => amountBase);
    expect(at('2026-06-30T15:59:59.999Z')).toEqual([5]);
    expect(at('2026-06-30T16:00:00Z')).toEqual([8]);
    expect(at('2026-07-01T00:30:00+08:00')).toEqual([8]);
    expect(at('2026-06-30T23:59:59+08:00')).toEqual([5]);
  });

  it('is in force on its last day and not on the day after', () => {
    const ended = aRule({ validTo: '2026-06-30' });
    expect(rulesOn([ended], '2026-06-30')).toEqual([ended]);
    expect(rulesOn([ended], '2026-07-01')).toEqual([]);
    expect(rulesOn([ended], '2025-12-31')).toEqual([]);
  });

  it('that was entered again for the same first day is corrected by the later entry', () => {
    const corrected = aRule({ amountBase: 6 });
    expect(rulesOn([old, corrected], '2026-02-01')).toEqual([corrected]);
  });

  it('does not bring back an earlier one when it ends', () => {
    const short = aRule({ validFrom: '2026-07-01', validTo: '2026-07-31' });
    expect(rulesOn([old, short], '2026-08-01')).toEqual([]);
  });

  it('stands beside rules of another scope, tier, target, measure or risk level', () => {
    const others = [
      aRule({ regionCode: '1409' }),
      aRule({ tier: 'township' }),
      aRule({ target: 'category:living_relief' }),
      aFixedRule(),
      aRule({ measure: 'risk-level', perPeople: null, riskLevel: 'high' }),
      aRule({ measure: 'risk-level', perPeople: null, riskLevel: 'low' }),
      aFixedRule({ tier: null, enterpriseId: 'one' }),
    ];
    expect(new Set([old, ...others].map(lineOf)).size).toBe(others.length + 1);
    expect(rulesOn([old, ...others], '2026-02-01')).toHaveLength(others.length + 1);
  });
});

describe('what a rule asks for', () => {
  const people = (population: number | null) => ({ population, riskLevel: null });

  it.each([
    [0, 0],
    [1, 1],
    [200, 1],
    [201, 2],
    [1000, 5],
    [1001, 6],
    [137_400, 687],
  ])('for %i people is rounded up to %i pieces', (population, expected) => {
    expect(requiredBy(aRule(), people(population))).toBe(expected);
  });

  it('is exact where floats are not', () => {
    const rule = aRule({ amountBase: 1_000_000_000, perPeople: 3 });
    expect(requiredBy(rule, people(9_000_001))).toBe(3_000_000_333_333_334);
  });

  it('cannot be said without the people or the risk that it depends on', () => {
    expect(requiredBy(aRule(), people(null))).toBe('population');
    expect(requiredBy(aRule({ measure: 'risk-level', riskLevel: 'high' }), people(10))).toBe('riskLevel');
  });

  it('of a risk level is asked of regions of that level alone', () => {
    const rule = aRule({ measure: 'risk-level', riskLevel: 'high', amountBase: 30 });
    expect(requiredBy(rule, { population: null, riskLevel: 'high' })).toBe(30);
    expect(requiredBy(rule, { population: null, riskLevel: 'very-high' })).toBe(0);
  });

  it('binds the regions of its tier within its scope', () => {
    const rule = aRule({ regionCode: '1409', tier: 'township' });
    expect(['140930101', '140930', '140930101200', '140830101', '1409'].map((code) => appliesTo(rule, code))).toEqual([
      true,
      false,
      false,
      false,
      false,
    ]);
    expect(appliesTo(aFixedRule({ tier: null, enterpriseId: 'one' }), '140930')).toBe(false);
  });
});
