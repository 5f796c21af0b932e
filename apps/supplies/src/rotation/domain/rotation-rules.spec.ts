import { assertSourced, assertThreshold } from './rotation-rules';

const faults = (...pointers: string[]): Error =>
  expect.objectContaining({
    code: 'REQUEST_INVALID',
    details: { errors: pointers.map((pointer) => expect.objectContaining({ pointer }) as object) },
  }) as Error;

describe('a threshold', () => {
  it.each([
    [90, 60, 10],
    [3650, 0, 0],
    [0, 0, 0],
    [30, 30, 30],
  ])('with windows at %i, %i and %i days is taken', (noticeBefore, actBefore, lateBefore) => {
    expect(() => assertThreshold({ measure: 'days', noticeBefore, actBefore, lateBefore })).not.toThrow();
  });

  it('is refused when its windows do not lie inside each other', () => {
    const windows = { noticeBefore: 10, actBefore: 20, lateBefore: 30 };
    expect(() => assertThreshold({ measure: 'days', ...windows })).toThrow(faults('/actBefore', '/lateBefore'));
  });

  it('is refused for more than the whole life', () => {
    const windows = { noticeBefore: 1001, actBefore: 20, lateBefore: 0 };
    expect(() => assertThreshold({ measure: 'share', ...windows })).toThrow(faults('/noticeBefore'));
  });
});

it('a figure is an estimate or names its source', () => {
  expect(() => assertSourced({ basis: 'estimate' })).not.toThrow();
  expect(() => assertSourced({ basis: 'sourced', source: 'GB/T 1' })).not.toThrow();
  expect(() => assertSourced({ basis: 'sourced' })).toThrow(faults('/source'));
});
