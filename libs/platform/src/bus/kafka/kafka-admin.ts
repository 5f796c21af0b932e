import type { Admin } from 'kafkajs';
import type { TopicSettings } from '../bus';
import { withTimeLimit } from '../time-limit';
import { type KafkaAddress, type KafkaClient, openKafkaClient } from './kafka-client';

const START_LIMIT_MS = 8_000;
const QUESTION_LIMIT_MS = 2_000;
const BROKER_DEFAULT = -1;

interface Link {
  readonly client: KafkaClient;
  readonly admin: Admin;
  readonly connected: Promise<void>;
}

/** Topics and the question whether the broker answers, over one connection that is made again after every fault. */
export class KafkaAdmin {
  private link: Link | undefined;

  constructor(private readonly address: KafkaAddress) {}

  /**
   * Creates the topics that are missing; those that exist keep their settings.
   * @throws Error when the broker cannot be reached in 8 s
   */
  async createMissing(topics: readonly TopicSettings[]): Promise<void> {
    await this.ask('creating topics', START_LIMIT_MS, async (admin) => {
      const present = new Set(await admin.listTopics());
      const missing = topics.filter((topic) => !present.has(topic.name));
      if (missing.length === 0) return;
      await admin.createTopics({ topics: missing.map(toKafkaTopic), waitForLeaders: true, timeout: 5_000 });
    });
  }

  async reachable(): Promise<boolean> {
    try {
      await this.ask('describing the cluster', QUESTION_LIMIT_MS, (admin) => admin.describeCluster());
      return true;
    } catch {
      return false;
    }
  }

  close(): void {
    this.link?.client.cut();
    this.link = undefined;
  }

  private async ask<T>(what: string, limitMs: number, question: (admin: Admin) => Promise<T>): Promise<T> {
    const link = (this.link ??= this.open());
    try {
      return await withTimeLimit(
        what,
        limitMs,
        link.connected.then(() => question(link.admin)),
      );
    } catch (error) {
      link.client.cut();
      if (this.link === link) this.link = undefined;
      throw error;
    }
  }

  private open(): Link {
    const client = openKafkaClient(this.address);
    const admin = client.kafka.admin();
    return { client, admin, connected: admin.connect() };
  }
}

function toKafkaTopic({ name, partitions, retentionMs }: TopicSettings) {
  return {
    topic: name,
    numPartitions: partitions,
    replicationFactor: BROKER_DEFAULT,
    configEntries: [{ name: 'retention.ms', value: String(retentionMs) }],
  };
}
