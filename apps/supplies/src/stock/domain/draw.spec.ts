import fc from 'fast-check';
import { byExpiry, draw, postingsTo, totalBase } from './draw';
import { aHolding, uuid } from './testing/builders';

const days = fc.option(
  fc.integer({ min: 1, max: 28 }).map((day) => `2026-07-${String(day).padStart(2, '0')}`),
  { nil: null },
);
const holdings = fc.array(
  fc.record({
    lotId: fc.integer({ min: 1, max: 50 }).map(uuid),
    expiryDate: days,
    quantityBase: fc.integer({ min: 1, max: 100 }),
  }),
  { maxLength: 12 },
);

describe('byExpiry', () => {
  it('takes the earliest date first and undated lots last', () => {
    const lots = [
      aHolding({ lotId: uuid(1), expiryDate: null }),
      aHolding({ lotId: uuid(2), expiryDate: '2027-01-01' }),
      aHolding({ lotId: uuid(3), expiryDate: '2026-08-01' }),
      aHolding({ lotId: uuid(4), expiryDate: null }),
      aHolding({ lotId: uuid(5), expiryDate: '2026-08-01' }),
    ];
    const order = [...lots]
      .reverse()
      .sort(byExpiry)
      .map(({ lotId }) => lotId);
    expect(order).toEqual([uuid(3), uuid(5), uuid(2), uuid(1), uuid(4)]);
  });

  it('is one order whatever order the lots come in', () => {
    fc.assert(
      fc.property(holdings, fc.nat(), (lots, seed) => {
        const turned = [...lots.slice(seed % (lots.length + 1)), ...lots.slice(0, seed % (lots.length + 1))];
        const keys = (list: typeof lots) =>
          [...list].sort(byExpiry).map(({ expiryDate, lotId }) => [expiryDate, lotId]);
        expect(keys(turned)).toEqual(keys(lots));
      }),
    );
  });
});

describe('draw', () => {
  it('takes and leaves together what was there, and says what is missing', () => {
    fc.assert(
      fc.property(holdings, fc.nat({ max: 1_500 }), (lots, wanted) => {
        const { taken, left, shortBase } = draw(lots, wanted);
        expect(totalBase(taken) + totalBase(left)).toBe(totalBase(lots));
        expect(totalBase(taken) + shortBase).toBe(wanted);
        expect([...taken, ...left].every(({ quantityBase }) => quantityBase > 0)).toBe(true);
        expect(shortBase === 0 || left.length === 0).toBe(true);
      }),
    );
  });

  it('never takes from a later lot while an earlier one has some left', () => {
    fc.assert(
      fc.property(holdings, fc.nat({ max: 1_500 }), (lots, wanted) => {
        const sorted = [...lots].sort(byExpiry);
        const { taken, left } = draw(sorted, wanted);
        const lastTaken = taken.at(-1);
        const firstLeft = left[0];
        if (lastTaken && firstLeft) expect(byExpiry(lastTaken, firstLeft)).toBeLessThanOrEqual(0);
      }),
    );
  });
});

describe('postingsTo', () => {
  it('gives every destination exactly its quantity, from the accounts that hold the goods', () => {
    const lots = [aHolding({ lotId: uuid(1), quantityBase: 4 }), aHolding({ lotId: uuid(2), quantityBase: 5 })];
    const postings = postingsTo(lots, [
      { to: 'consumed', quantityBase: 6 },
      { to: 'lost', quantityBase: 0 },
      { to: 'scrapped', quantityBase: 3 },
    ]);
    expect(postings.map(({ from, to, lotId, quantityBase }) => [from, to, lotId, quantityBase])).toEqual([
      [lots[0].account, 'consumed', uuid(1), 4],
      [lots[0].account, 'consumed', uuid(2), 2],
      [lots[0].account, 'scrapped', uuid(2), 3],
    ]);
  });

  it('refuses more than is held and says how much there is', () => {
    expect(() => postingsTo([aHolding()], [{ to: 'lost', quantityBase: 11 }])).toThrow(
      expect.objectContaining({
        code: 'SUPPLIES_QUANTITY_EXCEEDS_BALANCE',
        details: expect.objectContaining({ facts: { askedBase: 11, availableBase: 10 } }) as object,
      }) as Error,
    );
  });
});
