import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { BusConsumer, ConsumerState } from '../bus';
import { ConsumingClock } from '../consuming-clock';
import { backoffMs } from '../time-limit';
import { ConsumerSession, type SessionParts } from './consumer-session';

const MAX_PAUSE_MS = 2_000;

/** Keeps a consumer alive over broker outages and over the ends of kafkajs consumers, until it is stopped. */
export class KafkaConsumer implements BusConsumer {
  private readonly clock = new ConsumingClock();
  private readonly stopping = new AbortController();
  private readonly running: Promise<void>;
  private session: ConsumerSession | undefined;

  /** @param prepare called before each session: the topics have to be there before a consumer asks for them */
  constructor(
    private readonly parts: Omit<SessionParts, 'onConsuming'>,
    private readonly prepare: () => Promise<void>,
  ) {
    this.running = this.consumeUntilStopped();
  }

  state(): ConsumerState {
    return this.clock.state(this.session?.pauses.names() ?? []);
  }

  async stop(): Promise<void> {
    if (!this.stopping.signal.aborted) {
      this.stopping.abort();
      await this.session?.stop();
    }
    await this.running;
  }

  private async consumeUntilStopped(): Promise<void> {
    const { logger } = this.parts.address;
    const { signal } = this.stopping;
    for (let failures = 0; !signal.aborted;) {
      const { reason, joined } = await this.consumeOnce();
      if (signal.aborted) return;
      failures = joined ? 0 : failures + 1;
      const level = failures <= 1 ? 'warn' : 'debug';
      logger[level]({ err: reason, group: this.parts.subscription.group }, 'the consumer stopped and starts again');
      await delay(backoffMs(failures, MAX_PAUSE_MS), undefined, { signal }).catch(() => undefined);
    }
  }

  /** One session from start to end. */
  private async consumeOnce(): Promise<{ reason: unknown; joined: boolean }> {
    let joined = false;
    const onConsuming = (consuming: boolean): void => {
      if (consuming && !joined) this.announce();
      joined ||= consuming;
      this.clock.set(consuming);
    };
    try {
      await this.unlessStopped(this.prepare());
      if (this.stopping.signal.aborted) return { reason: undefined, joined };
      this.session = new ConsumerSession({ ...this.parts, onConsuming });
      await this.session.start();
      return { reason: await this.session.ended, joined };
    } catch (reason) {
      return { reason, joined };
    } finally {
      this.session?.discard();
      this.session = undefined;
    }
  }

  /** Waits for the promise, or for the order to stop. */
  private async unlessStopped(promise: Promise<void>): Promise<void> {
    const isOver = new AbortController();
    try {
      await Promise.race([promise, once(this.stopping.signal, 'abort', { signal: isOver.signal })]);
    } finally {
      isOver.abort();
    }
  }

  private announce(): void {
    const { group, topics } = this.parts.subscription;
    this.parts.address.logger.info({ group, topics }, 'consuming');
  }
}
