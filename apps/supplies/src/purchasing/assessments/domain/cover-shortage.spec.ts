import type { CallableSource } from '@ledger/contracts';
import { coverShortage, positionOf } from './cover-shortage';

const aSource = (sourceId: string, overrides: Partial<CallableSource> = {}): CallableSource => ({
  ...{ sourceId, kind: 'agreement', limitBase: 500, readyAfterHours: 24, tiersAway: 0, production: null, ...overrides },
});
const SOURCES = [
  aSource('depot', { kind: 'stock', limitBase: 300, readyAfterHours: 0 }),
  aSource('agreement'),
  aSource('plant', {
    ...{ kind: 'capacity', limitBase: 10_000, readyAfterHours: 0 },
    production: { ratePerDay: 200, startUpHours: 0, outputEveryHours: 24, promisedBase: 0 },
  }),
];
const wanted = (demandBase: number, orderedBase = 0) => ({ demandBase, orderedBase });
const callsOf = (restBase: number, hours: number, sources = SOURCES) =>
  coverShortage(restBase, sources, hours).calls.map(({ kind, part }) => [kind, part.sourceId, part.quantityBase]);

describe('a shortage', () => {
  it('is what the stores of the region cannot give; promised reserves are shown beside it', () => {
    expect(positionOf(wanted(1_200), SOURCES, 72)).toEqual({
      ...{ stockBase: 300, orderedBase: 0, callableBase: 1_100, shortBase: 900 },
    });
    expect(positionOf(wanted(1_200, 100), SOURCES, 4)).toMatchObject({ callableBase: 0, shortBase: 800 });
    expect(positionOf(wanted(200), SOURCES, 0).shortBase).toBe(0);
  });

  it('is called from agreements and plants by the time that is left, never from the stores again', () => {
    expect(callsOf(900, 72)).toEqual([
      ['agreement-call', 'agreement', 500],
      ['capacity-call', 'plant', 400],
    ]);
    expect(coverShortage(900, SOURCES, 4)).toEqual({ calls: [], uncoveredBase: 900 });
    expect(coverShortage(900, SOURCES, 24)).toMatchObject({ uncoveredBase: 200 });
  });

  it('asks neighbours by a request of its own', () => {
    const neighbour = aSource('neighbour', { kind: 'neighbour', readyAfterHours: 6 });
    expect(callsOf(100, 10, [neighbour])).toEqual([['neighbour-request', 'neighbour', 100]]);
  });

  it('that purchases fill needs no call', () => {
    expect(coverShortage(0, SOURCES, 72)).toEqual({ calls: [], uncoveredBase: 0 });
  });
});
