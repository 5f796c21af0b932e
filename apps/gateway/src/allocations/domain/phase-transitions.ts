import { DomainError } from '@ledger/contracts';
import { PHASES, type Phase } from './allocation';

/** Which phase may follow which. What is not listed is an error, never silence. */
export const PHASE_TRANSITIONS: Readonly<Record<Phase, readonly Phase[]>> = {
  draft: ['awaiting-approval', 'cancelled'],
  'awaiting-approval': ['mobilising', 'releasing'],
  mobilising: ['ready', 'releasing', 'turning-back'],
  ready: ['mobilising', 'under-way', 'on-site', 'closed', 'releasing', 'turning-back'],
  'under-way': ['on-site', 'turning-back', 'closed'],
  'on-site': ['closed', 'turning-back'],
  'turning-back': ['cancelled'],
  releasing: ['turning-back', 'rejected', 'lapsed', 'cancelled', 'failed'],
  closed: [],
  rejected: [],
  lapsed: [],
  cancelled: [],
  failed: [],
};

export const ENDED_PHASES: readonly Phase[] = PHASES.filter((phase) => PHASE_TRANSITIONS[phase].length === 0);

export const hasEnded = (phase: Phase): boolean => ENDED_PHASES.includes(phase);

/** @throws DomainError GATEWAY_TRANSITION_FORBIDDEN */
export function requireTransition(from: Phase, to: Phase): void {
  if (!PHASE_TRANSITIONS[from].includes(to)) {
    throw new DomainError('GATEWAY_TRANSITION_FORBIDDEN', {
      detail: `${from} cannot become ${to}`,
      facts: { from, to },
    });
  }
}
