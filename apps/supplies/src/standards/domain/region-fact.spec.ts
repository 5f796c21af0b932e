import { factsOn, type DatedFact } from './region-fact';

const aFact = (overrides: Partial<DatedFact>): DatedFact => ({
  regionCode: '140930',
  population: null,
  riskLevel: null,
  validFrom: '2026-01-01',
  ...overrides,
});

it('what is known of a region on a day is the latest of each kind that has begun', () => {
  const facts = [
    aFact({ population: 120_000 }),
    aFact({ riskLevel: 'medium' }),
    aFact({ riskLevel: 'high', validFrom: '2026-07-01' }),
    aFact({ population: 119_000, validFrom: '2025-01-01' }),
    aFact({ population: 121_000 }),
  ];
  expect(factsOn(facts, '2024-12-31')).toEqual(new Map());
  expect(factsOn(facts, '2025-06-01').get('140930')).toEqual({ population: 119_000, riskLevel: null });
  expect(factsOn(facts, '2026-06-30').get('140930')).toEqual({ population: 121_000, riskLevel: 'medium' });
  expect(factsOn(facts, '2026-07-01').get('140930')).toEqual({ population: 121_000, riskLevel: 'high' });
});
