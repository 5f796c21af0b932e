import fc from 'fast-check';
import { isPriority, orderOfService, type Queuer } from './priority';

const nobody = { elderlyCount: 0, childCount: 0, pregnantCount: 0, disabledCount: 0, sickCount: 0 };

describe('a household', () => {
  it.each(Object.keys(nobody))('comes first with one person in %s', (group) => {
    expect(isPriority({ ...nobody, [group]: 1 })).toBe(true);
  });

  it('waits its turn with nobody in any group', () => {
    expect(isPriority(nobody)).toBe(false);
  });
});

const household = (name: string, overrides: Partial<Queuer> = {}) => ({
  name,
  isPriority: false,
  registeredAt: 0,
  servedAt: null,
  ...overrides,
});

describe('orderOfService', () => {
  it('lists the served in their order, then those who wait, priority households first', () => {
    const order = orderOfService([
      household('late', { servedAt: 20 }),
      household('waits'),
      household('early', { servedAt: 10 }),
      household('waits with a child', { isPriority: true, registeredAt: 5 }),
    ]);
    expect(order.map(({ name, position }) => [name, position])).toEqual([
      ['early', 1],
      ['late', 2],
      ['waits with a child', null],
      ['waits', null],
    ]);
  });

  it('says how many priority households somebody overtook', () => {
    const order = orderOfService([
      household('healthy', { servedAt: 10 }),
      household('old', { isPriority: true, servedAt: 11 }),
      household('sick', { isPriority: true }),
      household('came later', { isPriority: true, registeredAt: 11, servedAt: 12 }),
    ]);
    expect(order.map(({ name, overtook }) => [name, overtook])).toEqual([
      ['healthy', 2],
      ['old', 0],
      ['came later', 0],
      ['sick', 0],
    ]);
  });

  it('lets nobody overtake who is served at the same moment', () => {
    const order = orderOfService([
      household('healthy', { servedAt: 10 }),
      household('old', { isPriority: true, servedAt: 10 }),
      household('next', { servedAt: 11 }),
    ]);
    expect(order.map(({ position, overtook }) => [position, overtook])).toEqual([
      [1, 0],
      [1, 0],
      [3, 0],
    ]);
  });

  it('agrees with looking at every pair', () => {
    const queuer = fc.record({
      isPriority: fc.boolean(),
      registeredAt: fc.integer({ min: 0, max: 8 }),
      servedAt: fc.option(fc.integer({ min: 0, max: 8 })),
    });
    fc.assert(
      fc.property(fc.array(queuer, { maxLength: 12 }), (all) => {
        for (const one of orderOfService(all)) {
          const { servedAt } = one;
          const waiting = all.filter(
            (other) =>
              other.isPriority &&
              servedAt !== null &&
              other.registeredAt <= servedAt &&
              (other.servedAt === null || Math.max(other.servedAt, other.registeredAt) > servedAt),
          );
          expect(one.overtook).toBe(one.isPriority ? 0 : waiting.length);
        }
      }),
    );
  });
});
