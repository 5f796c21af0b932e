import { DomainError } from '@ledger/contracts';
import type { OpeningState } from './depot-entry';

/** A closed depot opens first, and is suspended after that if it has to be. */
const TRANSITIONS: Readonly<Record<OpeningState, readonly OpeningState[]>> = {
  open: ['suspended', 'closed'],
  suspended: ['open', 'closed'],
  closed: ['open'],
};

/** @throws DomainError SUPPLIES_DEPOT_TRANSITION_FORBIDDEN */
export function assertTransition(from: OpeningState, to: OpeningState): void {
  if (TRANSITIONS[from].includes(to)) return;
  throw new DomainError('SUPPLIES_DEPOT_TRANSITION_FORBIDDEN', {
    detail: `the depot is ${from}`,
    facts: { from, to },
  });
}

/**
 * What somebody wants to do in a depot: `receive` new goods; `work` with what is there, as in a count; `clear` it, which
 * is every way by which goods leave.
 */
export const DEPOT_WORK = ['receive', 'work', 'clear'] as const;
export type DepotWork = (typeof DEPOT_WORK)[number];

const ALLOWED: Readonly<Record<OpeningState, readonly DepotWork[]>> = {
  open: ['receive', 'work', 'clear'],
  suspended: ['work', 'clear'],
  closed: ['clear'],
};

/** @throws DomainError SUPPLIES_DEPOT_CLOSED, with the state in its facts */
export function assertAtWork(state: OpeningState, work: DepotWork): void {
  if (ALLOWED[state].includes(work)) return;
  throw new DomainError('SUPPLIES_DEPOT_CLOSED', { detail: `the depot is ${state}`, facts: { state } });
}
