import { leftToRotate } from './order-goods';
import type { Standing } from './standing';

describe('the goods of an order', () => {
  it.each([
    ['due', 'due', 7],
    ['due', 'overdue', 7],
    ['expired', 'due', 7],
    ['due', 'notice', 0],
    ['due', 'none', 0],
    ['notice', 'notice', 7],
    ['notice', 'none', 0],
    ['none', 'none', 0],
  ] as [Standing, Standing, number][])('opened at %s, are at %s now: %i left', (openedAt, standing, left) => {
    expect(leftToRotate({ heldBase: 7, standing }, openedAt)).toBe(left);
  });

  it('are none once the lot has left the depot', () => {
    expect(leftToRotate(undefined, 'due')).toBe(0);
  });
});
