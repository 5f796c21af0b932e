import { DomainError, PROBLEMS, problemType, type FieldFault, type ProblemCode } from '@ledger/contracts';
import { HttpException } from '@nestjs/common';
import { isTransientFault } from '../database/transient-fault';

/** RFC 9457 problem details as every service answers them. */
export interface ProblemDocument {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail?: string;
  readonly instance: string;
  readonly code: ProblemCode;
  readonly correlationId: string;
  readonly errors?: readonly FieldFault[];
  readonly facts?: Readonly<Record<string, string | number | boolean | null>>;
}

const FASTIFY_CODES: Readonly<Record<string, ProblemCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'REQUEST_TOO_LARGE',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'REQUEST_MEDIA_TYPE_UNSUPPORTED',
  FST_ERR_CTP_EMPTY_TYPE: 'REQUEST_MEDIA_TYPE_UNSUPPORTED',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'REQUEST_INVALID',
  FST_ERR_CTP_INVALID_JSON_BODY: 'REQUEST_INVALID',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'REQUEST_INVALID',
};

const STATUS_CODES: Readonly<Record<number, ProblemCode>> = {
  400: 'REQUEST_INVALID',
  401: 'AUTH_TOKEN_REQUIRED',
  403: 'AUTH_ROLE_MISSING',
  404: 'ROUTE_NOT_FOUND',
  405: 'REQUEST_METHOD_NOT_ALLOWED',
  408: 'REQUEST_TIMEOUT',
  413: 'REQUEST_TOO_LARGE',
  415: 'REQUEST_MEDIA_TYPE_UNSUPPORTED',
  429: 'TOO_MANY_REQUESTS',
  503: 'SERVICE_UNAVAILABLE',
};

/** What a fault is called towards the caller. Anything unknown is an internal fault and tells nothing. */
export function problemCodeOf(fault: unknown): ProblemCode {
  if (fault instanceof DomainError) return fault.code;
  const { code, statusCode } = (fault ?? {}) as { code?: string; statusCode?: number };
  if (code && FASTIFY_CODES[code]) return FASTIFY_CODES[code];
  if (fault instanceof HttpException) return STATUS_CODES[fault.getStatus()] ?? 'INTERNAL_FAULT';
  if (isTransientFault(fault)) return 'SERVICE_UNAVAILABLE';
  if (fault instanceof SyntaxError && statusCode === 400) return 'REQUEST_INVALID';
  return (statusCode && statusCode < 500 && STATUS_CODES[statusCode]) || 'INTERNAL_FAULT';
}

/** The problem document of a fault; never a stack, a statement or a secret. */
export function problemOf(
  fault: unknown,
  place: { readonly instance: string; readonly correlationId: string; readonly code?: ProblemCode },
): ProblemDocument {
  const code = place.code ?? problemCodeOf(fault);
  const details = fault instanceof DomainError ? fault.details : {};
  return {
    type: problemType(code),
    title: PROBLEMS[code].title,
    status: PROBLEMS[code].status,
    ...(details.detail ? { detail: details.detail } : {}),
    instance: place.instance,
    code,
    correlationId: place.correlationId,
    ...(details.errors?.length ? { errors: details.errors } : {}),
    ...(details.facts ? { facts: details.facts } : {}),
  };
}
