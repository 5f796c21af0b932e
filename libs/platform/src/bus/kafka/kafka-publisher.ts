import { CompressionTypes, Partitioners, type Producer, type TopicMessages } from 'kafkajs';
import { partsBySize } from '../message-limits';
import { withTimeLimit } from '../time-limit';
import { type KafkaAddress, type KafkaClient, RETRY, openKafkaClient } from './kafka-client';

/** The relay publishes inside a transaction that the database ends after 10 s of silence: be sure before that. */
const PUBLISH_LIMIT_MS = 8_000;
const BROKER_LIMIT_MS = 4_000;
const ALL_REPLICAS = -1;

/** A message for the broker. Tests also send what our services never would: no key, no value, broken bytes. */
export interface KafkaRecord {
  readonly topic: string;
  readonly key: string | null;
  readonly value: Buffer | string | null;
  readonly headers: Readonly<Record<string, string>>;
}

interface Link {
  readonly client: KafkaClient;
  readonly producer: Producer;
  readonly connected: Promise<void>;
}

/**
 * One idempotent producer, one request at a time. After any fault the producer is thrown away with its connections, so
 * that nothing it still holds can arrive behind the messages that the next one sends.
 */
export class KafkaPublisher {
  private link: Link | undefined;
  private lastTurn: Promise<unknown> = Promise.resolve();

  constructor(private readonly address: KafkaAddress) {}

  /**
   * Sends in the given order; resolves when all replicas have all records.
   * @throws Error within 8 s of its turn when that is not known; some or all records may have been stored
   */
  publish(records: readonly KafkaRecord[]): Promise<void> {
    const turn = this.lastTurn.then(() => this.sendAll(records));
    this.lastTurn = turn.catch(() => undefined);
    return turn;
  }

  /** Lets the request in hand finish. */
  async close(): Promise<void> {
    await this.lastTurn;
    this.link?.client.cut();
    this.link = undefined;
  }

  private async sendAll(records: readonly KafkaRecord[]): Promise<void> {
    const link = (this.link ??= this.open());
    try {
      await withTimeLimit('publishing', PUBLISH_LIMIT_MS, sendInParts(link, records));
    } catch (error) {
      link.client.cut();
      this.link = undefined;
      throw error;
    }
  }

  private open(): Link {
    const client = openKafkaClient(this.address);
    const producer = client.kafka.producer({
      idempotent: true,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      createPartitioner: Partitioners.DefaultPartitioner,
      metadataMaxAge: 60_000,
      retry: RETRY,
    });
    return { client, producer, connected: producer.connect() };
  }
}

async function sendInParts({ connected, producer }: Link, records: readonly KafkaRecord[]): Promise<void> {
  await connected;
  for (const part of partsBySize(records)) {
    await producer.sendBatch({
      acks: ALL_REPLICAS,
      timeout: BROKER_LIMIT_MS,
      compression: CompressionTypes.None,
      topicMessages: part.map(toTopicMessage),
    });
  }
}

/** kafkajs joins what goes to one topic, in the order given. */
function toTopicMessage({ topic, key, value, headers }: KafkaRecord): TopicMessages {
  return { topic, messages: [{ key, value, headers: { ...headers } }] };
}
