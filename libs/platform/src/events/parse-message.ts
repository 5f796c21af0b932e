import {
  DomainError,
  MAX_EVENT_BYTES,
  envelopeSchema,
  eventDefinition,
  type EventEnvelope,
  type RawEnvelope,
} from '@ledger/contracts';
import type { IncomingMessage } from '../bus/bus';
import type { ParkedIdentity } from './parking';

/** Either a checked event, or the refusal it is parked with and as much as is known of it. Deserialising never throws. */
export type ParsedMessage =
  { readonly event: EventEnvelope<unknown> } | { readonly refusal: DomainError; readonly identity: ParkedIdentity };

/**
 * Checks bytes, envelope, type and data of a message, in this order. Nothing in it is trusted before. A refused event
 * with a good envelope keeps its place in its aggregate: what follows it waits behind it, until a later release of this
 * service can read it.
 */
export function parseMessage(message: IncomingMessage): ParsedMessage {
  const unreadable: ParkedIdentity = { partitionKey: message.key, eventId: null, type: null };
  if (message.value === null) return refuse(unreadable, 'EVENT_MALFORMED', 'a tombstone carries no event');
  if (message.value.byteLength > MAX_EVENT_BYTES) return refuse(unreadable, 'EVENT_MALFORMED', 'larger than allowed');
  let content: unknown;
  try {
    content = JSON.parse(message.value.toString('utf8'));
  } catch {
    return refuse(unreadable, 'EVENT_MALFORMED', 'not JSON');
  }
  const envelope = envelopeSchema.safeParse(content);
  if (!envelope.success) return refuse(unreadable, 'EVENT_MALFORMED', firstFault('envelope', envelope.error.issues));
  const identity = identityOf(envelope.data);
  const definition = eventDefinition(envelope.data.type);
  if (!definition) return refuse(identity, 'EVENT_TYPE_UNKNOWN', `type ${envelope.data.type}`);
  if (definition.topic !== message.topic) {
    return refuse(unreadable, 'EVENT_MALFORMED', `${envelope.data.type} does not belong on ${message.topic}`);
  }
  const data = definition.schema.safeParse(envelope.data.data);
  if (!data.success) return refuse(identity, 'EVENT_MALFORMED', firstFault('data', data.error.issues));
  return { event: { ...envelope.data, data: data.data } };
}

/** What a parked event goes by. */
export const identityOf = (envelope: RawEnvelope): ParkedIdentity => ({
  partitionKey: envelope.partitionkey,
  eventId: envelope.id,
  type: envelope.type,
});

function refuse(
  identity: ParkedIdentity,
  code: 'EVENT_MALFORMED' | 'EVENT_TYPE_UNKNOWN',
  detail: string,
): ParsedMessage {
  return { refusal: new DomainError(code, { detail }), identity };
}

function firstFault(part: string, issues: readonly { path: PropertyKey[]; message: string }[]): string {
  const [issue] = issues;
  return `${part} ${issue.path.map(String).join('/') || '(root)'}: ${issue.message}`.slice(0, 400);
}
