import { DomainError } from '@ledger/contracts';

export const INSPECTION_STATES = ['open', 'passed', 'failed', 'partly', 'withdrawn'] as const;
export type InspectionState = (typeof INSPECTION_STATES)[number];

export type InspectionEvent = 'accept-all' | 'reject-all' | 'accept-some' | 'withdraw';

/** An inspection ends once; goods that have to be looked at again get another one. */
const TRANSITIONS: Readonly<Record<InspectionState, Partial<Record<InspectionEvent, InspectionState>>>> = {
  open: { 'accept-all': 'passed', 'reject-all': 'failed', 'accept-some': 'partly', withdraw: 'withdrawn' },
  passed: {},
  failed: {},
  partly: {},
  withdrawn: {},
};

/** @throws DomainError SUPPLIES_INSPECTION_CLOSED */
export function nextInspectionState(state: InspectionState, event: InspectionEvent): InspectionState {
  const next = TRANSITIONS[state][event];
  if (!next) throw new DomainError('SUPPLIES_INSPECTION_CLOSED', { facts: { state } });
  return next;
}

/** How a depot inspects: whether it takes two people, and within how many hours. */
export interface InspectionPolicy {
  readonly twoPeople: boolean;
  readonly withinHours: number;
}

/** Where a depot has set nothing. A village point has one keeper, who receives and inspects. The hours are an estimate. */
export const DEFAULT_INSPECTION_POLICY: InspectionPolicy = { twoPeople: false, withinHours: 72 };

/** What an inspector found. Integers ≥ 0, in the item's base unit. */
export interface InspectionFinding {
  readonly acceptedBase: number;
  readonly rejectedBase: number;
  /** Why pieces are rejected. */
  readonly rejectionReason?: string;
}

/**
 * What a finding makes of an open inspection.
 * @param quantityBase  the pieces to inspect; every one of them is accepted or rejected
 * @throws DomainError in this order: SUPPLIES_INSPECTION_INCOMPLETE; REQUEST_INVALID when pieces are rejected without a
 *   reason, or a reason is given and none is
 */
export function eventOfFinding(quantityBase: number, finding: InspectionFinding): InspectionEvent {
  const { acceptedBase, rejectedBase, rejectionReason } = finding;
  if (acceptedBase + rejectedBase !== quantityBase) {
    throw new DomainError('SUPPLIES_INSPECTION_INCOMPLETE', {
      detail: `${acceptedBase} accepted and ${rejectedBase} rejected of ${quantityBase}`,
      facts: { quantityBase, acceptedBase, rejectedBase },
    });
  }
  if (rejectedBase > 0 !== (rejectionReason !== undefined)) {
    const reason = rejectedBase > 0 ? 'say why pieces are rejected' : 'no piece is rejected';
    throw new DomainError('REQUEST_INVALID', { errors: [{ pointer: '/rejectionReason', reason }] });
  }
  if (rejectedBase === 0) return 'accept-all';
  return acceptedBase === 0 ? 'reject-all' : 'accept-some';
}

/**
 * Whoever received goods may inspect them, unless the depot wants two people.
 * @throws DomainError SUPPLIES_INSPECTION_BY_RECEIVER
 */
export function assertMayInspect(policy: InspectionPolicy, receiverId: string, inspectorId: string): void {
  if (policy.twoPeople && receiverId === inspectorId) throw new DomainError('SUPPLIES_INSPECTION_BY_RECEIVER');
}
