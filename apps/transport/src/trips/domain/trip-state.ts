import { DomainError } from '@ledger/contracts';

/** The life of a trip. The vehicle is booked in every state but the last two. */
export const TRIP_STATES = [
  'assigned',
  'loaded',
  'departed',
  'delivered',
  'turned-back',
  'completed',
  'cancelled',
] as const;
export type TripState = (typeof TRIP_STATES)[number];

export const TRIP_STEPS = ['load', 'depart', 'deliver', 'turn-back', 'return', 'cancel'] as const;
export type TripStep = (typeof TRIP_STEPS)[number];

/** Every allowed change. A trip without goods departs straight from `assigned`; see `departure`. */
const TRANSITIONS: Readonly<Record<TripState, Partial<Record<TripStep, TripState>>>> = {
  assigned: { load: 'loaded', depart: 'departed', cancel: 'cancelled' },
  loaded: { depart: 'departed', cancel: 'cancelled' },
  departed: { deliver: 'delivered', 'turn-back': 'turned-back' },
  delivered: { return: 'completed' },
  'turned-back': { return: 'completed' },
  completed: {},
  cancelled: {},
};

/** True before departure: the trip can still be cancelled and its vehicle freed at once. */
export function isWaiting(state: TripState): boolean {
  return TRANSITIONS[state].cancel !== undefined;
}

/**
 * The state after a step.
 * @throws DomainError TRANSPORT_TRANSITION_FORBIDDEN with the present state and the step
 */
export function nextTripState(state: TripState, step: TripStep): TripState {
  const next = TRANSITIONS[state][step];
  if (next === undefined) {
    throw new DomainError('TRANSPORT_TRANSITION_FORBIDDEN', {
      detail: `a trip that is ${state} cannot ${step.replace('-', ' ')}`,
      facts: { state, step },
    });
  }
  return next;
}

/**
 * The state after a departure.
 * @throws DomainError TRANSPORT_GOODS_NOT_LOADED when the keeper has not issued the trip's goods;
 * TRANSPORT_TRANSITION_FORBIDDEN
 */
export function departure(trip: { readonly state: TripState; readonly hasGoods: boolean }): TripState {
  if (trip.hasGoods && trip.state === 'assigned') throw new DomainError('TRANSPORT_GOODS_NOT_LOADED');
  return nextTripState(trip.state, 'depart');
}
