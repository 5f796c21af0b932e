import type { IncomingMessage } from '../bus';
import type { BusDatabase, Query } from './bus-database';
import { MESSAGE_CHANNEL } from './wake-up';

export interface Place {
  readonly topic: string;
  readonly partition: number;
}

/** One message to append; its partition is chosen already. */
export interface Appended extends Place {
  readonly key: string | null;
  readonly value: Buffer | null;
  readonly headers: Readonly<Record<string, string>>;
}

interface MessageRow {
  readonly message_offset: string;
  readonly key: string | null;
  readonly value: Buffer | null;
  readonly headers: Record<string, string>;
}

const MESSAGES_AT_ONCE = 50;
const BYTES_AT_ONCE = 1_000_000;

/** The name of a partition, as it travels in notifications. */
export const nameOf = ({ topic, partition }: Place): string => `${topic}/${partition}`;

/** Appends in the given order, in one transaction, and wakes the consumers when it commits. */
export async function append(database: BusDatabase, messages: readonly Appended[]): Promise<void> {
  await database.transaction(async (query) => {
    const next = await lockHeads(query, messages);
    const offsets = messages.map((message) => {
      const offset = next.get(nameOf(message));
      if (offset === undefined) throw new Error(`the bus has no partition ${nameOf(message)}`);
      next.set(nameOf(message), offset + 1n);
      return offset;
    });
    await insert(query, messages, offsets);
    await moveHeads(query, messages, next);
  });
}

/** Locks the heads of all partitions of a batch, always in the same order, so that two publishers never deadlock. */
async function lockHeads(query: Query, places: readonly Place[]): Promise<Map<string, bigint>> {
  const heads = await query<Place & { next_offset: string }>(
    `SELECT topic, partition, next_offset FROM partitions
     WHERE (topic, partition) IN (SELECT * FROM unnest($1::text[], $2::integer[]))
     ORDER BY topic, partition FOR UPDATE`,
    [places.map((place) => place.topic), places.map((place) => place.partition)],
  );
  return new Map(heads.map((head) => [nameOf(head), BigInt(head.next_offset)]));
}

async function insert(query: Query, messages: readonly Appended[], offsets: readonly bigint[]): Promise<void> {
  await query(
    `INSERT INTO messages (topic, partition, message_offset, key, value, headers)
     SELECT * FROM unnest($1::text[], $2::integer[], $3::bigint[], $4::text[], $5::bytea[], $6::jsonb[])`,
    [
      messages.map((message) => message.topic),
      messages.map((message) => message.partition),
      offsets,
      messages.map((message) => message.key),
      messages.map((message) => message.value),
      messages.map((message) => JSON.stringify(message.headers)),
    ],
  );
}

async function moveHeads(query: Query, messages: readonly Place[], next: ReadonlyMap<string, bigint>): Promise<void> {
  const places = [...new Map(messages.map((message) => [nameOf(message), message])).values()];
  await query(
    `WITH moved AS (
       UPDATE partitions SET next_offset = head.next_offset
       FROM unnest($1::text[], $2::integer[], $3::bigint[]) AS head (topic, partition, next_offset)
       WHERE partitions.topic = head.topic AND partitions.partition = head.partition
       RETURNING partitions.topic || '/' || partitions.partition AS name)
     SELECT pg_notify($4, name) FROM moved`,
    [
      places.map((place) => place.topic),
      places.map((place) => place.partition),
      places.map((place) => next.get(nameOf(place))),
      MESSAGE_CHANNEL,
    ],
  );
}

/** Some messages of a partition from an offset on, in order: 50 or a megabyte, but at least one if there is one. */
export async function read(
  database: BusDatabase,
  { topic, partition }: Place,
  from: bigint,
): Promise<IncomingMessage[]> {
  const rows = await database.query<MessageRow>(
    `SELECT message_offset, key, value, headers
     FROM (SELECT message_offset, key, value, headers,
                  sum(octet_length(value)) OVER (ORDER BY message_offset) - octet_length(value) AS bytes_before
           FROM messages WHERE topic = $1 AND partition = $2 AND message_offset >= $3
           ORDER BY message_offset LIMIT $4) AS following
     WHERE coalesce(bytes_before, 0) < $5 ORDER BY message_offset`,
    [topic, partition, from, MESSAGES_AT_ONCE, BYTES_AT_ONCE],
  );
  return rows.map(({ message_offset: offset, key, value, headers }) => {
    return { topic, partition, offset, key, value, headers };
  });
}
