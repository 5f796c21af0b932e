import { DomainError } from '@ledger/contracts';

/**
 * The life of a call-up. `stood-down`: the work was done and the team is free. `cancelled`: ended before the team
 * reached the scene, or ended before it was ever asked for (a tombstone). `refused`: no team could be had.
 */
export const CALL_UP_STATES = [
  'requested',
  'accepted',
  'mustering',
  'en-route',
  'on-scene',
  'released',
  'stood-down',
  'refused',
  'cancelled',
] as const;
export type CallUpState = (typeof CALL_UP_STATES)[number];

export const CALL_UP_STEPS = [
  'accept',
  'decline',
  'run-late',
  'run-out',
  'muster',
  'set-out',
  'arrive',
  'release',
  'stand-down',
] as const;
export type CallUpStep = (typeof CALL_UP_STEPS)[number];

/** Every allowed change. `decline` and `run-late` stay in `requested`: the next team is asked; `run-out`: none is left. */
const TRANSITIONS: Readonly<Record<CallUpState, Partial<Record<CallUpStep, CallUpState>>>> = {
  requested: {
    accept: 'accepted',
    decline: 'requested',
    'run-late': 'requested',
    'run-out': 'refused',
    'stand-down': 'cancelled',
  },
  accepted: { muster: 'mustering', 'stand-down': 'cancelled' },
  mustering: { 'set-out': 'en-route', 'stand-down': 'cancelled' },
  'en-route': { arrive: 'on-scene', 'stand-down': 'cancelled' },
  'on-scene': { release: 'released', 'stand-down': 'stood-down' },
  released: { 'stand-down': 'stood-down' },
  'stood-down': {},
  refused: {},
  cancelled: {},
};

/** What a team reports on its way, by the state it has reached. */
export const PROGRESS_STATES = ['mustering', 'en-route', 'on-scene', 'released'] as const;
export type ProgressState = (typeof PROGRESS_STATES)[number];

export const PROGRESS_STEP: Readonly<Record<ProgressState, CallUpStep>> = {
  mustering: 'muster',
  'en-route': 'set-out',
  'on-scene': 'arrive',
  released: 'release',
};

/** True when nothing can happen to the call-up any more and no team is held by it. */
export function isEnded(state: CallUpState): boolean {
  return Object.keys(TRANSITIONS[state]).length === 0;
}

/**
 * The state after a step.
 * @throws DomainError TEAMS_TRANSITION_FORBIDDEN with the present state and the step
 */
export function nextState(state: CallUpState, step: CallUpStep): CallUpState {
  const next = TRANSITIONS[state][step];
  if (next === undefined) {
    throw new DomainError('TEAMS_TRANSITION_FORBIDDEN', {
      detail: `a call-up that is ${state} cannot ${step.replace('-', ' ')}`,
      facts: { state, step },
    });
  }
  return next;
}
