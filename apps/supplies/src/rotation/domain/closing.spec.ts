import { missingBase, whyNotClosable } from './closing';

describe('an order', () => {
  it.each([
    ['while goods that must go are left', { leftBase: 1, floorBase: 0, usableBase: 500 }, 'goods-left', 0],
    ['while its place is below its standard', { leftBase: 0, floorBase: 100, usableBase: 99 }, 'below-standard', 1],
    ['while both are true, for the goods first', { leftBase: 3, floorBase: 100, usableBase: 0 }, 'goods-left', 100],
    ['no more once the place is at its standard', { leftBase: 0, floorBase: 100, usableBase: 100 }, undefined, 0],
    ['no more where no standard is set', { leftBase: 0, floorBase: 0, usableBase: 0 }, undefined, 0],
  ])('stays open %s', (_when, stock, why, missing) => {
    expect(whyNotClosable(stock)).toBe(why);
    expect(missingBase(stock)).toBe(missing);
  });
});
