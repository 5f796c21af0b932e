import type { EventEnvelope, Realm } from '@ledger/contracts';

/** What led to an event: the allocation or incident it belongs to and the event or request right before it. */
export interface Cause {
  readonly correlationId: string;
  readonly causationId: string;
  readonly realm: Realm;
}

/** The cause of whatever follows from `event`: correlation kept, causation is the event itself. */
export function causeOf(event: EventEnvelope<unknown>): Cause {
  return { correlationId: event.correlationid, causationId: event.id, realm: event.realm };
}
