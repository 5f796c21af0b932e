import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import type { FastifyRequest } from 'fastify';
import type { Cause } from '../events/cause';
import { canonicalJson } from './canonical-json';
import { callerOf, correlationIdOf } from './request-context';

/** What makes a request the same request: who, where, which key; and what it carried. */
export interface Identity {
  readonly caller: Caller;
  readonly route: string;
  readonly key: string;
  readonly contentHash: string;
  readonly correlationId: string;
}

const KEY = /^[\x21-\x7e]{8,100}$/;

export function identityOf(request: FastifyRequest): Identity {
  const key = request.headers['idempotency-key'];
  if (typeof key !== 'string' || !KEY.test(key)) {
    throw new DomainError('IDEMPOTENCY_KEY_REQUIRED', {
      detail: 'send an Idempotency-Key header of 8 to 100 visible ASCII characters, new for every new request',
    });
  }
  const caller = callerOf(request);
  if (!caller) throw new DomainError('AUTH_TOKEN_REQUIRED');
  const [path] = request.url.split('?');
  return {
    caller,
    route: `${request.method} ${path}`,
    key,
    contentHash: createHash('sha256').update(contentOf(request.body)).digest('hex'),
    correlationId: correlationIdOf(request),
  };
}

/** A file is known by its bytes, which nobody has read yet: the route that reads them puts their hash in this place. */
const contentOf = (body: unknown): string => (body instanceof Readable ? '' : canonicalJson(body));

/** The identity of a request that moves or creates something; answers 400 without an Idempotency-Key header. */
export const RequestIdentity = createParamDecorator((_: unknown, context: ExecutionContext) =>
  identityOf(context.switchToHttp().getRequest<FastifyRequest>()),
);

/** The cause of what a request brings about. */
export function causeOfRequest(identity: Identity, correlationId: string): Cause {
  return { correlationId, causationId: identity.correlationId, realm: identity.caller.realm };
}
