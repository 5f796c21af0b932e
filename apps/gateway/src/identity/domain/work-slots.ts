/**
 * Lets a bounded number of costly jobs run at once and a bounded number wait; the rest is refused at once. It keeps
 * memory and processor use flat however many callers there are.
 */
export class WorkSlots {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(private readonly limits: { readonly running: number; readonly waiting: number }) {}

  /**
   * Runs the job as soon as a slot is free, in the order of asking.
   * @param refuse  makes the error for a caller who finds the queue full
   */
  async run<T>(job: () => Promise<T>, refuse: () => Error): Promise<T> {
    await this.enter(refuse);
    try {
      return await job();
    } finally {
      this.leave();
    }
  }

  private async enter(refuse: () => Error): Promise<void> {
    if (this.running < this.limits.running) {
      this.running += 1;
      return;
    }
    if (this.waiting.length >= this.limits.waiting) throw refuse();
    // The slot is handed over by `leave`, so `running` does not change here.
    await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  private leave(): void {
    const next = this.waiting.shift();
    if (next) next();
    else this.running -= 1;
  }
}
