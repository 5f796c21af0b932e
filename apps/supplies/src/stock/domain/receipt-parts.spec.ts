import { receiptParts } from './receipt-parts';

const PUMP = 'EQP-001';

describe('the lots of a receipt', () => {
  it('are one for a line, and one for every number of numbered gear', () => {
    const rice = { itemCode: 'LIV-002', quantityBase: 40 };
    const pumps = { itemCode: PUMP, quantityBase: 2, serialNumbers: ['A1', 'A2'] };
    expect(receiptParts([rice, pumps])).toEqual([
      { line: rice, quantityBase: 40 },
      { line: pumps, quantityBase: 1, serialNumber: 'A1' },
      { line: pumps, quantityBase: 1, serialNumber: 'A2' },
    ]);
  });

  it('may have the same number for different items', () => {
    const lines = [PUMP, 'EQP-002'].map((itemCode) => ({ itemCode, quantityBase: 1, serialNumbers: ['A1'] }));
    expect(receiptParts(lines)).toHaveLength(2);
  });

  it.each([
    ['too few numbers', [{ itemCode: PUMP, quantityBase: 2, serialNumbers: ['A1'] }], ['/lines/0/serialNumbers']],
    [
      'a number twice',
      [{ itemCode: PUMP, quantityBase: 2, serialNumbers: ['A1', 'A1'] }],
      ['/lines/0/serialNumbers/1'],
    ],
    [
      'a number twice over two lines',
      [1, 2].map(() => ({ itemCode: PUMP, quantityBase: 1, serialNumbers: ['A1'] })),
      ['/lines/1/serialNumbers/0'],
    ],
    [
      'too many lots',
      [{ itemCode: PUMP, quantityBase: 401, serialNumbers: Array.from({ length: 401 }, (_, n) => `A${n}`) }],
      ['/lines'],
    ],
  ])('are not made of %s', (_what, lines, pointers) => {
    let errors: unknown;
    try {
      receiptParts(lines);
    } catch (error) {
      errors = (error as { details: { errors: { pointer: string }[] } }).details.errors.map(({ pointer }) => pointer);
    }
    expect(errors).toEqual(pointers);
  });
});
