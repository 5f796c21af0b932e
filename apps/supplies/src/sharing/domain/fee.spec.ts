import { feeFen } from './fee';

it('counts every piece for every day on which it is owed', () => {
  const changes = [
    { day: '2026-07-01', changeBase: 100 },
    { day: '2026-07-11', changeBase: -97 },
  ];
  expect(feeFen(changes.slice(0, 1), 5, '2026-07-01')).toBe(0);
  expect(feeFen(changes, 5, '2026-07-11')).toBe(100 * 10 * 5);
  expect(feeFen(changes, 5, '2026-07-21')).toBe((100 * 10 + 3 * 10) * 5);
});

it('stops when nothing is owed any more', () => {
  const changes = [
    { day: '2026-07-01', changeBase: 10 },
    { day: '2026-07-03', changeBase: -10 },
  ];
  expect(feeFen(changes, 7, '2027-01-01')).toBe(10 * 2 * 7);
});
