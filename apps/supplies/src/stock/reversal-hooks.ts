import { Injectable } from '@nestjs/common';
import type { Cause, Tx } from '@ledger/platform';
import type { Recorder } from './domain/recorder';

/** A movement that is about to be undone. */
export interface ReversedMovement {
  readonly movementId: string;
  readonly recordedBy: Recorder;
  readonly reason: string;
  readonly cause: Cause;
}

/** Takes back what a feature recorded beside the movement, or throws a DomainError when that is no longer possible. */
export type ReversalHook = (tx: Tx, movement: ReversedMovement) => Promise<void>;

/**
 * What features do when a movement that they keep a record of is undone: a receipt against an order, a call or a
 * donation is not received any more. A feature names its hook while its module starts and finds its own record by the
 * movement's id; a movement that is not its own it leaves alone.
 */
@Injectable()
export class ReversalHooks {
  private readonly hooks: ReversalHook[] = [];

  on(hook: ReversalHook): void {
    this.hooks.push(hook);
  }

  /** Runs before the goods move back: documents of a feature are locked before balances. */
  async run(tx: Tx, movement: ReversedMovement): Promise<void> {
    for (const hook of this.hooks) await hook(tx, movement);
  }
}
