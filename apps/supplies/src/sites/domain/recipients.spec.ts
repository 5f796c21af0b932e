import { uuid } from '../../stock/domain/testing/builders';
import { assertList, assertNotRepeated, newlyReached, type KnownHousehold, type Recipient } from './recipients';

const [rice, tents] = [uuid(1), uuid(2)];
const lines = [
  { lineId: rice, quantityBase: 5 },
  { lineId: tents, quantityBase: 2 },
];
const recipient = (number: number, given: Recipient['lines'], repeatReason?: string): Recipient => ({
  householdId: uuid(number),
  lines: given,
  repeatReason,
});
const household = (number: number, overrides: Partial<KnownHousehold> = {}): [string, KnownHousehold] => [
  uuid(number),
  { id: uuid(number), peopleCount: 3, isPriority: false, itemsBefore: new Set(), reachedBefore: false, ...overrides },
];
const faults = (...pointers: string[]): Error =>
  expect.objectContaining({
    details: { errors: pointers.map((pointer) => expect.objectContaining({ pointer }) as object) },
  }) as Error;

describe('the list of a hand-out', () => {
  const whole = [
    recipient(10, [
      { lineId: rice, quantityBase: 2 },
      { lineId: tents, quantityBase: 2 },
    ]),
    recipient(11, [{ lineId: rice, quantityBase: 3 }]),
  ];

  it('adds up to what is handed out', () => {
    expect(() => assertList(lines, whole)).not.toThrow();
  });

  it.each([
    ['a piece less', [whole[0], recipient(11, [{ lineId: rice, quantityBase: 2 }])], ['/lines/0']],
    ['a piece more', [whole[0], recipient(11, [{ lineId: rice, quantityBase: 4 }])], ['/lines/0']],
    [
      'a line that is not handed out',
      [...whole, recipient(12, [{ lineId: uuid(3), quantityBase: 1 }])],
      ['/recipients'],
    ],
    ['a household twice', [whole[0], whole[1], recipient(11, [])], ['/recipients/2']],
    [
      'a line twice',
      [
        whole[0],
        recipient(11, [
          { lineId: rice, quantityBase: 1 },
          { lineId: rice, quantityBase: 2 },
        ]),
      ],
      ['/recipients/1/lines'],
    ],
  ])('is refused with %s', (_what, recipients, pointers) => {
    expect(() => assertList(lines, recipients)).toThrow(faults(...pointers));
  });
});

describe('the same item again', () => {
  const itemOf = (lineId: string) => (lineId === rice ? 'LIV-002' : 'LRS-015');
  const again = new Map([household(10, { itemsBefore: new Set(['LIV-002']) })]);

  it('needs a reason', () => {
    const given = [{ lineId: rice, quantityBase: 1 }];
    expect(() => assertNotRepeated([recipient(10, given)], again, itemOf)).toThrow(
      faults('/recipients/0/repeatReason'),
    );
    expect(() => assertNotRepeated([recipient(10, given, 'theirs got wet')], again, itemOf)).not.toThrow();
  });

  it('is not another item, nor another household', () => {
    const given = [{ lineId: tents, quantityBase: 1 }];
    expect(() => assertNotRepeated([recipient(10, given), recipient(11, given)], again, itemOf)).not.toThrow();
  });
});

it('people are counted once', () => {
  const households = [household(10), household(11, { reachedBefore: true }), household(12, { peopleCount: 5 })];
  expect(newlyReached(households.map(([, known]) => known))).toBe(8);
});
