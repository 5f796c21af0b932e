import { demandOf, type DemandRate } from './demand';

const aRate = (itemCode: string, once: number, daily: number): DemandRate => ({
  ...{ itemCode, oncePerThousandBase: once, dailyPerThousandBase: daily, basis: 'estimate', source: 'test' },
});

describe('the demand of a scenario', () => {
  it('counts what lasts once and what is used up by the day', () => {
    const rates = [aRate('LRS-015', 300, 0), aRate('LIV-002', 0, 16)];
    const demand = demandOf({ people: 2_500, days: 7, lines: [] }, rates);
    expect(demand.map(({ itemCode, demandBase }) => [itemCode, demandBase])).toEqual([
      ['LIV-002', 280],
      ['LRS-015', 750],
    ]);
  });

  it('rounds up once per item', () => {
    expect(demandOf({ people: 3, days: 3, lines: [] }, [aRate('LIV-002', 0, 111)])[0].demandBase).toBe(1);
    expect(demandOf({ people: 1_001, days: 1, lines: [] }, [aRate('LIV-002', 0, 1)])[0].demandBase).toBe(2);
  });

  it('adds what is named, also where there is no rate, and leaves out what nobody needs', () => {
    const lines = [5, 6].map((quantityBase) => ({ itemCode: 'LRS-015', quantityBase }));
    const rates = [aRate('LRS-015', 1_000, 0), aRate('LIV-002', 0, 0)];
    expect(demandOf({ people: 10, days: 0, lines }, rates)).toMatchObject([{ demandBase: 21, namedBase: 11 }]);
    expect(demandOf({ people: 0, days: 0, lines }, [])).toMatchObject([{ demandBase: 11, namedBase: 11, rate: null }]);
  });
});
