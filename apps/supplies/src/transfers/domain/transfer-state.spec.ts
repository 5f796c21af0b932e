import {
  SETTLEMENT_DECISIONS,
  SETTLEMENT_STATES,
  TRANSFER_STATES,
  nextSettlementState,
  nextTransferState,
  type TransferEvent,
} from './transfer-state';

const EVENTS: readonly TransferEvent[] = ['dispatch', 'cancel', 'receive', 'settle', 'complete'];
const outcomeOf = (work: () => string): string => {
  try {
    return work();
  } catch (error) {
    return (error as { code: string }).code;
  }
};

it('a transfer goes these ways and no other', () => {
  const allowed: Record<string, string> = {
    'ordered dispatch': 'dispatched',
    'ordered cancel': 'cancelled',
    'dispatched receive': 'dispatched',
    'dispatched settle': 'dispatched',
    'dispatched complete': 'closed',
  };
  for (const state of TRANSFER_STATES) {
    for (const event of EVENTS) {
      const expected = allowed[`${state} ${event}`] ?? 'SUPPLIES_TRANSFER_TRANSITION_FORBIDDEN';
      expect([state, event, outcomeOf(() => nextTransferState(state, event))]).toEqual([state, event, expected]);
    }
  }
});

it('a settlement is decided once', () => {
  for (const state of SETTLEMENT_STATES) {
    for (const decision of SETTLEMENT_DECISIONS) {
      const decided = decision === 'approve' ? 'booked' : 'rejected';
      const expected = state === 'proposed' ? decided : 'SUPPLIES_SETTLEMENT_DECIDED';
      expect(outcomeOf(() => nextSettlementState(state, decision))).toBe(expected);
    }
  }
});
