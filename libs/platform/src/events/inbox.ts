import { Injectable } from '@nestjs/common';
import { DomainError, eventDefinition, type EventEnvelope, type ServiceName } from '@ledger/contracts';
import type { Database, Tx } from '../database/database';
import { safeInteger } from '../database/safe-integer';
import { failPoint } from '../service/fail-points';

export type Effect = (tx: Tx) => Promise<unknown>;
export type Refusal = (tx: Tx, error: DomainError) => Promise<unknown>;

/** Lets every event take effect exactly once, in the order of its aggregate. */
@Injectable()
export class Inbox {
  constructor(
    private readonly service: ServiceName,
    private readonly database: Database,
  ) {}

  /**
   * Runs `effect` in one transaction with the inbox row. A duplicate does nothing. With `onRefusal`, a DomainError of
   * the effect rolls it back and `onRefusal` answers in its place, in a new transaction with the inbox row; without it
   * the error reaches the shell, which parks the event.
   * @throws DomainError EVENT_BEHIND_PARKED, EVENT_OUT_OF_SEQUENCE; whatever the effect throws
   */
  async once(event: EventEnvelope<unknown>, effect: Effect, onRefusal?: Refusal): Promise<void> {
    try {
      await this.database.transaction((tx) => this.take(tx, event, effect));
    } catch (error) {
      if (!(error instanceof DomainError) || !onRefusal || error.code.startsWith('EVENT_')) throw error;
      await this.database.transaction((tx) => this.take(tx, event, () => onRefusal(tx, error)));
    }
    failPoint('inbox.after-effect');
  }

  /** Counts an event nobody here handles, so that a later gap of its aggregate is still noticed. */
  async pass(event: EventEnvelope<unknown>): Promise<void> {
    await this.once(event, () => Promise.resolve());
  }

  private async take(tx: Tx, event: EventEnvelope<unknown>, effect: Effect): Promise<void> {
    const inserted = await tx.execute(
      'INSERT INTO inbox (subscriber, event_id, type) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
      [this.service, event.id, event.type],
    );
    if (inserted === 0) return;
    await refuseBehindParked(tx, event);
    await advanceSequence(tx, event);
    failPoint(`inbox.before-effect.${event.type}`);
    await effect(tx);
  }
}

const topicOf = (event: EventEnvelope<unknown>): string => eventDefinition(event.type)?.topic ?? event.type;

/** While an earlier event of the aggregate is parked, later ones wait behind it; the one being replayed is the first. */
async function refuseBehindParked(tx: Tx, event: EventEnvelope<unknown>): Promise<void> {
  const [earlier] = await tx.query<{ event_id: string | null }>(
    `SELECT event_id FROM parked_events
     WHERE topic = $1 AND partition_key = $2 AND state = 'open' AND event_id IS NOT NULL
     ORDER BY position LIMIT 1`,
    [topicOf(event), event.partitionkey],
  );
  if (earlier && earlier.event_id !== event.id) {
    throw new DomainError('EVENT_BEHIND_PARKED', { detail: `event ${earlier.event_id} of the aggregate is parked` });
  }
}

/** The first event seen of an aggregate sets the count; after it, each must be the next. */
async function advanceSequence(tx: Tx, event: EventEnvelope<unknown>): Promise<void> {
  const lane = [event.source, topicOf(event), event.partitionkey];
  const advanced = await tx.execute(
    `INSERT INTO inbox_sequences AS seen (source, topic, partition_key, last_sequence) VALUES ($1, $2, $3, $4)
     ON CONFLICT (source, topic, partition_key) DO UPDATE
       SET last_sequence = EXCLUDED.last_sequence, updated_at = now()
       WHERE seen.last_sequence + 1 = EXCLUDED.last_sequence`,
    [...lane, event.sequence],
  );
  if (advanced === 1) return;
  const [row] = await tx.query<{ last_sequence: string }>(
    'SELECT last_sequence FROM inbox_sequences WHERE source = $1 AND topic = $2 AND partition_key = $3',
    lane,
  );
  const last = safeInteger(row.last_sequence);
  throw new DomainError('EVENT_OUT_OF_SEQUENCE', { detail: `got ${event.sequence} after ${last}` });
}
