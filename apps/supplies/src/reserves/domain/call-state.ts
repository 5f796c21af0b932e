import type { ReserveCallState } from '@ledger/contracts';

export const CALL_EVENTS = [
  'approve',
  'refuse',
  'expire',
  'accept',
  'decline',
  'depart',
  'receive-part',
  'receive-rest',
  'undo-receipt',
  'close-short',
  'cancel',
] as const;
export type CallEvent = (typeof CALL_EVENTS)[number];

/**
 * The life of a call. Goods may come before anybody answered: a receipt is taken in every state in which something is
 * still waited for. `close-short` gives the rest back after a part has come, `cancel` gives all back before. An
 * enterprise may confirm anew, for less, until the goods are on their way. What is not in the table is forbidden.
 */
const TRANSITIONS: Readonly<Record<ReserveCallState, Readonly<Partial<Record<CallEvent, ReserveCallState>>>>> = {
  'awaiting-approval': { approve: 'called', refuse: 'cancelled', expire: 'cancelled', cancel: 'cancelled' },
  called: {
    accept: 'confirmed',
    decline: 'declined',
    depart: 'delivering',
    'receive-part': 'delivering',
    'receive-rest': 'received',
    cancel: 'cancelled',
  },
  confirmed: {
    accept: 'confirmed',
    decline: 'declined',
    depart: 'delivering',
    'receive-part': 'delivering',
    'receive-rest': 'received',
    cancel: 'cancelled',
  },
  delivering: {
    depart: 'delivering',
    'receive-part': 'delivering',
    'receive-rest': 'received',
    'undo-receipt': 'delivering',
    'close-short': 'received',
    cancel: 'cancelled',
  },
  received: { 'undo-receipt': 'delivering' },
  declined: {},
  cancelled: {},
};

/** The state after an event, or undefined when the event is forbidden in this state. */
export const nextCallState = (state: ReserveCallState, event: CallEvent): ReserveCallState | undefined =>
  TRANSITIONS[state][event];

/** True while pieces are waited for, so that the contract cannot give them to anybody else. */
export const isOpen = (state: ReserveCallState): boolean =>
  state === 'awaiting-approval' || state === 'called' || state === 'confirmed' || state === 'delivering';
