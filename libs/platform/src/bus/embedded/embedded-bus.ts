import type { Bus, BusConsumer, MessageHandler, OutgoingMessage, TopicSettings } from '../bus';
import { assertPublishable, partsBySize } from '../message-limits';
import { Namespace } from '../namespace';
import { withTimeLimit } from '../time-limit';
import { BusDatabase, type BusDatabaseOptions } from './bus-database';
import { EmbeddedConsumer } from './embedded-consumer';
import { type Appended, append } from './message-log';
import { partitionOf } from './partition-of';
import { RetentionSweeper } from './retention-sweeper';
import { TopicDirectory } from './topic-directory';
import { WakeUp } from './wake-up';

const PUBLISH_LIMIT_MS = 8_000;
const QUESTION_LIMIT_MS = 2_000;
const SWEEP_EVERY_MS = 600_000;

export interface EmbeddedBusOptions extends BusDatabaseOptions {
  /** Prefix of topics and groups; empty for none. */
  readonly namespace: string;
  /** Time between two deletions of old messages; default ten minutes. */
  readonly sweepEveryMs?: number;
}

/** A durable bus without a broker, on a PostgreSQL database of its own (see `schema.ts` for its tables). */
export class EmbeddedBus implements Bus {
  readonly kind = 'embedded';
  private readonly namespace: Namespace;
  private readonly database: BusDatabase;
  private readonly topics: TopicDirectory;
  private readonly wakeUp: WakeUp;
  private readonly sweeper: RetentionSweeper;
  private readonly consumers = new Set<EmbeddedConsumer>();
  private lastTurn: Promise<unknown> = Promise.resolve();
  private stopped: Promise<void> | undefined;

  constructor(private readonly options: EmbeddedBusOptions) {
    this.namespace = new Namespace(options.namespace);
    this.database = new BusDatabase(options);
    this.topics = new TopicDirectory(this.database);
    this.wakeUp = new WakeUp(options);
    this.sweeper = new RetentionSweeper(this.database, options.logger, options.sweepEveryMs ?? SWEEP_EVERY_MS);
  }

  /** @throws Error within seconds when the database cannot be reached; may be called again */
  async start(topics: readonly TopicSettings[]): Promise<void> {
    await this.topics.createMissing(topics.map((topic) => ({ ...topic, name: this.namespace.add(topic.name) })));
    this.sweeper.start();
  }

  /** @throws Error within 8 s when it is not known whether all is stored; a part may be */
  async publish(messages: readonly OutgoingMessage[]): Promise<void> {
    assertPublishable(messages);
    if (messages.length === 0) return;
    const turn = this.lastTurn.then(() => this.store(messages));
    this.lastTurn = turn.catch(() => undefined);
    await withTimeLimit('publishing', PUBLISH_LIMIT_MS, turn);
  }

  /** Returns at once; joining, and joining again after every outage, goes on behind `state()`. */
  subscribe(group: string, topics: readonly string[], handler: MessageHandler): Promise<BusConsumer> {
    const { database, wakeUp, namespace } = this;
    const subscription = { group, topics, handler };
    const consumer = new EmbeddedConsumer({ database, wakeUp, namespace, logger: this.options.logger, subscription });
    this.consumers.add(consumer);
    return Promise.resolve(consumer);
  }

  async reachable(): Promise<boolean> {
    try {
      await withTimeLimit('asking the bus database', QUESTION_LIMIT_MS, this.database.query('SELECT 1'));
      return true;
    } catch {
      return false;
    }
  }

  /** Stops consumers that still run, lets the publish in hand finish and closes all connections. Safe to call twice. */
  stop(): Promise<void> {
    this.stopped ??= this.close();
    return this.stopped;
  }

  private async close(): Promise<void> {
    await Promise.all([...this.consumers].map((consumer) => consumer.stop()));
    await this.lastTurn;
    await this.sweeper.stop();
    await this.wakeUp.close();
    await this.database.close();
  }

  private async store(messages: readonly OutgoingMessage[]): Promise<void> {
    const placed: Appended[] = [];
    for (const { topic, key, value, headers } of messages) {
      const name = this.namespace.add(topic);
      const partition = partitionOf(key, await this.topics.partitionsOf(name));
      placed.push({ topic: name, partition, key, value: Buffer.from(value), headers });
    }
    for (const part of partsBySize(placed)) await append(this.database, part);
  }
}
