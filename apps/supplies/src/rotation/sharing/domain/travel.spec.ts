import { travelDays } from './travel';

const hequ = { regionCode: '140930', latitude: 39.39, longitude: 111.19 };

describe('a journey', () => {
  it.each([
    ['next door takes a day of handling and a day of road', { ...hequ, longitude: 111.2 }, 2],
    ['to the city takes no longer', { regionCode: '1409', latitude: 38.41, longitude: 112.73 }, 2],
    ['across the province takes longer', { regionCode: '140403', latitude: 36.2, longitude: 113.1 }, 3],
    ['over the province border takes a day more', { regionCode: '610822', latitude: 39.03, longitude: 111.07 }, 3],
    ['to the same spot takes a day of handling', hequ, 1],
  ])('%s', (_what, to, days) => {
    expect(travelDays(hequ, to)).toBe(days);
  });
});
