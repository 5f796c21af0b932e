import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { DomainError, regionCovers, type Caller } from '@ledger/contracts';
import type { FastifyRequest } from 'fastify';
import { callerOf } from './request-context';

/** The verified caller of the request. */
export const RequestCaller = createParamDecorator((_: unknown, context: ExecutionContext): Caller => {
  const caller = callerOf(context.switchToHttp().getRequest<FastifyRequest>());
  if (!caller) throw new DomainError('AUTH_TOKEN_REQUIRED');
  return caller;
});

/**
 * For a region that the caller names. Rows found by id are filtered by the query instead and answer 404.
 * @throws DomainError AUTH_REGION_OUT_OF_SCOPE
 */
export function requireRegion(caller: Caller, regionCode: string): void {
  if (!regionCovers(caller.regionCode, regionCode)) throw new DomainError('AUTH_REGION_OUT_OF_SCOPE');
}
