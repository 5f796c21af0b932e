import type { BusDatabase, Query } from './bus-database';
import { fairShare } from './fair-share';
import type { Place } from './message-log';
import { GROUP_CHANNEL } from './wake-up';

/** How long a partition stays with a member that is not heard of. */
export const LEASE_MS = 6_000;

export interface Membership {
  readonly group: string;
  readonly member: string;
  readonly topics: readonly string[];
}

/** A partition as the database says that this member owns it. */
export interface OwnedPartition extends Place {
  /** Of this ownership; a commit with another number is refused. */
  readonly fencing: bigint;
  /** First offset that is not committed. */
  readonly committed: bigint;
  /** Offset that the next message will get. */
  readonly head: bigint;
}

export interface Standing {
  readonly owned: readonly OwnedPartition[];
  /** By topic, how many partitions fall to this member. */
  readonly shares: ReadonlyMap<string, number>;
}

interface OwnedRow extends Place {
  readonly fencing: string;
  readonly committed_offset: string;
  readonly next_offset: string;
}

const LEASE = `clock_timestamp() + interval '${LEASE_MS} milliseconds'`;

/** One member's dealings with its group in the database: all times are the database's. */
export class GroupLease {
  constructor(
    private readonly database: BusDatabase,
    private readonly membership: Membership,
  ) {}

  /** Prepares the offsets of a group: one that has none starts from the beginning. @throws Error for unknown topics */
  async prepare(): Promise<void> {
    const { group, topics } = this.membership;
    await this.database.query(
      `INSERT INTO group_partitions (group_name, topic, partition)
       SELECT $1, topic, partition FROM partitions WHERE topic = ANY ($2) ORDER BY 2, 3 ON CONFLICT DO NOTHING`,
      [group, topics],
    );
    const missing = await this.database.query<{ topic: string }>(
      'SELECT topic FROM unnest($1::text[]) AS topic WHERE topic NOT IN (SELECT name FROM topics)',
      [topics],
    );
    if (missing.length > 0) throw new Error(`the bus has no topic ${missing.map(({ topic }) => topic).join(', ')}`);
  }

  /**
   * Says that this member lives, keeps what it holds and takes what falls to it and is free.
   * @param alive  the held partitions whose handlers show life; the others are not renewed
   * @param busy   names of partitions that were lost while a handler was at work; not to be taken before it is done
   */
  beat(alive: readonly Place[], busy: readonly Place[]): Promise<Standing> {
    return this.database.transaction(async (query) => {
      const { group } = this.membership;
      await query('SELECT pg_advisory_xact_lock(hashtext($1))', [`group ${group}`]);
      if (await this.updateMembers(query)) await notify(query, group);
      await this.renew(query, alive);
      const shares = await this.shares(query);
      for (const [topic, share] of shares) await this.claim(query, topic, share, busy);
      return { shares, owned: await this.owned(query) };
    });
  }

  /**
   * Commits an offset without waiting for the disk: a crash of the server may repeat the last messages, lose none.
   * @returns false when the partition now belongs to somebody else
   */
  async commit({ topic, partition, fencing }: OwnedPartition, offset: bigint): Promise<boolean> {
    const { group, member } = this.membership;
    const rows = await this.database.query(
      `WITH relaxed AS MATERIALIZED (SELECT set_config('synchronous_commit', 'off', true))
       UPDATE group_partitions SET committed_offset = $6 FROM relaxed
       WHERE group_name = $1 AND topic = $2 AND partition = $3 AND owner = $4 AND fencing = $5 RETURNING 1`,
      [group, topic, partition, member, fencing, offset],
    );
    return rows.length > 0;
  }

  /** Gives partitions back and tells the group. */
  async release(places: readonly Place[]): Promise<void> {
    await this.database.transaction(async (query) => {
      await this.free(query, places);
      await notify(query, this.membership.group);
    });
  }

  /** Gives everything back and leaves the group. */
  async leave(places: readonly Place[]): Promise<void> {
    const { group, member } = this.membership;
    await this.database.transaction(async (query) => {
      await this.free(query, places);
      await query('DELETE FROM group_members WHERE group_name = $1 AND member_id = $2', [group, member]);
      await notify(query, group);
    });
  }

