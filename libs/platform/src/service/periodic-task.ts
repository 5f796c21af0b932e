import type { LoggerService } from '@nestjs/common';

const MAX_BACKOFF_MS = 10_000;

/**
 * Runs one piece of background work again and again, never twice at once: after `everyMs`, or at once when woken.
 * A fault is logged and the work tried again with growing pauses, which waking does not cut short; it never ends the
 * process.
 */
export class PeriodicTask {
  private running: Promise<void> | undefined;
  private timer: NodeJS.Timeout | undefined;
  private wokenWhileRunning = false;
  private faults = 0;
  private stopped = true;

  constructor(
    private readonly name: string,
    private readonly everyMs: number,
    private readonly work: () => Promise<void>,
    private readonly logger: LoggerService,
  ) {}

  get stopping(): boolean {
    return this.stopped;
  }

  start(): void {
    this.stopped = false;
    this.faults = 0;
    this.wake();
  }

  /** There is work now; a hint that may come too often. */
  wake(): void {
    if (this.stopped) return;
    if (this.running) this.wokenWhileRunning = true;
    else if (this.faults === 0) this.run();
  }

  /** Waits for the work in hand and starts none again. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  private run(): void {
    clearTimeout(this.timer);
    this.running = this.runOnce().finally(() => {
      this.running = undefined;
      this.plan();
    });
  }

  private async runOnce(): Promise<void> {
    this.wokenWhileRunning = false;
    try {
      await this.work();
      this.faults = 0;
    } catch (error) {
      this.faults++;
      this.logger.warn(`${this.name} failed ${this.faults} time(s) in a row: ${(error as Error).message}`);
    }
  }

  private plan(): void {
    if (this.stopped) return;
    if (this.faults === 0 && this.wokenWhileRunning) return this.run();
    const pause = this.faults === 0 ? this.everyMs : Math.min(MAX_BACKOFF_MS, 200 * 2 ** this.faults);
    this.timer = setTimeout(() => this.run(), pause);
  }
}
