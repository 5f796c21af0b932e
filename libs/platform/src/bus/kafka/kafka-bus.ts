import type { Bus, BusConsumer, MessageHandler, OutgoingMessage, TopicSettings } from '../bus';
import { assertPublishable } from '../message-limits';
import { Namespace } from '../namespace';
import { KafkaAdmin } from './kafka-admin';
import type { KafkaAddress } from './kafka-client';
import { KafkaConsumer } from './kafka-consumer';
import { KafkaPublisher } from './kafka-publisher';

export interface KafkaBusOptions extends KafkaAddress {
  /** Prefix of topics and groups; empty for none. */
  readonly namespace: string;
}

/** The bus over Apache Kafka. This folder is the only place that knows kafkajs. */
export class KafkaBus implements Bus {
  readonly kind = 'kafka';
  private readonly namespace: Namespace;
  private readonly admin: KafkaAdmin;
  private readonly publisher: KafkaPublisher;
  private readonly consumers = new Set<KafkaConsumer>();
  private topics: TopicSettings[] = [];

  constructor(private readonly options: KafkaBusOptions) {
    this.namespace = new Namespace(options.namespace);
    this.admin = new KafkaAdmin(options);
    this.publisher = new KafkaPublisher(options);
  }

  /** @throws Error after 8 s at most when the broker cannot be reached; may be called again */
  async start(topics: readonly TopicSettings[]): Promise<void> {
    this.topics = topics.map((topic) => ({ ...topic, name: this.namespace.add(topic.name) }));
    await this.admin.createMissing(this.topics);
  }

  async publish(messages: readonly OutgoingMessage[]): Promise<void> {
    assertPublishable(messages);
    if (messages.length === 0) return;
    await this.publisher.publish(messages.map((message) => ({ ...message, topic: this.namespace.add(message.topic) })));
  }

  /** Returns at once; joining, and joining again after every outage, goes on behind `state()`. */
  subscribe(group: string, topics: readonly string[], handler: MessageHandler): Promise<BusConsumer> {
    const parts = { address: this.options, namespace: this.namespace, subscription: { group, topics, handler } };
    const consumer = new KafkaConsumer(parts, () => this.admin.createMissing(this.topics));
    this.consumers.add(consumer);
    return Promise.resolve(consumer);
  }

  reachable(): Promise<boolean> {
    return this.admin.reachable();
  }

  /** Stops consumers that still run, lets the publish in hand finish and closes all connections. */
  async stop(): Promise<void> {
    await Promise.all([...this.consumers].map((consumer) => consumer.stop()));
    await this.publisher.close();
    this.admin.close();
  }
}
