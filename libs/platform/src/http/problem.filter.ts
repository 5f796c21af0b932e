import { Catch, Logger, NotFoundException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { ProblemCode } from '@ledger/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { throwError, type Observable } from 'rxjs';
import type { KnownRoutes } from './known-routes';
import { problemCodeOf, problemOf } from './problem';
import { correlationIdOf } from './request-context';

const RETRY_AFTER_SECONDS = '1';

/**
 * The only place that turns errors into HTTP answers. What an event handler threw goes back to the transport unchanged:
 * there the delivery shell decides.
 */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger(ProblemFilter.name);

  constructor(private readonly routes: KnownRoutes) {}

  catch(fault: unknown, host: ArgumentsHost): Observable<never> | void {
    if (host.getType() === 'rpc') return throwError(() => fault);
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const otherMethods =
      fault instanceof NotFoundException ? this.routes.otherMethods(request.url, request.method) : [];
    const code = otherMethods.length > 0 ? 'REQUEST_METHOD_NOT_ALLOWED' : problemCodeOf(fault);
    const correlationId = correlationIdOf(request);
    const problem = problemOf(fault, { instance: request.url.split('?')[0], correlationId, code });
    if (problem.status >= 500) this.report(fault, problem.code, correlationId);
    if (reply.raw.headersSent) return;
    if (problem.status === 503 || problem.status === 429) {
      const seconds = problem.facts?.retryAfterSeconds;
      void reply.header('retry-after', seconds ? String(seconds) : RETRY_AFTER_SECONDS);
    }
    if (otherMethods.length > 0) void reply.header('allow', otherMethods.join(', '));
    if (problem.status === 401) void reply.header('www-authenticate', 'Bearer');
    void reply.status(problem.status).type('application/problem+json; charset=utf-8').send(JSON.stringify(problem));
  }

  private report(fault: unknown, code: ProblemCode, correlationId: string): void {
    const stack = fault instanceof Error ? fault.stack : String(fault);
    this.logger.error({ code, correlationId, stack }, 'request failed');
  }
}
