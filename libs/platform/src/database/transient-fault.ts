/** SQLSTATE classes and codes that say "not now" rather than "never". */
const TRANSIENT_SQL_STATES = /^(08...|53...|57P0[1-5]|57014|58030|40001|40P01|55P03|25P03|25006)$/;
const CONNECTION_SQL_STATES = /^(08...|57P0[1-5]|25P03)$/;
const TRANSIENT_NODE_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);
const TRANSIENT_MESSAGES =
  /connection terminated|timeout exceeded when trying to connect|query read timeout|client has encountered a connection error|not queryable|cannot use a pool after calling end/i;

interface CodedError {
  readonly code?: unknown;
  readonly detail?: unknown;
  readonly message?: unknown;
  readonly driverError?: unknown;
  readonly cause?: unknown;
}

/** SQLSTATE or system code of a database error, looked for through the wrappers of the driver. */
export function faultCode(error: unknown): string | undefined {
  const { code, driverError, cause } = (error ?? {}) as CodedError;
  if (typeof code === 'string') return code;
  return driverError || cause ? faultCode(driverError ?? cause) : undefined;
}

/** The detail that the database gave with an error, looked for in the same way. */
export function faultDetail(error: unknown): string | undefined {
  const { detail, driverError, cause } = (error ?? {}) as CodedError;
  if (typeof detail === 'string') return detail;
  return driverError || cause ? faultDetail(driverError ?? cause) : undefined;
}

/** True when another attempt of the same work may succeed: lost connection, deadlock, lock or statement timeout. */
export function isTransientFault(error: unknown): boolean {
  return TRANSIENT_SQL_STATES.test(faultCode(error) ?? '') || isConnectionFault(error);
}

/**
 * True when the fault is the connection's, so that nothing more can be asked on it. Words count only where there is no
 * code: a refusal may repeat what somebody has typed in.
 */
export function isConnectionFault(error: unknown): boolean {
  const code = faultCode(error);
  if (code !== undefined) return CONNECTION_SQL_STATES.test(code) || TRANSIENT_NODE_CODES.has(code);
  const message = (error as CodedError | undefined)?.message;
  return typeof message === 'string' && TRANSIENT_MESSAGES.test(message);
}

/** Faults after which the same transaction is simply run again: the database chose a victim or a lock came too late. */
export function isRetryableTransaction(error: unknown): boolean {
  const code = faultCode(error);
  return code === '40001' || code === '40P01' || code === '55P03';
}
