import type { Cell } from './cell';
import { isIgnored } from './ignored-rows';

it.each<[string, Cell[], boolean]>([
  ['an empty row', [], true],
  ['a row of blanks', ['', ' ', null], true],
  ['a sum', ['合 计', null, 5], true],
  ['a sum further right', [null, 'Total:', 5], true],
  ['goods', ['D1', '帐篷', 5], false],
  ['goods whose name has such a word in it', ['D1', '温度计', 5], false],
])('%s', (_what, cells, ignored) => {
  expect(isIgnored({ number: 1, cells })).toBe(ignored);
});
