import { DomainError, type Role } from '@ledger/contracts';

export const SCRAP_REASONS = ['expired', 'damaged', 'failed-test', 'obsolete'] as const;
export type ScrapReason = (typeof SCRAP_REASONS)[number];

export const SCRAP_STATES = ['proposed', 'approved', 'rejected'] as const;
export type ScrapState = (typeof SCRAP_STATES)[number];

export const SCRAP_DECISIONS = ['approve', 'reject'] as const;
export type ScrapDecision = (typeof SCRAP_DECISIONS)[number];

const TRANSITIONS: Readonly<Record<ScrapState, Partial<Record<ScrapDecision, ScrapState>>>> = {
  proposed: { approve: 'approved', reject: 'rejected' },
  approved: {},
  rejected: {},
};

/** @throws DomainError SUPPLIES_SCRAP_DECIDED */
export function nextScrapState(state: ScrapState, decision: ScrapDecision): ScrapState {
  const next = TRANSITIONS[state][decision];
  if (!next) throw new DomainError('SUPPLIES_SCRAP_DECIDED', { facts: { state } });
  return next;
}

/** What the goods of a proposal are worth, in fen: as appraised, and in the books where that is known. */
export interface ScrapValue {
  readonly residualValueFen: number;
  readonly bookValueFen: number | null;
}

/**
 * Two people decide about scrapping: whoever proposed it does not. Goods that were or are worth as much as the threshold
 * need an approver; a rejection needs none.
 * @throws DomainError in this order: SUPPLIES_SCRAP_BY_PROPOSER, SUPPLIES_SCRAP_APPROVER_REQUIRED
 */
export function assertMayDecide(
  proposal: ScrapValue & { readonly proposedById: string },
  decider: { readonly userId: string; readonly roles: readonly Role[] },
  decision: ScrapDecision,
  approverFromFen: number,
): void {
  if (decider.userId === proposal.proposedById) throw new DomainError('SUPPLIES_SCRAP_BY_PROPOSER');
  const valueFen = Math.max(proposal.residualValueFen, proposal.bookValueFen ?? 0);
  if (decision === 'approve' && valueFen >= approverFromFen && !decider.roles.includes('approver')) {
    throw new DomainError('SUPPLIES_SCRAP_APPROVER_REQUIRED', { facts: { valueFen, approverFromFen } });
  }
}
