import { progressOf } from './progress';

it.each([
  [
    { done: 0, total: null, rows: 0, seconds: 0 },
    { percent: 0, rowsPerSecond: 0, secondsLeft: null },
  ],
  [
    { done: 0, total: 100, rows: 0, seconds: 5 },
    { percent: 0, rowsPerSecond: 0, secondsLeft: null },
  ],
  [
    { done: 25, total: 100, rows: 1_000, seconds: 2 },
    { percent: 25, rowsPerSecond: 500, secondsLeft: 6 },
  ],
  [
    { done: 999, total: 1_000, rows: 999, seconds: 10 },
    { percent: 99, rowsPerSecond: 100, secondsLeft: 1 },
  ],
  [
    { done: 100, total: 100, rows: 4_000, seconds: 2 },
    { percent: 100, rowsPerSecond: 2_000, secondsLeft: 0 },
  ],
  [
    { done: 120, total: 100, rows: 5, seconds: 1 },
    { percent: 100, rowsPerSecond: 5, secondsLeft: 0 },
  ],
  [
    { done: 0, total: 0, rows: 0, seconds: 1 },
    { percent: 0, rowsPerSecond: 0, secondsLeft: null },
  ],
])('%j is %j', (work, progress) => {
  expect(progressOf(work)).toEqual(progress);
});
