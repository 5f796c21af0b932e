import { placeGaps } from './gap';
import { aFixedRule, aGapInput, aRule } from './testing/builders';
import { NOTHING_SUPPOSED, suppose, type Supposition } from './what-if';

const facts = new Map([
  ['140930', { population: 100_000, riskLevel: 'medium' as const }],
  ['140930101', { population: 9_000, riskLevel: null }],
]);
const input = aGapInput({
  regions: ['140930', '140930101'],
  facts,
  rules: [
    aRule(),
    aRule({ tier: 'township' }),
    aFixedRule({ target: 'item:LIV-002', amountBase: 33 }),
    aFixedRule({ measure: 'risk-level', riskLevel: 'high', target: 'item:LRS-002', amountBase: 40 }),
  ],
});
const required = (supposition: Partial<Supposition>): Record<string, number> =>
  Object.fromEntries(
    placeGaps(suppose(input, { ...NOTHING_SUPPOSED, ...supposition })).map(({ regionCode, target, requiredBase }) => [
      `${regionCode} ${target}`,
      requiredBase,
    ]),
  );

describe('what would be asked for', () => {
  it('is what is asked for now, when nothing is supposed', () => {
    expect(required({})).toEqual({
      ...{ '140930 item:LRS-015': 500, '140930101 item:LRS-015': 45, '140930 item:LIV-002': 33 },
    });
  });

  it('with other people in single regions, also in one that nobody knew', () => {
    const populations = [
      { regionCode: '140930', population: 120_000 },
      { regionCode: '140930102', population: 1_001 },
    ];
    expect(required({ populations })).toMatchObject({
      '140930 item:LRS-015': 600,
      '140930101 item:LRS-015': 45,
      '140930102 item:LRS-015': 6,
    });
  });

  it('with a tenth more people everywhere, rounded up', () => {
    expect(required({ populationPercent: 110 })).toMatchObject({
      '140930 item:LRS-015': 550,
      '140930101 item:LRS-015': 50,
    });
  });

  it('with a higher risk in a county and below it', () => {
    const riskLevels = [{ regionCode: '1409', riskLevel: 'high' as const }];
    expect(required({ riskLevels })).toMatchObject({ '140930 item:LRS-002': 40 });
    const nearer = [...riskLevels, { regionCode: '140930', riskLevel: 'low' as const }];
    expect(required({ riskLevels: nearer })).not.toHaveProperty('140930 item:LRS-002');
  });

  it('with other amounts, of one target or of all that are not named', () => {
    const standardPercents = [
      { target: null, percent: 200 },
      { target: 'item:LIV-002' as const, percent: 150 },
    ];
    expect(required({ standardPercents })).toEqual({
      ...{ '140930 item:LRS-015': 1000, '140930101 item:LRS-015': 90, '140930 item:LIV-002': 50 },
    });
  });

  it('leaves what is really there as it is', () => {
    const before = JSON.stringify([...facts]);
    suppose(input, { ...NOTHING_SUPPOSED, populationPercent: 300 });
    expect(JSON.stringify([...facts])).toBe(before);
  });
});
