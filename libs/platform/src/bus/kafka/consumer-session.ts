import type { Consumer, EachBatchPayload } from 'kafkajs';
import type { MessageHandler } from '../bus';
import type { BusLogger } from '../bus-logger';
import { callHandler } from '../call-handler';
import type { Namespace } from '../namespace';
import { withTimeLimit } from '../time-limit';
import { BatchProgress } from './batch-progress';
import { type KafkaAddress, type KafkaClient, RETRY, openKafkaClient } from './kafka-client';
import { toIncomingMessage } from './kafka-message';
import { PartitionPauses } from '../partition-pauses';

/** Handlers have 5 s, the session is twice that, and a rebalance waits for the slowest message in hand. */
const SESSION_MS = 10_000;
const HEARTBEAT_MS = 2_000;
const REBALANCE_MS = 15_000;
/** Longer than a rebalance may take: a consumer without any sign of life for this long has died unseen. */
const SILENCE_MS = 20_000;
const SILENCE_CHECK_MS = 1_000;
const STOP_LIMIT_MS = 8_000;
const STOP_LIMIT_UNJOINED_MS = 1_000;
const FETCH_WAIT_MS = 500;
const PARTITIONS_AT_ONCE = 4;
const MAX_BYTES = 5_242_880;
const MAX_BYTES_PER_PARTITION = 1_048_576;

export interface Subscription {
  readonly group: string;
  readonly topics: readonly string[];
  readonly handler: MessageHandler;
}

export interface SessionParts {
  readonly address: KafkaAddress;
  readonly namespace: Namespace;
  readonly subscription: Subscription;
  readonly onConsuming: (consuming: boolean) => void;
}

/**
 * One kafkajs consumer from its connection to its end. kafkajs may stop by itself, with a crash event or without a
 * word; either way `ended` resolves and the owner opens the next session.
 */
export class ConsumerSession {
  readonly pauses = new PartitionPauses();
  /** Resolves with the reason when the session has come to its end, by itself or because it was stopped. */
  readonly ended: Promise<Error>;
  private readonly stopping = new AbortController();
  private readonly logger: BusLogger;
  private readonly client: KafkaClient;
  private readonly consumer: Consumer;
  private end!: (reason: Error) => void;
  private lastSign = performance.now();
  private hasJoined = false;
  private silenceCheck: NodeJS.Timeout | undefined;

  constructor(private readonly parts: SessionParts) {
    this.logger = parts.address.logger;
    this.ended = new Promise((resolve) => (this.end = resolve));
    this.client = openKafkaClient(parts.address);
    this.consumer = this.client.kafka.consumer({
      groupId: parts.namespace.add(parts.subscription.group),
      sessionTimeout: SESSION_MS,
      heartbeatInterval: HEARTBEAT_MS,
      rebalanceTimeout: REBALANCE_MS,
      maxWaitTimeInMs: FETCH_WAIT_MS,
      minBytes: 1,
      maxBytes: MAX_BYTES,
      maxBytesPerPartition: MAX_BYTES_PER_PARTITION,
      metadataMaxAge: 60_000,
      allowAutoTopicCreation: false,
      readUncommitted: false,
      retry: { ...RETRY, restartOnFailure: () => Promise.resolve(false) },
    });
  }

  /** Connects and joins the group. @throws Error when the broker cannot be reached */
  async start(): Promise<void> {
    this.watch();
    const { namespace, subscription } = this.parts;
    await this.consumer.connect();
    await this.consumer.subscribe({
      topics: subscription.topics.map((topic) => namespace.add(topic)),
      fromBeginning: true,
    });
    await this.consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: PARTITIONS_AT_ONCE,
      eachBatch: (payload) => this.handleBatch(payload),
    });
  }

  /** Finishes the messages in hand, commits them and leaves the group. */
  async stop(): Promise<void> {
    this.stopping.abort();
    const limitMs = this.hasJoined ? STOP_LIMIT_MS : STOP_LIMIT_UNJOINED_MS;
    try {
      await withTimeLimit('leaving the consumer group', limitMs, this.consumer.disconnect());
    } catch (error) {
      this.logger.warn({ err: error }, 'the broker was not told that a consumer stopped');
    }
    this.discard();
  }

  /** Drops the session as it is; nothing of it reaches the broker any more. */
  discard(): void {
    this.stopping.abort();
    clearInterval(this.silenceCheck);
    this.pauses.clear();
    this.parts.onConsuming(false);
    this.client.cut();
    this.end(new Error('the session was discarded'));
  }

  private watch(): void {
    const { consumer } = this;
    const { GROUP_JOIN, FETCH, HEARTBEAT, REBALANCING, CRASH } = consumer.events;
    for (const event of [GROUP_JOIN, FETCH, HEARTBEAT] as const) consumer.on(event, () => this.showLife());
    consumer.on(GROUP_JOIN, () => {
      this.hasJoined = true;
      this.parts.onConsuming(true);
    });
    consumer.on(REBALANCING, () => this.parts.onConsuming(false));
    consumer.on(CRASH, ({ payload }) => this.end(payload.error));
    this.silenceCheck = setInterval(() => {
      if (performance.now() - this.lastSign > SILENCE_MS) this.end(new Error('the consumer gives no sign of life'));
    }, SILENCE_CHECK_MS).unref();
  }

  private showLife(): void {
    this.lastSign = performance.now();
  }

  /**
   * Handles the messages of one partition in order. What is not resolved here is fetched again; after a pause that is
   * the same message.
   */
  private async handleBatch(payload: EachBatchPayload): Promise<void> {
    const { batch, isRunning, isStale } = payload;
    const topic = this.parts.namespace.strip(batch.topic);
    const delivery = { signal: this.stopping.signal, heartbeat: () => this.beat(payload) };
    const progress = new BatchProgress(payload);
    try {
      for (const message of batch.messages) {
        if (!isRunning() || isStale() || this.stopping.signal.aborted) return;
        const incoming = toIncomingMessage(topic, batch.partition, message);
        const answer = await callHandler(this.parts.subscription.handler, incoming, delivery, this.logger);
        this.showLife();
        if (answer.kind === 'pause') {
          this.pauses.pause(`${topic}/${batch.partition}`, answer.pauseMs, payload.pause());
          return;
        }
        await progress.handled(message.offset);
        await payload.heartbeat();
      }
    } finally {
      await progress.commit();
    }
  }

  /** A heartbeat for a handler: that the group has moved on is no fault of the handler; the batch finds out after it. */
  private async beat({ heartbeat }: EachBatchPayload): Promise<void> {
    this.showLife();
    await heartbeat().catch((error: unknown) => this.logger.debug({ err: error }, 'heartbeat refused'));
  }
}
