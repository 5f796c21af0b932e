/**
 * What the services need of an event bus, whichever one carries the messages.
 *
 * Both adapters (Kafka and the embedded bus on PostgreSQL) promise the same: at least once, in order per key, one
 * consumer per partition and group, durable on return from `publish`. One contract suite (`test/bus`) runs on both.
 */

/** A message to publish. `key` decides the partition: messages with one key keep their order. */
export interface OutgoingMessage {
  readonly topic: string;
  readonly key: string;
  readonly value: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** A message as it was received: raw bytes, nothing parsed, nothing trusted. */
export interface IncomingMessage {
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
  readonly key: string | null;
  /** null is a tombstone. */
  readonly value: Buffer | null;
  readonly headers: Readonly<Record<string, string>>;
}

/** What a handler may use while it works on one message. */
export interface Delivery {
  /** Tells the broker that the handler is alive; call it between retries. */
  heartbeat(): Promise<void>;
  /** Aborted when the consumer stops: leave retries early. */
  readonly signal: AbortSignal;
}

/**
 * The answer of a handler. `done`: go on with the next message. `pause`: the message was not handled; pause this
 * partition for `pauseMs` and deliver the same message again. A handler never throws; if it does, the adapter treats
 * it as `pause` for one second and logs the error.
 */
export type HandlerAnswer = { readonly kind: 'done' } | { readonly kind: 'pause'; readonly pauseMs: number };

export type MessageHandler = (message: IncomingMessage, delivery: Delivery) => Promise<HandlerAnswer>;

export interface TopicSettings {
  readonly name: string;
  readonly partitions: number;
  readonly retentionMs: number;
}

export interface ConsumerState {
  /** The consumer is a member of its group and fetches. */
  readonly consuming: boolean;
  /** Since when `consuming` has had its present value. */
  readonly since: Date;
  readonly pausedPartitions: readonly string[];
}

export interface BusConsumer {
  state(): ConsumerState;
  /** Finishes the message in hand, commits its offset, leaves the group. Safe to call twice. */
  stop(): Promise<void>;
}

export interface Bus {
  readonly kind: 'kafka' | 'embedded';
  /** Connects and creates the topics that are missing. Never waits longer than its connect timeout. */
  start(topics: readonly TopicSettings[]): Promise<void>;
  /** Publishes in the given order; resolves when all replicas have acknowledged all, rejects when that is not known. */
  publish(messages: readonly OutgoingMessage[]): Promise<void>;
  /** Joins a consumer group; a group without an offset starts from the beginning. */
  subscribe(group: string, topics: readonly string[], handler: MessageHandler): Promise<BusConsumer>;
  /** Asks the broker a cheap question; false when it cannot be reached within 2 s. */
  reachable(): Promise<boolean>;
  stop(): Promise<void>;
}
