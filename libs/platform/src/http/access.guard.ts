import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { DomainError, mayDo, type Action } from '@ledger/contracts';
import type { FastifyRequest } from 'fastify';
import { ACTION_METADATA, PUBLIC_METADATA } from './policy.decorators';
import { rememberCaller } from './request-context';
import { TokenVerifier } from './token-verifier';

/**
 * Lets a request through when its token is valid and one of its roles may do the route's action. Fails closed: a method
 * that names an action is never public, whatever its class says. Events have no caller: who may write to the bus is
 * decided by the bus.
 */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly verifier: TokenVerifier,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() === 'rpc') return true;
    const targets = [context.getHandler(), context.getClass()];
    const action = this.reflector.get<Action | undefined>(ACTION_METADATA, context.getHandler());
    if (!action && this.reflector.getAllAndOverride<boolean | undefined>(PUBLIC_METADATA, targets)) return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const caller = await this.verifier.verify(bearerToken(request));
    rememberCaller(request, caller);
    if (!action || !mayDo(caller.roles, action)) throw new DomainError('AUTH_ROLE_MISSING');
    return true;
  }
}

function bearerToken(request: FastifyRequest): string {
  const [scheme, token, ...rest] = (request.headers.authorization ?? '').split(' ');
  if (scheme.toLowerCase() !== 'bearer' || !token || rest.length > 0) throw new DomainError('AUTH_TOKEN_REQUIRED');
  return token;
}
