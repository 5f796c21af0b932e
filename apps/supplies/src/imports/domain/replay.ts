/** What a row would move, as far as quantities go. */
export interface Step {
  readonly lot: string;
  readonly from: string;
  readonly to: string;
  readonly quantityBase: number;
}

export type ReplayFault = 'quantity-exceeds-balance' | 'return-exceeds-use';

/**
 * Plays rows through in the order of posting. A row that would take more of a lot than is left of it is refused, and the
 * rows after it go on without it. Followed are the free stock of depots and what was taken for use, because goods come
 * back from there; all other accounts either only fill up or have no end.
 */
export class Replay {
  private readonly held = new Map<string, number>();

  /** What is there before the first row. */
  hold(account: string, lot: string, quantityBase: number): void {
    this.held.set(keyOf(account, lot), quantityBase);
  }

  /** @returns why the row is refused; undefined when it took effect */
  move({ lot, from, to, quantityBase }: Step): ReplayFault | undefined {
    if (isFollowed(from)) {
      const left = (this.held.get(keyOf(from, lot)) ?? 0) - quantityBase;
      if (left < 0) return from === 'consumed' ? 'return-exceeds-use' : 'quantity-exceeds-balance';
      this.held.set(keyOf(from, lot), left);
    }
    if (isFollowed(to)) this.held.set(keyOf(to, lot), (this.held.get(keyOf(to, lot)) ?? 0) + quantityBase);
    return undefined;
  }
}

const keyOf = (account: string, lot: string): string => `${account} ${lot}`;
const isFollowed = (account: string): boolean => account.endsWith(':available') || account === 'consumed';
