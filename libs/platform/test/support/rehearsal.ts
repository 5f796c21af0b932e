import { Injectable } from '@nestjs/common';
import type { Tx } from '@ledger/platform';

/** What a suite wants to happen inside the next effects of the sample: nothing, a wait or a fault of its making. */
@Injectable()
export class Rehearsal {
  private step: (tx: Tx) => Promise<void> = () => Promise.resolve();
  /** How often an effect has come to this point. */
  passed = 0;

  /** Every effect does this, until something else is asked for. */
  always(step: (tx: Tx) => Promise<void> | void): void {
    this.step = async (tx) => step(tx);
  }

  /** Effects go on undisturbed. */
  nothing(): void {
    this.step = () => Promise.resolve();
  }

  /** Effects wait here until the returned function is called. */
  hold(): () => void {
    const gate = Promise.withResolvers<void>();
    this.always(() => gate.promise);
    return () => {
      this.nothing();
      gate.resolve();
    };
  }

  async play(tx: Tx): Promise<void> {
    this.passed++;
    await this.step(tx);
  }
}
