import { DEFAULT_THRESHOLDS, thresholdIn } from './threshold';

describe('a threshold', () => {
  const set = [
    { regionCode: '14', value: 1 },
    { regionCode: '140930', value: 3 },
    { regionCode: '1409', value: 2 },
    { regionCode: '61', value: 9 },
  ];

  it.each([
    ['140930101', 3],
    ['140930', 3],
    ['140931', 2],
    ['1401', 1],
    ['61', 9],
  ])('of the nearest region above %s holds', (regionCode, value) => {
    expect(thresholdIn(regionCode, 'scrap-approver-fen', set)).toBe(value);
  });

  it('is an estimate where nobody set one', () => {
    expect(thresholdIn('11', 'scrap-approver-fen', set)).toBe(DEFAULT_THRESHOLDS['scrap-approver-fen']);
  });
});
