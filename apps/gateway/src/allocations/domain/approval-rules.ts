import { DomainError, regionCovers, tierOf, type Caller, type RegionTier } from '@ledger/contracts';
import type { AllocationState } from './allocation';

interface ApprovalRule {
  readonly levels: readonly AllocationState['incidentLevel'][];
  readonly foreignStock: boolean;
  /** The lowest tier whose approver may sign. */
  readonly tier: RegionTier;
}

/**
 * Who signs: the first rule that fits. Stock of another county needs the tier above both, and so do the two upper levels.
 * Source: plan 001 §2(6) (use order, allocation by level), plan 000 §3 (command passes upwards).
 */
export const APPROVAL_RULES: readonly ApprovalRule[] = [
  { levels: ['I', 'II', 'III', 'IV'], foreignStock: true, tier: 'city' },
  { levels: ['I', 'II'], foreignStock: false, tier: 'city' },
  { levels: ['III', 'IV'], foreignStock: false, tier: 'county' },
];

const TIER_RANK: Readonly<Record<RegionTier, number>> = { village: 0, township: 1, county: 2, city: 3, province: 4 };

/** The tier that has to sign an allocation. */
export function approvalTier(state: Pick<AllocationState, 'incidentLevel' | 'goods'>): RegionTier {
  const foreignStock = state.goods.some((line) => line.sources.some((source) => source.foreign));
  const rule = APPROVAL_RULES.find(
    (candidate) => candidate.levels.includes(state.incidentLevel) && candidate.foreignStock === foreignStock,
  );
  return rule?.tier ?? 'province';
}

/**
 * @throws DomainError GATEWAY_APPROVAL_BY_REQUESTER; AUTH_REGION_OUT_OF_SCOPE; GATEWAY_APPROVAL_TIER_TOO_LOW, in this order
 */
export function requireApprover(state: AllocationState, requestedByUserId: string, approver: Caller): void {
  if (approver.userId === requestedByUserId) throw new DomainError('GATEWAY_APPROVAL_BY_REQUESTER');
  if (!regionCovers(approver.regionCode, state.site.regionCode)) throw new DomainError('AUTH_REGION_OUT_OF_SCOPE');
  const needed = approvalTier(state);
  const own = tierOf(approver.regionCode);
  if (!own || TIER_RANK[own] < TIER_RANK[needed]) {
    throw new DomainError('GATEWAY_APPROVAL_TIER_TOO_LOW', {
      detail: `an approver of the ${needed} has to sign`,
      facts: { neededTier: needed },
    });
  }
}
