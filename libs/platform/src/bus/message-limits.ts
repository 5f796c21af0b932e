import type { OutgoingMessage } from './bus';

/** The largest value that can be published, in bytes of UTF-8; headers and framing still fit into a broker's 1 MiB. */
export const MAX_VALUE_BYTES = 1_000_000;

/** What one request to the broker carries at most, unless a single message is larger. */
const MAX_REQUEST_BYTES = 900_000;

/** @throws RangeError when a message could never be published, before any of them is */
export function assertPublishable(messages: readonly OutgoingMessage[]): void {
  const tooLarge = messages.find((message) => Buffer.byteLength(message.value) > MAX_VALUE_BYTES);
  if (tooLarge) throw new RangeError(`a message for ${tooLarge.topic} is larger than ${MAX_VALUE_BYTES} bytes`);
}

/** Cuts a batch into consecutive runs that fit into one request each. */
export function partsBySize<M extends { readonly value: Buffer | string | null }>(messages: readonly M[]): M[][] {
  const parts: M[][] = [];
  let bytes = Infinity;
  for (const message of messages) {
    const size = message.value === null ? 0 : Buffer.byteLength(message.value);
    if (bytes + size > MAX_REQUEST_BYTES) {
      parts.push([]);
      bytes = 0;
    }
    parts[parts.length - 1].push(message);
    bytes += size;
  }
  return parts;
}
