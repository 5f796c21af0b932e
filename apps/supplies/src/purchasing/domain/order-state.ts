export const ORDER_STATES = [
  'draft',
  'submitted',
  'approved',
  'rejected',
  'sent',
  'partly-received',
  'received',
  'closed',
  'cancelled',
] as const;
/**
 * sent: the supplier has the order and goods may come · received: every line is full · closed: nothing more is expected,
 * whether all came or not · cancelled: ended before anything came.
 */
export type OrderState = (typeof ORDER_STATES)[number];

export const ORDER_EVENTS = [
  'revise',
  'submit',
  'act-first',
  'approve',
  'reject',
  'send',
  'receive-part',
  'receive-all',
  'undo-some',
  'undo-all',
  'close',
  'cancel',
  'sign-late',
  'refuse-late',
] as const;
export type OrderEvent = (typeof ORDER_EVENTS)[number];

/**
 * The life of a purchase order. `act-first` sends it at once and leaves the papers as a debt: signing them later changes
 * nothing, a refusal stops what has not come yet. The debt outlives the order, or cancelling would hide who acted. `undo-some` and `undo-all` follow a receipt that was reversed, with
 * something or nothing received afterwards. What is not in the table is forbidden.
 */
const TRANSITIONS: Readonly<Record<OrderState, Readonly<Partial<Record<OrderEvent, OrderState>>>>> = {
  draft: { revise: 'draft', submit: 'submitted', 'act-first': 'sent', cancel: 'cancelled' },
  submitted: { approve: 'approved', reject: 'rejected', cancel: 'cancelled' },
  approved: { send: 'sent', cancel: 'cancelled' },
  rejected: { revise: 'draft', cancel: 'cancelled' },
  sent: {
    'receive-part': 'partly-received',
    'receive-all': 'received',
    cancel: 'cancelled',
    'sign-late': 'sent',
    'refuse-late': 'cancelled',
  },
  'partly-received': {
    'receive-part': 'partly-received',
    'receive-all': 'received',
    'undo-some': 'partly-received',
    'undo-all': 'sent',
    close: 'closed',
    'sign-late': 'partly-received',
    'refuse-late': 'closed',
  },
  received: {
    'undo-some': 'partly-received',
    'undo-all': 'sent',
    close: 'closed',
    'sign-late': 'received',
    'refuse-late': 'received',
  },
  closed: { 'undo-some': 'closed', 'undo-all': 'closed', 'sign-late': 'closed', 'refuse-late': 'closed' },
  cancelled: { 'sign-late': 'cancelled', 'refuse-late': 'cancelled' },
};

/** The state after an event, or undefined when the event is forbidden in this state. */
export function nextOrderState(state: OrderState, event: OrderEvent): OrderState | undefined {
  return TRANSITIONS[state][event];
}

/** True while goods may come in against the order. */
export const isExpectingGoods = (state: OrderState): boolean => state === 'sent' || state === 'partly-received';

/** States in which an order takes from the maximum of its framework agreement. */
export const CALLING_STATES: readonly OrderState[] = [
  'submitted',
  'approved',
  'sent',
  'partly-received',
  'received',
  'closed',
];
