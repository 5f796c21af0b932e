import type { Caller } from '@ledger/contracts';
import { approvalTier, requireApprover } from './approval-rules';
import { aGoodsLine, aSource, anAllocation } from './saga/testing/an-allocation';

const anApprover = (overrides: Partial<Caller> = {}): Caller => ({
  userId: 'approver',
  username: 'approver',
  displayName: 'Approver',
  roles: ['approver'],
  regionCode: '140930',
  organisationId: 'bureau',
  organisationKind: 'emergency',
  realm: 'real',
  ...overrides,
});

const foreign = anAllocation({ goods: [aGoodsLine({ sources: [aSource({ foreign: true, regionCode: '610822' })] })] });

describe('who signs a use order', () => {
  it.each([
    ['I', 'city'],
    ['II', 'city'],
    ['III', 'county'],
    ['IV', 'county'],
  ] as const)('level %s with own stock needs the %s', (incidentLevel, tier) => {
    expect(approvalTier(anAllocation({ incidentLevel }))).toBe(tier);
  });

  it('needs the city for stock of another county at any level', () => {
    expect(approvalTier(foreign)).toBe('city');
  });

  it('lets an approver of the county sign for the county', () => {
    expect(() => requireApprover(anAllocation(), 'dispatcher', anApprover())).not.toThrow();
  });

  it('lets an approver of the city sign for the county', () => {
    expect(() => requireApprover(anAllocation(), 'dispatcher', anApprover({ regionCode: '1409' }))).not.toThrow();
  });

  it.each([
    ['the requester', anApprover({ userId: 'dispatcher' }), 'GATEWAY_APPROVAL_BY_REQUESTER'],
    ['an approver of another county', anApprover({ regionCode: '610822' }), 'AUTH_REGION_OUT_OF_SCOPE'],
    ['an approver of the village alone', anApprover({ regionCode: '140930101200' }), 'GATEWAY_APPROVAL_TIER_TOO_LOW'],
  ])('refuses %s', (_who, approver, code) => {
    expect(() => requireApprover(anAllocation(), 'dispatcher', approver)).toThrow(code);
  });

  it('refuses an approver of the county for stock of another county', () => {
    expect(() => requireApprover(foreign, 'dispatcher', anApprover())).toThrow('GATEWAY_APPROVAL_TIER_TOO_LOW');
  });
});
