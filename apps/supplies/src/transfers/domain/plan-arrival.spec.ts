import { uuid } from '../../stock/domain/testing/builders';
import { arrivalPostings, type ArrivedLot, type LotUnderWay } from './plan-arrival';

const [TRANSFER, DEPOT, LOT] = [uuid(1), uuid(2), uuid(3)];
const TODAY = '2026-07-01';
const aLot = (overrides: Partial<LotUnderWay> = {}): LotUnderWay => ({
  lotId: LOT,
  itemCode: 'LRS-015',
  expiryDate: null,
  quality: 'good',
  serialNumber: null,
  outstandingBase: 10,
  ...overrides,
});
const aLine = (overrides: Partial<ArrivedLot> = {}): ArrivedLot => ({
  lotId: LOT,
  receivedBase: 0,
  damagedBase: 0,
  shortBase: 0,
  surplusBase: 0,
  ...overrides,
});
const plan = (lines: ArrivedLot[], lot = aLot(), note?: string) =>
  arrivalPostings({ transferId: TRANSFER, depotId: DEPOT, lines, note }, [lot], TODAY).map(
    ({ from, to, quantityBase }) => [from, to, quantityBase],
  );
const ROAD = `transit:${TRANSFER}`;
const [FREE, HELD] = [`depot:${DEPOT}:available`, `depot:${DEPOT}:quarantine`];

describe('what arrives', () => {
  it('is free when it is sound, and put aside when it is damaged', () => {
    expect(plan([aLine({ receivedBase: 7, damagedBase: 2, shortBase: 1 })])).toEqual([
      [ROAD, FREE, 7],
      [ROAD, HELD, 2],
    ]);
  });

  it('moves nothing when everything is missing', () => {
    expect(plan([aLine({ shortBase: 10 })])).toEqual([]);
  });

  it('is put aside when its lot may not be issued any more', () => {
    for (const fault of [{ expiryDate: '2026-06-30' }, { quality: 'recalled' as const }]) {
      expect(plan([aLine({ receivedBase: 10 })], aLot(fault))).toEqual([[ROAD, HELD, 10]]);
    }
  });

  it('counts what was never sent as a difference of counts', () => {
    expect(plan([aLine({ receivedBase: 10, surplusBase: 2 })], aLot(), 'counted twice')).toEqual([
      [ROAD, FREE, 10],
      ['count-difference', FREE, 2],
    ]);
  });

  it.each([
    ['nothing at all', [aLine()], aLot(), undefined, 'REQUEST_INVALID'],
    ['a lot twice', [aLine({ receivedBase: 1 }), aLine({ receivedBase: 1 })], aLot(), undefined, 'REQUEST_INVALID'],
    ['short and surplus', [aLine({ shortBase: 1, surplusBase: 1 })], aLot(), 'x', 'REQUEST_INVALID'],
    ['surplus without a note', [aLine({ receivedBase: 10, surplusBase: 1 })], aLot(), undefined, 'REQUEST_INVALID'],
    ['another lot', [aLine({ lotId: uuid(9), receivedBase: 1 })], aLot(), undefined, 'SUPPLIES_TRANSFER_LOT_UNKNOWN'],
    ['more than was sent', [aLine({ receivedBase: 11 })], aLot(), undefined, 'SUPPLIES_TRANSFER_EXCEEDS_DISPATCH'],
    [
      'more missing than was sent',
      [aLine({ receivedBase: 9, shortBase: 2 })],
      aLot(),
      undefined,
      'SUPPLIES_TRANSFER_EXCEEDS_DISPATCH',
    ],
    [
      'surplus before all is in',
      [aLine({ receivedBase: 9, surplusBase: 1 })],
      aLot(),
      'x',
      'SUPPLIES_TRANSFER_SURPLUS_UNFOUNDED',
    ],
    [
      'a second piece with one number',
      [aLine({ receivedBase: 1, surplusBase: 1 })],
      aLot({ serialNumber: 'A', outstandingBase: 1 }),
      'x',
      'SUPPLIES_TRANSFER_SURPLUS_UNFOUNDED',
    ],
  ] as const)('is not %s', (_what, lines, lot, note, code) => {
    let refused: unknown;
    try {
      plan([...lines], lot, note);
    } catch (error) {
      refused = error;
    }
    expect(refused).toMatchObject({ code });
  });
});
