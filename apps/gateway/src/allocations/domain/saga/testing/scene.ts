import type { AllocationState } from '../../allocation';
import type { ServiceCommand } from '../saga-commands';
import type { SagaEvent } from '../saga-events';
import type { Books } from './books';

export type Service = 'supplies' | 'teams' | 'transport';

export type CommandData<Name extends ServiceCommand['send']> = Extract<ServiceCommand, { send: Name }>['data'];

/** Something a person can do now. */
export type Job = () => void;

/** Draws numbers for one run; `chance(p)` is true with probability p. */
export interface Dice {
  chance(probability: number): boolean;
  pick<T>(choices: readonly T[]): T;
}

/** What the pretended services and the people share. */
export interface Scene {
  readonly books: Books;
  readonly dice: Dice;
  /** Probability that a service refuses what it is asked for. */
  readonly refusals: number;
  newId(): string;
  /** The allocation as the saga knows it now. */
  allocation(): AllocationState;
  /** Tells the saga what happened; the message arrives later, in the order of its service. */
  report(service: Service, event: SagaEvent): void;
}

export const NOW = '2026-07-01T00:00:00.000Z';
