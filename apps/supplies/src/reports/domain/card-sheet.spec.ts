import { CARD_HEADINGS, cardCells, chinaTime, openingCells, type CardLine } from './card-sheet';

it('a movement at half past midnight in China is one of that day and month', () => {
  expect(chinaTime(new Date('2026-07-01T00:30:00+08:00'))).toEqual({ day: '2026-07-01', time: '00:30:00' });
  expect(chinaTime(new Date('2026-06-30T15:59:59Z'))).toEqual({ day: '2026-06-30', time: '23:59:59' });
});

it('every line of a card has a cell for every heading', () => {
  const line: CardLine = {
    ...{
      postedAt: new Date(0),
      movementId: 'one',
      kind: 'use' as const,
      depotCodes: ['D'],
      batches: ['B1', 'B2'],
      note: null,
    },
    ...{
      inBase: 0,
      outBase: 5,
      balanceBase: 95,
      availableBase: 90,
      reservedBase: 5,
      quarantineBase: 0,
      recordedBy: 'K',
    },
  };
  const headings = [...CARD_HEADINGS];
  expect(cardCells(line)).toHaveLength(headings.length);
  expect(openingCells('2026-07-01', 100)).toHaveLength(headings.length);
  expect(openingCells('2026-07-01', 100)[headings.indexOf('结存 Balance')]).toBe(100);
  expect(cardCells(line).slice(0, 6)).toEqual(['1970-01-01', '08:00:00', 'one', '日常领用', 'D', 'B1、B2']);
});
