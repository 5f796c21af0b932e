import { countyOf, traceStep } from './trace';

it.each([
  ['receipt', 'depot:x:available', 'received'],
  ['issue', 'transit:x', 'sent'],
  ['transfer-out', 'transit:x', 'sent'],
  ['deliver', 'site:x', 'arrived'],
  ['deliver', 'lost', 'lost'],
  ['hand-out', 'consumed', 'handed-out'],
  ['use', 'consumed', 'handed-out'],
  ['return', 'depot:x:available', 'returned'],
  ['scrap', 'scrapped', 'scrapped'],
  ['reserve', 'depot:x:reserved', undefined],
  ['release', 'depot:x:available', undefined],
  ['quarantine', 'depot:x:quarantine', undefined],
  ['put-away', 'depot:x:available', undefined],
] as const)('a movement %s to %s is told as %s', (kind, to, step) => {
  expect(traceStep(kind, to)).toBe(step);
});

it('places are told as counties', () => {
  expect(['140930101200', '140930', '14'].map(countyOf)).toEqual(['140930', '140930', '14']);
});
