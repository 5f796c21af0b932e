import { DomainError, MAX_EVENT_BYTES, envelopeSchema, eventDefinition, type EventEnvelope } from '@ledger/contracts';
import type { IncomingMessage } from '../bus/bus';

/** Either a checked event, or the refusal it is parked with. Deserialising never throws. */
export type ParsedMessage =
  { readonly event: EventEnvelope<unknown> } | { readonly refusal: DomainError; readonly partitionKey: string | null };

/** Checks bytes, envelope, type and data of a message, in this order. Nothing in it is trusted before. */
export function parseMessage(message: IncomingMessage): ParsedMessage {
  if (message.value === null) return refuse(message, 'EVENT_MALFORMED', 'a tombstone carries no event');
  if (message.value.byteLength > MAX_EVENT_BYTES) return refuse(message, 'EVENT_MALFORMED', 'larger than allowed');
  let content: unknown;
  try {
    content = JSON.parse(message.value.toString('utf8'));
  } catch {
    return refuse(message, 'EVENT_MALFORMED', 'not JSON');
  }
  const envelope = envelopeSchema.safeParse(content);
  if (!envelope.success) return refuse(message, 'EVENT_MALFORMED', firstFault('envelope', envelope.error.issues));
  const definition = eventDefinition(envelope.data.type);
  if (!definition) return refuse(message, 'EVENT_TYPE_UNKNOWN', `type ${envelope.data.type}`);
  if (definition.topic !== message.topic) {
    return refuse(message, 'EVENT_MALFORMED', `${envelope.data.type} does not belong on ${message.topic}`);
  }
  const data = definition.schema.safeParse(envelope.data.data);
  if (!data.success) return refuse(message, 'EVENT_MALFORMED', firstFault('data', data.error.issues));
  return { event: { ...envelope.data, data: data.data } };
}

function refuse(
  message: IncomingMessage,
  code: 'EVENT_MALFORMED' | 'EVENT_TYPE_UNKNOWN',
  detail: string,
): ParsedMessage {
  return { refusal: new DomainError(code, { detail }), partitionKey: message.key };
}

function firstFault(part: string, issues: readonly { path: PropertyKey[]; message: string }[]): string {
  const [issue] = issues;
  return `${part} ${issue.path.map(String).join('/') || '(root)'}: ${issue.message}`.slice(0, 400);
}
