import { DAY_PATTERN, INSTANT_PATTERN, ITEM_CODE_PATTERN } from './patterns';

it.each([
  [DAY_PATTERN, '2026-07-01', '0000-01-01'],
  [DAY_PATTERN, '1999-12-31', '2026-7-1'],
  [INSTANT_PATTERN, '2026-07-01T08:00:00+08:00', '2026-07-01T08:00:00'],
  [INSTANT_PATTERN, '2026-07-01T08:00Z', '2026-07-01T24:00Z'],
  [INSTANT_PATTERN, '2026-07-01T23:59:59.123456Z', '+012026-07-01T00:00:00Z'],
  [ITEM_CODE_PATTERN, 'LRS-020', 'lrs-020'],
])('%s takes %s and not %s', (pattern, good, bad) => {
  expect([pattern.test(good), pattern.test(bad)]).toEqual([true, false]);
});
