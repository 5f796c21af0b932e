import { DAY_PATTERN, INSTANT_PATTERN, PHONE_PATTERN, TEAM_TYPE_PATTERN, WORD_CODE_PATTERN } from './patterns';

it.each([
  [DAY_PATTERN, '2026-07-01', '2026-7-1'],
  [INSTANT_PATTERN, '2026-07-01T08:00:00+08:00', '2026-07-01T08:00:00'],
  [WORD_CODE_PATTERN, 'swift-water', 'Swift-water'],
  [TEAM_TYPE_PATTERN, 'PRO-02', 'PRO-2'],
  [PHONE_PATTERN, '0350-7222119', '0350-'],
  [PHONE_PATTERN, '110', '1'],
])('%s takes %s and not %s', (pattern, good, bad) => {
  expect([pattern.test(good), pattern.test(bad)]).toEqual([true, false]);
});
