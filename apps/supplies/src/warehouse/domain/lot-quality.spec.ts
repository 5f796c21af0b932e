import type { Caller } from '@ledger/contracts';
import { LOT_QUALITIES, type LotQuality } from '../../stock/domain/lot';
import { QUALITY_ACTIONS, mayDecideAbout, nextQuality, putBackBase, type QualityAction } from './lot-quality';

const BUREAU = 'bureau';
const aManager = (overrides: Partial<Caller> = {}): Caller => ({
  userId: 'u',
  username: 'stock.hequ',
  displayName: '库管',
  roles: ['stock-manager'],
  regionCode: '140930',
  organisationId: BUREAU,
  organisationKind: 'emergency',
  realm: 'real',
  ...overrides,
});
const at = (regionCode: string, organisationId = BUREAU) => ({ regionCode, organisationId });

it('the quality of a lot changes in these ways and in no other', () => {
  const allowed: Record<string, LotQuality> = {
    'good hold': 'held',
    'good recall': 'recalled',
    'held release': 'good',
    'held recall': 'recalled',
    'recalled withdraw': 'held',
  };
  const seen: Record<string, LotQuality> = {};
  const tryOut = (quality: LotQuality, action: QualityAction): void => {
    try {
      seen[`${quality} ${action}`] = nextQuality(quality, action);
    } catch (error) {
      expect(error).toMatchObject({ code: 'SUPPLIES_LOT_QUALITY_CONFLICT' });
    }
  };
  for (const quality of LOT_QUALITIES) for (const action of QUALITY_ACTIONS) tryOut(quality, action);
  expect(seen).toEqual(allowed);
});

describe('a lot is decided about', () => {
  it.each([
    ['by its owner, wherever it lies', {}, '140930101', [at('610822')], true],
    ['by its owner, when nothing is left', {}, '140930', [], true],
    ['by the region that has all of it', {}, '610822', [at('140930101'), at('140930')], true],
    ['not by a region that has a part of it', {}, '610822', [at('140930101'), at('610822')], false],
    ['not by strangers when nothing is left', {}, '610822', [], false],
    ['not by a region below its owner', { regionCode: '140930101' }, '140930', [at('140930')], false],
    ['by another department in its own depots', { organisationKind: 'water' }, '140930', [at('140930')], true],
    [
      'not by another department in depots of others',
      { organisationKind: 'water' },
      '140930',
      [at('140930'), at('140930', 'fire')],
      false,
    ],
  ] as const)('%s', (_what, who, owner, holders, expected) => {
    expect(mayDecideAbout(aManager(who), owner, holders)).toBe(expected);
  });
});

it.each([
  [{ takenBase: 10, unboundBase: 10 }, 10],
  [{ takenBase: 10, unboundBase: 4 }, 4],
  [{ takenBase: 10, unboundBase: 40 }, 10],
  [{ takenBase: 0, unboundBase: 40 }, 0],
])('of %j a release puts %s back', (pieces, expected) => {
  expect(putBackBase(pieces)).toBe(expected);
});
