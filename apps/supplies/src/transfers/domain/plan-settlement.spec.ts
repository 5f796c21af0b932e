import { uuid } from '../../stock/domain/testing/builders';
import { lostBaseOf, settlementPostings, type SettledLot } from './plan-settlement';

const [TRANSFER, SENDER, RECEIVER, LOT] = [uuid(1), uuid(2), uuid(4), uuid(3)];
const aLine = (overrides: Partial<SettledLot> = {}): SettledLot => ({
  lotId: LOT,
  foundAtReceiverBase: 0,
  foundAtSenderBase: 0,
  lostBase: 0,
  ...overrides,
});
const settle = (lines: SettledLot[], quality: 'good' | 'held' = 'good') => {
  const lot = { lotId: LOT, itemCode: 'LRS-015', expiryDate: null, quality, serialNumber: null, outstandingBase: 6 };
  const settlement = { transferId: TRANSFER, fromDepotId: SENDER, toDepotId: RECEIVER, lines };
  return settlementPostings(settlement, [lot], '2026-07-01').map(({ to, quantityBase }) => [to, quantityBase]);
};

describe('what did not arrive', () => {
  it('is found at either end, or lost', () => {
    expect(settle([aLine({ foundAtReceiverBase: 1, foundAtSenderBase: 2, lostBase: 3 })])).toEqual([
      [`depot:${RECEIVER}:available`, 1],
      [`depot:${SENDER}:available`, 2],
      ['lost', 3],
    ]);
    expect(lostBaseOf([aLine({ lostBase: 3 }), aLine({ lostBase: 4 })])).toBe(7);
  });

  it('is put aside when its lot may not be issued', () => {
    expect(settle([aLine({ foundAtReceiverBase: 1 })], 'held')).toEqual([[`depot:${RECEIVER}:quarantine`, 1]]);
  });

  it.each([
    ['nothing', [aLine()], 'REQUEST_INVALID'],
    ['a lot twice', [aLine({ lostBase: 1 }), aLine({ lostBase: 1 })], 'REQUEST_INVALID'],
    ['another lot', [aLine({ lotId: uuid(9), lostBase: 1 })], 'SUPPLIES_TRANSFER_LOT_UNKNOWN'],
    ['more than is missing', [aLine({ foundAtReceiverBase: 4, lostBase: 3 })], 'SUPPLIES_QUANTITY_EXCEEDS_BALANCE'],
  ])('is not %s', (_what, lines, code) => {
    let refused: unknown;
    try {
      settle(lines);
    } catch (error) {
      refused = error;
    }
    expect(refused).toMatchObject({ code });
  });
});
