import type { ReserveState } from '@ledger/contracts';

export const CONTRACT_EVENTS = ['activate', 'suspend', 'resume', 'end'] as const;
export type ContractEvent = (typeof CONTRACT_EVENTS)[number];

/**
 * The life of a reserve contract. A draft that comes to nothing is ended as well; what is ended stays so, and its goods
 * need a new contract. What is not in the table is forbidden.
 */
const TRANSITIONS: Readonly<Record<ReserveState, Readonly<Partial<Record<ContractEvent, ReserveState>>>>> = {
  draft: { activate: 'active', end: 'ended' },
  active: { suspend: 'suspended', end: 'ended' },
  suspended: { resume: 'active', end: 'ended' },
  ended: {},
};

/** The state after an event, or undefined when the event is forbidden in this state. */
export const nextContractState = (state: ReserveState, event: ContractEvent): ReserveState | undefined =>
  TRANSITIONS[state][event];
