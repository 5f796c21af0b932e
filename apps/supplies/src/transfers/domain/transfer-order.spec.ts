import { assertOrderLines } from './transfer-order';

const [TENT, RICE] = ['LRS-015', 'LIV-002'];
const line = (itemCode: string, lotId?: string) => ({ itemCode, lotId, quantityBase: 1 });

describe('the lines of a transfer order', () => {
  it.each([
    ['different items', [line(TENT), line(RICE)]],
    ['different lots of an item', [line(TENT, 'a'), line(TENT, 'b'), line(RICE)]],
  ])('may name %s', (_what, lines) => {
    expect(() => assertOrderLines(lines)).not.toThrow();
  });

  it.each([
    ['an item twice', [line(TENT), line(TENT)]],
    ['a lot twice', [line(TENT, 'a'), line(TENT, 'A')]],
    ['an item and then a lot of it', [line(TENT), line(TENT, 'a')]],
    ['a lot and then its item', [line(TENT, 'a'), line(TENT)]],
  ])('may not name %s', (_what, lines) => {
    expect(() => assertOrderLines(lines)).toThrow('REQUEST_INVALID');
  });
});
