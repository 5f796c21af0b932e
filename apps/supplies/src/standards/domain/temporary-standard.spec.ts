import { chinaDay } from '../../stock/domain/calendar';
import {
  isDrawDownOverdue,
  isFillUpOverdue,
  stateOn,
  temporaryDateFaults,
  toMoveInBase,
  toTakeBackBase,
} from './temporary-standard';

const flood = {
  validFrom: '2026-06-15',
  lastDay: '2026-09-30',
  fillUpBy: '2026-06-10',
  drawDownBy: '2026-10-31',
};

describe('a standard for a time', () => {
  it.each([
    ['2026-06-14', 'planned'],
    ['2026-06-15', 'in-force'],
    ['2026-09-30', 'in-force'],
    ['2026-10-01', 'draw-down'],
    ['2026-10-31', 'draw-down'],
    ['2026-11-01', 'over'],
  ])('is on %s %s, by the date alone', (day, state) => {
    expect(stateOn(flood, day)).toBe(state);
  });

  it('begins and ends at midnight in China', () => {
    const at = (instant: string) => stateOn(flood, chinaDay(new Date(instant)));
    expect([at('2026-06-14T15:59:59Z'), at('2026-06-14T16:00:00Z')]).toEqual(['planned', 'in-force']);
    expect([at('2026-09-30T15:59:59Z'), at('2026-09-30T16:00:00Z')]).toEqual(['in-force', 'draw-down']);
  });

  it.each([
    [{ validTo: '2026-06-14' }, ['/validTo']],
    [{ fillUpBy: '2026-10-01' }, ['/fillUpBy']],
    [{ fillUpBy: '2026-04-30' }, ['/fillUpBy']],
    [{ drawDownBy: '2026-09-30' }, ['/drawDownBy']],
    [{ validFrom: '2025-01-01', validTo: '2026-04-30', fillUpBy: '2026-04-30' }, ['/validTo', '/fillUpBy']],
    [{}, []],
  ])('with the dates %j has faults at %j', (dates, pointers) => {
    const { lastDay: validTo, ...rest } = flood;
    const proposed = { ...rest, validTo, ...dates };
    const faults = temporaryDateFaults(proposed, '2026-05-01').map(({ pointer }) => pointer);
    for (const pointer of pointers) expect(faults).toContain(pointer);
    expect(faults.length > 0).toBe(pointers.length > 0);
  });

  it('has moved in what the place lacks, no more than it asks for', () => {
    const need = { quantityBase: 50, requiredInForceBase: 150, requiredAfterBase: 100 };
    expect([0, 100, 120, 150, 200].map((heldBase) => toMoveInBase({ ...need, heldBase }, 'planned'))).toEqual([
      50, 50, 30, 0, 0,
    ]);
    expect(toMoveInBase({ ...need, heldBase: 0 }, 'draw-down')).toBe(0);
  });

  it('has taken back what lies there beyond the standard that stays, no more than it asked for', () => {
    const need = { quantityBase: 50, requiredInForceBase: 150, requiredAfterBase: 100 };
    expect([80, 100, 130, 150, 400].map((heldBase) => toTakeBackBase({ ...need, heldBase }))).toEqual([
      0, 0, 30, 50, 50,
    ]);
  });

  it('is late on the day after its fill-up day and after its draw-down day, while something is open', () => {
    const late = (day: string) => [isFillUpOverdue(flood, 1, day), isDrawDownOverdue(flood, 1, day)];
    expect(['2026-06-10', '2026-06-11', '2026-10-01', '2026-10-31', '2026-11-01'].map(late)).toEqual([
      [false, false],
      [true, false],
      [false, false],
      [false, false],
      [false, true],
    ]);
    expect([isFillUpOverdue(flood, 0, '2026-06-11'), isDrawDownOverdue(flood, 0, '2026-11-01')]).toEqual([
      false,
      false,
    ]);
  });
});
