import type { TopicSettings } from '../bus';
import type { BusDatabase } from './bus-database';

/** Creates topics and knows how many partitions each has. That number never changes: it would break the order of keys. */
export class TopicDirectory {
  private readonly partitions = new Map<string, number>();

  constructor(private readonly database: BusDatabase) {}

  /** Creates what is missing. An existing topic keeps its partitions and takes the new retention. */
  async createMissing(topics: readonly TopicSettings[]): Promise<void> {
    await this.database.transaction(async (query) => {
      await query(
        `INSERT INTO topics (name, partitions, retention_ms)
         SELECT * FROM unnest($1::text[], $2::integer[], $3::bigint[]) AS topic (name, partitions, retention_ms)
         ORDER BY name
         ON CONFLICT (name) DO UPDATE SET retention_ms = excluded.retention_ms`,
        [topics.map((t) => t.name), topics.map((t) => t.partitions), topics.map((t) => t.retentionMs)],
      );
      await query(
        `INSERT INTO partitions (topic, partition)
         SELECT name, generate_series(0, partitions - 1) FROM topics WHERE name = ANY ($1) ORDER BY 1, 2
         ON CONFLICT DO NOTHING`,
        [topics.map((t) => t.name)],
      );
    });
  }

  /** @throws Error when nobody has created the topic */
  async partitionsOf(topic: string): Promise<number> {
    const known = this.partitions.get(topic);
    if (known !== undefined) return known;
    const [row] = await this.database.query<{ partitions: number }>('SELECT partitions FROM topics WHERE name = $1', [
      topic,
    ]);
    if (!row) throw new Error(`the bus has no topic ${topic}`);
    this.partitions.set(topic, row.partitions);
    return row.partitions;
  }
}
