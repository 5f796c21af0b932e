export type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** Headers of one connection, not of the message (RFC 9110 §7.6.1), and `expect`, which the door answers itself. */
const HOP_BY_HOP = new Set([
  'connection',
  'expect',
  'http2-settings',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);
/** What a client says about where it comes from is not believed. */
const CLAIMED_ORIGIN = /^(forwarded|via|x-forwarded-.*|x-real-ip|x-client-ip|x-original-.*|x-rewrite-.*)$/;
/** Set by the door for its own answer. */
const SET_BY_DOOR = new Set(['x-correlation-id', 'server', 'x-powered-by']);

/**
 * The headers to send on: those of the message, without the ones of the connection and without claims about the origin,
 * plus where the request really came from.
 * @param hasBody  a GET or HEAD is sent on without a body, so the length of one must not be announced
 */
export function headersToService(
  headers: Headers,
  request: { readonly address: string; readonly host: string; readonly hasBody: boolean },
): Record<string, string | string[]> {
  const kept = Object.entries(headers).filter(
    ([name]) => !HOP_BY_HOP.has(name) && !CLAIMED_ORIGIN.test(name) && (request.hasBody || name !== 'content-length'),
  );
  return {
    ...present(kept),
    'x-forwarded-for': request.address,
    'x-forwarded-host': request.host,
  };
}

/** The headers to give back to the client. */
export function headersToClient(headers: Headers): Record<string, string | string[]> {
  return present(Object.entries(headers).filter(([name]) => !HOP_BY_HOP.has(name) && !SET_BY_DOOR.has(name)));
}

const present = (
  entries: readonly (readonly [string, string | string[] | undefined])[],
): Record<string, string | string[]> =>
  Object.fromEntries(entries.filter((entry): entry is [string, string | string[]] => entry[1] !== undefined));
