import { Logger } from '@nestjs/common';
import type { Bus, TopicSettings } from '../bus/bus';

const RETRY_MS = 1_000;

export interface BusConnectionParts {
  readonly bus: Bus;
  readonly topics: readonly TopicSettings[];
  readonly onConnected: () => Promise<void>;
}

/** Connects to the bus, again and again until it answers: a broker that comes late must not end the service. */
export class BusConnection {
  private readonly logger = new Logger('Bus');
  private attempting: Promise<void> | undefined;
  private retry: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(private readonly parts: BusConnectionParts) {}

  start(): void {
    this.attempting = this.attempt();
  }

  /** Waits for the attempt in hand; afterwards nothing is begun on the bus any more. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.retry);
    await this.attempting;
  }

  private async attempt(): Promise<void> {
    try {
      await this.parts.bus.start(this.parts.topics);
      if (!this.stopped) await this.parts.onConnected();
    } catch (error) {
      this.logger.warn(`the bus does not answer: ${(error as Error).message}`);
      if (!this.stopped) this.retry = setTimeout(() => this.start(), RETRY_MS);
    }
  }
}
