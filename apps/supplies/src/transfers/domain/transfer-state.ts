import { DomainError } from '@ledger/contracts';

export const TRANSFER_STATES = ['ordered', 'dispatched', 'closed', 'cancelled'] as const;
export type TransferState = (typeof TRANSFER_STATES)[number];

export type TransferEvent = 'dispatch' | 'cancel' | 'receive' | 'settle' | 'complete';

/** Goods that left do not come back by a cancellation: they are received, or settled as found at the sender. */
const TRANSITIONS: Readonly<Record<TransferState, Partial<Record<TransferEvent, TransferState>>>> = {
  ordered: { dispatch: 'dispatched', cancel: 'cancelled' },
  dispatched: { receive: 'dispatched', settle: 'dispatched', complete: 'closed' },
  closed: {},
  cancelled: {},
};

/** @throws DomainError SUPPLIES_TRANSFER_TRANSITION_FORBIDDEN */
export function nextTransferState(state: TransferState, event: TransferEvent): TransferState {
  const next = TRANSITIONS[state][event];
  if (!next) throw new DomainError('SUPPLIES_TRANSFER_TRANSITION_FORBIDDEN', { facts: { state, event } });
  return next;
}

export const SETTLEMENT_STATES = ['proposed', 'booked', 'rejected'] as const;
export type SettlementState = (typeof SETTLEMENT_STATES)[number];

export const SETTLEMENT_DECISIONS = ['approve', 'reject'] as const;
export type SettlementDecision = (typeof SETTLEMENT_DECISIONS)[number];

/** @throws DomainError SUPPLIES_SETTLEMENT_DECIDED */
export function nextSettlementState(state: SettlementState, decision: SettlementDecision): SettlementState {
  if (state !== 'proposed') throw new DomainError('SUPPLIES_SETTLEMENT_DECIDED', { facts: { state } });
  return decision === 'approve' ? 'booked' : 'rejected';
}
