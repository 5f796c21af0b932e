import { planDispatch, type FreePieces } from './plan-dispatch';

const TENT = 'LRS-015';
const TODAY = '2026-07-01';
const aLot = (lotId: string, overrides: Partial<FreePieces> = {}): FreePieces => ({
  lotId,
  itemCode: TENT,
  expiryDate: null,
  quality: 'good',
  quantityBase: 10,
  ...overrides,
});
const order = (quantityBase: number, lotId?: string) => [{ itemCode: TENT, lotId, quantityBase }];
const rules = (floorBase = 0, mayBreakFloor = false) => ({
  today: TODAY,
  floors: new Map([[TENT, floorBase]]),
  mayBreakFloor,
  boundElsewhere: new Set(['given']),
});
const LATE = aLot('late', { expiryDate: '2028-01-01' });
const SOON = aLot('soon', { expiryDate: '2026-08-01' });
const GONE = aLot('gone', { expiryDate: '2026-06-30' });
const HELD = aLot('held', { quality: 'held' });
const partsOf = (parts: readonly FreePieces[]) => parts.map(({ lotId, quantityBase }) => [lotId, quantityBase]);

describe('what leaves', () => {
  it('is the earliest to expire that may still be used', () => {
    expect(partsOf(planDispatch(order(15), [LATE, GONE, HELD, SOON], undefined, rules()))).toEqual([
      ['soon', 10],
      ['late', 5],
    ]);
  });

  it('is the lot that was ordered, or the lots that the keeper loads', () => {
    expect(partsOf(planDispatch(order(4, 'late'), [SOON, LATE], undefined, rules()))).toEqual([['late', 4]]);
    const loaded = [
      { lotId: 'late', quantityBase: 3 },
      { lotId: 'soon', quantityBase: 2 },
    ];
    expect(partsOf(planDispatch(order(8), [SOON, LATE], loaded, rules()))).toEqual([
      ['late', 3],
      ['soon', 2],
    ]);
  });

  it.each([
    ['more than is free', order(21), [LATE, SOON], undefined, 0, 'SUPPLIES_QUANTITY_EXCEEDS_BALANCE'],
    ['what is past its date', order(11), [GONE, SOON], undefined, 0, 'SUPPLIES_LOT_NOT_ISSUABLE'],
    ['a lot that is held', order(1, 'held'), [HELD], undefined, 0, 'SUPPLIES_LOT_NOT_ISSUABLE'],
    ['a lot that is not there', order(1, 'else'), [LATE], undefined, 0, 'SUPPLIES_QUANTITY_EXCEEDS_BALANCE'],
    [
      'a lot nobody ordered',
      order(5, 'soon'),
      [LATE, SOON],
      [{ lotId: 'late', quantityBase: 1 }],
      0,
      'SUPPLIES_TRANSFER_LOT_UNKNOWN',
    ],
    ['a held lot by name', order(5), [HELD], [{ lotId: 'held', quantityBase: 1 }], 0, 'SUPPLIES_LOT_NOT_ISSUABLE'],
    [
      'more than was ordered',
      order(5),
      [LATE],
      [{ lotId: 'late', quantityBase: 6 }],
      0,
      'SUPPLIES_QUANTITY_EXCEEDS_BALANCE',
    ],
    [
      'more than was ordered over two lots',
      order(5),
      [LATE, SOON],
      [
        { lotId: 'late', quantityBase: 4 },
        { lotId: 'soon', quantityBase: 2 },
      ],
      0,
      'SUPPLIES_QUANTITY_EXCEEDS_BALANCE',
    ],
    ['what was given for others', order(1, 'given'), [aLot('given')], undefined, 0, 'SUPPLIES_DONATION_PURPOSE_BREACH'],
    [
      'what was given for others, by name',
      order(1),
      [aLot('given')],
      [{ lotId: 'given', quantityBase: 1 }],
      0,
      'SUPPLIES_DONATION_PURPOSE_BREACH',
    ],
    [
      'what was given for others, unasked',
      order(1),
      [aLot('given')],
      undefined,
      0,
      'SUPPLIES_QUANTITY_EXCEEDS_BALANCE',
    ],
    [
      'a lot twice',
      order(5),
      [LATE],
      [
        { lotId: 'late', quantityBase: 1 },
        { lotId: 'late', quantityBase: 1 },
      ],
      0,
      'REQUEST_INVALID',
    ],
    ['what the depot has to keep', order(6), [LATE, GONE], undefined, 5, 'SUPPLIES_FLOOR_REACHED'],
  ] as const)('is not %s', (_what, lines, free, loaded, floor, code) => {
    let refused: unknown;
    try {
      planDispatch([...lines], free, loaded, rules(floor));
    } catch (error) {
      refused = error;
    }
    expect(refused).toMatchObject({ code });
  });

  it('may be what the depot has to keep when the order says so', () => {
    expect(partsOf(planDispatch(order(6), [LATE], undefined, rules(5, true)))).toEqual([['late', 6]]);
  });

  it('is not taken from more lots than one event carries', () => {
    const many = Array.from({ length: 401 }, (_, index) => aLot(`lot-${index}`, { quantityBase: 1 }));
    expect(() => planDispatch(order(401), many, undefined, rules())).toThrow('SUPPLIES_TRANSFER_TOO_MANY_LOTS');
  });
});
