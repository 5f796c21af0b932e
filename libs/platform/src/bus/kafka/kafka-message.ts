import type { IHeaders, KafkaMessage } from 'kafkajs';
import type { IncomingMessage } from '../bus';

/** Bytes from the broker as the handlers see them. Nothing in them is trusted, so nothing here can throw. */
export function toIncomingMessage(topic: string, partition: number, message: KafkaMessage): IncomingMessage {
  return {
    topic,
    partition,
    offset: message.offset,
    key: message.key?.toString() ?? null,
    value: message.value,
    headers: toHeaders(message.headers),
  };
}

/** A header that was sent more than once has its last value. */
function toHeaders(headers: IHeaders = {}): Record<string, string> {
  const entries = Object.entries(headers).flatMap(([name, values]) => {
    const value = Array.isArray(values) ? values.at(-1) : values;
    return value === undefined ? [] : [[name, value.toString()]];
  });
  return Object.fromEntries(entries) as Record<string, string>;
}
