import { Injectable } from '@nestjs/common';
import {
  EVENT_CONTENT_TYPE,
  MAX_EVENT_BYTES,
  type EventDefinition,
  type EventEnvelope,
  type ServiceName,
} from '@ledger/contracts';
import type { z } from 'zod';
import type { Tx } from '../database/database';
import { newId } from '../database/new-id';
import { safeInteger } from '../database/safe-integer';
import type { Cause } from './cause';

export const EVENT_HEADERS = { 'content-type': EVENT_CONTENT_TYPE } as const;

/** Writes events into the business transaction. Only the relay publishes them. */
@Injectable()
export class Outbox {
  private wakeRelay: () => void = () => undefined;

  constructor(private readonly service: ServiceName) {}

  /** Tells the relay of new rows right after a commit; without it they wait for the next sweep. */
  onCommit(wake: () => void): void {
    this.wakeRelay = wake;
  }

  /**
   * Adds one event. The aggregate's sequence row stays locked until the commit, so the numbers have no gaps and the
   * rows of one aggregate have the order of their commits.
   * @returns the event's id
   * @throws ZodError when the data do not fit the definition: a bug of the caller
   */
  async add<Schema extends z.ZodType>(
    tx: Tx,
    definition: EventDefinition<Schema>,
    data: z.input<Schema>,
    cause: Cause,
  ): Promise<string> {
    const checked = definition.schema.parse(data);
    const partitionKey = definition.keyOf(checked);
    const envelope: EventEnvelope<unknown> = {
      specversion: '1.0',
      id: newId(),
      source: `/${this.service}`,
      type: definition.type,
      time: tx.now.toISOString(),
      datacontenttype: 'application/json',
      subject: partitionKey,
      partitionkey: partitionKey,
      sequence: await nextSequence(tx, definition.topic, partitionKey),
      correlationid: cause.correlationId,
      causationid: cause.causationId,
      realm: cause.realm,
      data: checked,
    };
    const text = JSON.stringify(envelope);
    if (Buffer.byteLength(text) > MAX_EVENT_BYTES) throw new RangeError(`${definition.type} is too large to publish`);
    await tx.execute(
      `INSERT INTO outbox (id, topic, partition_key, sequence, type, envelope) VALUES ($1, $2, $3, $4, $5, $6)`,
      [envelope.id, definition.topic, partitionKey, envelope.sequence, definition.type, text],
    );
    this.announceAfter(tx);
    return envelope.id;
  }

  /** For events that the database itself writes to the outbox: the relay hears of them after the commit. */
  announceAfter(tx: Tx): void {
    tx.afterCommit(this.wakeRelay);
  }
}

async function nextSequence(tx: Tx, topic: string, partitionKey: string): Promise<number> {
  const [row] = await tx.query<{ last_sequence: string }>(
    `INSERT INTO outbox_sequences (topic, partition_key, last_sequence) VALUES ($1, $2, 1)
     ON CONFLICT (topic, partition_key) DO UPDATE SET last_sequence = outbox_sequences.last_sequence + 1
     RETURNING last_sequence`,
    [topic, partitionKey],
  );
  return safeInteger(row.last_sequence);
}
