import type { Caller } from '@ledger/contracts';
import type { FastifyRequest } from 'fastify';

export const CORRELATION_HEADER = 'x-correlation-id';
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

const callers = new WeakMap<object, Caller>();

/** Remembers the verified caller of a request; only the access guard calls it. */
export function rememberCaller(request: FastifyRequest, caller: Caller): void {
  callers.set(request.raw, caller);
}

export function callerOf(request: FastifyRequest): Caller | undefined {
  return callers.get(request.raw);
}

/** The request's correlation id: the caller's own when it is a UUID, otherwise one made here. */
export function correlationIdOf(request: { headers: Record<string, string | string[] | undefined> }): string {
  return String(request.headers[CORRELATION_HEADER]);
}

/** The caller's own correlation id when it is a UUID, otherwise undefined. */
export function usableCorrelationId(value: unknown): string | undefined {
  return typeof value === 'string' && UUID.test(value) ? value : undefined;
}
