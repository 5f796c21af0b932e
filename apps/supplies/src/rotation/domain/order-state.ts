export const ORDER_STATES = [
  'open',
  'planned',
  'in-progress',
  'awaiting-replenishment',
  'closed',
  'cancelled',
] as const;
/**
 * open: goods have reached their threshold · planned: ways out are chosen · in-progress: goods have left by a way out ·
 * awaiting-replenishment: no goods are left that must go, the place is not yet confirmed at its standard · closed: at
 * its standard again · cancelled: given up by two people before anything left.
 */
export type OrderState = (typeof ORDER_STATES)[number];

export const ORDER_EVENTS = ['plan', 'act', 'exhaust', 'refill', 'close', 'cancel'] as const;
/** exhaust: nothing is left that must go · refill: such goods came back, by a return, a transfer or a reversal. */
export type OrderEvent = (typeof ORDER_EVENTS)[number];

/** Once goods have left under an order it ends only by closing, which asks for the standard. What is not here is forbidden. */
const TRANSITIONS: Readonly<Record<OrderState, Readonly<Partial<Record<OrderEvent, OrderState>>>>> = {
  open: {
    plan: 'planned',
    act: 'in-progress',
    exhaust: 'awaiting-replenishment',
    close: 'closed',
    cancel: 'cancelled',
  },
  planned: {
    plan: 'planned',
    act: 'in-progress',
    exhaust: 'awaiting-replenishment',
    close: 'closed',
    cancel: 'cancelled',
  },
  'in-progress': { plan: 'in-progress', act: 'in-progress', exhaust: 'awaiting-replenishment', close: 'closed' },
  'awaiting-replenishment': { refill: 'in-progress', close: 'closed' },
  closed: {},
  cancelled: {},
};

/** The state after an event, or undefined when the event is forbidden in this state. */
export function nextOrderState(state: OrderState, event: OrderEvent): OrderState | undefined {
  return TRANSITIONS[state][event];
}

export const isEnded = (state: OrderState): boolean => state === 'closed' || state === 'cancelled';

/**
 * The event that brings an order in line with what the ledger says of its goods, or undefined when it is.
 * @param leftBase  pieces of the lot in the depot that still have to go
 */
export function eventOfGoods(state: OrderState, leftBase: number): 'exhaust' | 'refill' | undefined {
  const event = leftBase === 0 ? 'exhaust' : 'refill';
  return nextOrderState(state, event) ? event : undefined;
}
