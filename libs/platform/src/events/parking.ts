import { Injectable } from '@nestjs/common';
import { DomainError, type ServiceName } from '@ledger/contracts';
import type { IncomingMessage } from '../bus/bus';
import type { Database } from '../database/database';
import { newId } from '../database/new-id';
import type { ParkedEvent } from './dto/parked-event.dto';

/** What is known of a message that is parked; an unreadable one has no event. */
export interface ParkedIdentity {
  readonly partitionKey: string | null;
  readonly eventId: string | null;
  readonly type: string | null;
}

interface ParkedRow {
  readonly id: string;
  readonly topic: string;
  readonly partition_key: string | null;
  readonly event_id: string | null;
  readonly type: string | null;
  readonly code: string;
  readonly reason: string;
  readonly state: ParkedEvent['state'];
  readonly parked_at: Date;
  readonly value: Buffer | null;
}

const MAX_KEPT_BYTES = 1_000_000;
const MAX_KEY_CHARACTERS = 200;
const MAX_REASON_CHARACTERS = 2_000;
const MAX_STACK_CHARACTERS = 8_000;

/** Events that can not be handled, with the reason, until somebody replays or discards them. */
@Injectable()
export class Parking {
  constructor(
    private readonly service: ServiceName,
    private readonly database: Database,
  ) {}

  /** Parks a message; the same message of the bus is parked once only. */
  async park(message: IncomingMessage, identity: ParkedIdentity, error: Error): Promise<void> {
    const code = error instanceof DomainError ? error.code : 'EVENT_HANDLER_FAULT';
    await this.database.query(
      `INSERT INTO parked_events
         (id, subscriber, topic, bus_position, partition_key, event_id, type, value, code, reason, stack)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
       ON CONFLICT (subscriber, bus_position) DO NOTHING`,
      [
        newId(),
        this.service,
        message.topic,
        `${message.topic}/${message.partition}/${message.offset}`,
        identity.partitionKey === null ? null : storable(identity.partitionKey, MAX_KEY_CHARACTERS),
        identity.eventId,
        identity.type,
        message.value && message.value.byteLength <= MAX_KEPT_BYTES ? message.value : null,
        code,
        storable(error.message, MAX_REASON_CHARACTERS),
        error instanceof DomainError || !error.stack ? null : storable(error.stack, MAX_STACK_CHARACTERS),
      ],
    );
  }

  async list(page: { readonly limit: number; readonly offset: number }): Promise<ParkedEvent[]> {
    const rows = await this.database.query<ParkedRow>(
      `SELECT id, topic, partition_key, event_id, type, code, reason, state, parked_at, NULL AS value
       FROM parked_events ORDER BY position DESC LIMIT $1 OFFSET $2`,
      [page.limit, page.offset],
    );
    return rows.map(describe);
  }

  async openCount(): Promise<number> {
    const [row] = await this.database.query<{ open: string }>(
      `SELECT count(*) AS open FROM parked_events WHERE state = 'open'`,
    );
    return Number(row.open);
  }

  /**
   * The parked message as it came, for a replay.
   * @throws DomainError PARKED_EVENT_NOT_FOUND when there is none that is open and was kept whole
   */
  async message(id: string): Promise<IncomingMessage> {
    const [row] = await this.database.query<ParkedRow>(
      `SELECT * FROM parked_events WHERE id = $1 AND state = 'open' AND value IS NOT NULL`,
      [id],
    );
    if (!row) throw new DomainError('PARKED_EVENT_NOT_FOUND');
    return { topic: row.topic, partition: -1, offset: id, key: row.partition_key, value: row.value, headers: {} };
  }

  async settle(id: string, state: 'replayed' | 'discarded', by: string): Promise<void> {
    await this.database.query(
      `UPDATE parked_events SET state = $2, settled_at = now(), settled_by = $3 WHERE id = $1 AND state = 'open'`,
      [id, state, by],
    );
  }
}

/**
 * A text that the database takes: no NUL, which it cannot store, and short enough for an index. A message that cannot be
 * parked would hold its partition for ever; its bytes are kept as they came.
 */
function storable(text: string, maxCharacters: number): string {
  return text.slice(0, maxCharacters).replaceAll('\0', '\uFFFD');
}

function describe(row: ParkedRow): ParkedEvent {
  return {
    id: row.id,
    topic: row.topic,
    partitionKey: row.partition_key,
    eventId: row.event_id,
    type: row.type,
    code: row.code,
    reason: row.reason,
    state: row.state,
    parkedAt: row.parked_at.toISOString(),
  };
}
