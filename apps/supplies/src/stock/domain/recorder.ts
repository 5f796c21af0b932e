import type { Caller } from '@ledger/contracts';

/** Who wrote a movement: a person, or the dispatch saga and the deadlines, which act for nobody in particular. */
export interface Recorder {
  readonly name: string;
  readonly userId: string | null;
}

export const DISPATCH: Recorder = { name: 'dispatch', userId: null };
export const DEADLINE: Recorder = { name: 'deadline', userId: null };

export const recorderOf = (caller: Caller): Recorder => ({ name: caller.displayName, userId: caller.userId });
