import { MAX_AMOUNT_FEN } from '../../input/patterns';
import { ceilingBase, lineAmountFen, openBase, orderAmountFen, receiveOn, type LineProgress } from './order-line';

const aLine = (overrides: Partial<LineProgress> = {}): LineProgress => ({
  lineId: 'one',
  itemCode: 'LRS-015',
  orderedBase: 100,
  receivedBase: 0,
  tolerancePermille: 0,
  ...overrides,
});
const refused = (code: string) => expect.objectContaining({ code }) as Error;

describe('the value of an order', () => {
  it('is packs times price, summed', () => {
    const lines = [
      { quantityBase: 48, packBase: 24, unitPriceFen: 3_600 },
      { quantityBase: 10, packBase: 1, unitPriceFen: 80_000 },
    ];
    expect(lines.map(lineAmountFen)).toEqual([7_200, 800_000]);
    expect(orderAmountFen(lines)).toBe(807_200);
  });

  it('is not computed for broken packs', () => {
    expect(() => orderAmountFen([{ quantityBase: 25, packBase: 24, unitPriceFen: 1 }])).toThrow(
      refused('REQUEST_INVALID'),
    );
  });

  it('has an upper bound', () => {
    const line = { quantityBase: MAX_AMOUNT_FEN / 100_000, packBase: 1, unitPriceFen: 100_000 };
    expect(orderAmountFen([line])).toBe(MAX_AMOUNT_FEN);
    expect(() => orderAmountFen([line, { quantityBase: 1, packBase: 1, unitPriceFen: 1 }])).toThrow(
      refused('REQUEST_INVALID'),
    );
  });
});

describe('goods that come in', () => {
  it('leave a line open when they fall short', () => {
    const [line] = receiveOn([aLine()], [{ lineId: 'one', quantityBase: 60 }]);
    expect([line.receivedBase, openBase(line)]).toEqual([60, 40]);
  });

  it('may come in several batches of one line', () => {
    const parts = [60, 40].map((quantityBase) => ({ lineId: 'one', quantityBase }));
    const [line] = receiveOn([aLine()], parts);
    expect(openBase(line)).toBe(0);
    expect(() => receiveOn([aLine({ orderedBase: 99 })], parts)).toThrow(refused('SUPPLIES_PURCHASE_OVER_DELIVERY'));
  });

  it.each([
    [0, 100],
    [9, 100],
    [10, 101],
    [50, 105],
    [999, 199],
  ])('with a tolerance of %s ‰ may be at most %s of 100', (tolerancePermille, most) => {
    const line = aLine({ tolerancePermille });
    expect(ceilingBase(line)).toBe(most);
    expect(receiveOn([line], [{ lineId: 'one', quantityBase: most }])[0].receivedBase).toBe(most);
    expect(() => receiveOn([line], [{ lineId: 'one', quantityBase: most + 1 }])).toThrow(
      refused('SUPPLIES_PURCHASE_OVER_DELIVERY'),
    );
  });

  it('leave other lines alone, also one that is more than full', () => {
    const full = aLine({ lineId: 'two', receivedBase: 104, tolerancePermille: 0 });
    expect(receiveOn([aLine(), full], [{ lineId: 'one', quantityBase: 1 }])[1]).toEqual(full);
    expect(openBase(full)).toBe(0);
  });
});