  /** @returns whether somebody has joined or died */
  private async updateMembers(query: Query): Promise<boolean> {
    const { group, member, topics } = this.membership;
    const dead = await query(
      'DELETE FROM group_members WHERE group_name = $1 AND member_id <> $2 AND lease_until < clock_timestamp() RETURNING 1',
      [group, member],
    );
    const [{ joined }] = await query<{ joined: boolean }>(
      `INSERT INTO group_members (group_name, member_id, topics, lease_until) VALUES ($1, $2, $3, ${LEASE})
       ON CONFLICT (group_name, member_id) DO UPDATE SET lease_until = excluded.lease_until
       RETURNING xmax = 0 AS joined`,
      [group, member, topics],
    );
    return joined || dead.length > 0;
  }

  private async renew(query: Query, alive: readonly Place[]): Promise<void> {
    await query(
      `UPDATE group_partitions SET lease_until = ${LEASE} WHERE group_name = $1 AND owner = $2
       AND (topic, partition) IN (SELECT * FROM unnest($3::text[], $4::integer[]))`,
      [this.membership.group, this.membership.member, alive.map((p) => p.topic), alive.map((p) => p.partition)],
    );
  }

  private async shares(query: Query): Promise<Map<string, number>> {
    const { group, member, topics } = this.membership;
    const members = await query<{ member_id: string; topics: string[] }>(
      'SELECT member_id, topics FROM group_members WHERE group_name = $1',
      [group],
    );
    const counts = await query<{ topic: string; partitions: number }>(
      `SELECT topic, count(*)::integer AS partitions FROM group_partitions
       WHERE group_name = $1 AND topic = ANY ($2) GROUP BY topic`,
      [group, topics],
    );
    return new Map(
      counts.map(({ topic, partitions }) => {
        const subscribed = members.filter((row) => row.topics.includes(topic)).map((row) => row.member_id);
        return [topic, fairShare({ topic, partitions, members: subscribed, me: member })];
      }),
    );
  }

  private async claim(query: Query, topic: string, share: number, busy: readonly Place[]): Promise<void> {
    const { group, member } = this.membership;
    await query(
      `UPDATE group_partitions SET owner = $3, fencing = fencing + 1, lease_until = ${LEASE}
       WHERE group_name = $1 AND topic = $2 AND partition IN (
         SELECT partition FROM group_partitions
         WHERE group_name = $1 AND topic = $2 AND partition <> ALL ($5::integer[])
           AND (owner IS NULL OR owner <> $3 AND lease_until < clock_timestamp())
         ORDER BY partition
         LIMIT greatest(0, $4 - (SELECT count(*) FROM group_partitions
                                 WHERE group_name = $1 AND topic = $2 AND owner = $3)))`,
      [group, topic, member, share, busy.filter((place) => place.topic === topic).map((place) => place.partition)],
    );
  }

  private async owned(query: Query): Promise<OwnedPartition[]> {
    const rows = await query<OwnedRow>(
      `SELECT topic, partition, fencing, committed_offset, next_offset
       FROM group_partitions JOIN partitions USING (topic, partition)
       WHERE group_name = $1 AND owner = $2 ORDER BY topic, partition`,
      [this.membership.group, this.membership.member],
    );
    return rows.map((row) => ({
      topic: row.topic,
      partition: row.partition,
      fencing: BigInt(row.fencing),
      committed: BigInt(row.committed_offset),
      head: BigInt(row.next_offset),
    }));
  }

  private async free(query: Query, places: readonly Place[]): Promise<void> {
    await query(
      `UPDATE group_partitions SET owner = NULL, lease_until = NULL WHERE group_name = $1 AND owner = $2
       AND (topic, partition) IN (SELECT * FROM unnest($3::text[], $4::integer[]))`,
      [this.membership.group, this.membership.member, places.map((p) => p.topic), places.map((p) => p.partition)],
    );
  }
}

async function notify(query: Query, group: string): Promise<void> {
  await query('SELECT pg_notify($1, $2)', [GROUP_CHANNEL, group]);
}
