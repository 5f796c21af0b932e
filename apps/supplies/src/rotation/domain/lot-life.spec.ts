import { lifeOf, type LifeFacts } from './lot-life';

const facts = (overrides: Partial<LifeFacts>): LifeFacts => ({
  productionDate: null,
  expiryDate: null,
  receivedOn: '2026-01-31',
  shelfLifeMonths: null,
  ...overrides,
});

describe('the life of a lot', () => {
  it('ends on the date it carries, whatever the catalogue says', () => {
    const life = lifeOf(facts({ productionDate: '2025-06-01', expiryDate: '2026-06-01', shelfLifeMonths: 96 }));
    expect(life).toEqual({ start: '2025-06-01', end: '2026-06-01', dated: true });
  });

  it('is counted from production where no date stands on it', () => {
    const life = lifeOf(facts({ productionDate: '2024-02-29', shelfLifeMonths: 12 }));
    expect(life).toEqual({ start: '2024-02-29', end: '2025-02-28', dated: false });
  });

  it('is counted from receipt where production is unknown, and keeps to the month end', () => {
    expect(lifeOf(facts({ shelfLifeMonths: 1 }))).toEqual({ start: '2026-01-31', end: '2026-02-28', dated: false });
  });

  it('began a catalogue life before its date where production is unknown', () => {
    const life = lifeOf(facts({ expiryDate: '2026-12-31', shelfLifeMonths: 12 }));
    expect(life).toEqual({ start: '2025-12-31', end: '2026-12-31', dated: true });
  });

  it('is never turned round by goods that came in past their date', () => {
    expect(lifeOf(facts({ expiryDate: '2025-12-31' }))?.start).toBe('2025-12-31');
  });

  it('has no end for goods that do not age', () => {
    expect(lifeOf(facts({ productionDate: '2020-01-01' }))).toBeNull();
  });
});
