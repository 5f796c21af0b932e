import type { IncomingMessage } from 'node:http';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import helmet from '@fastify/helmet';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { newId } from '../database/new-id';
import { KnownRoutes } from './known-routes';
import { problemOf } from './problem';
import { CORRELATION_HEADER, usableCorrelationId } from './request-context';

/** Larger bodies are refused before they are read. */
const BODY_LIMIT_BYTES = 256 * 1024;
const REQUEST_TIMEOUT_MS = 30_000;

export interface HttpEdge {
  readonly adapter: FastifyAdapter;
  readonly routes: KnownRoutes;
}

/** The HTTP server with its limits, security headers and correlation ids, before any route exists. */
export async function createHttpEdge(): Promise<HttpEdge> {
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    connectionTimeout: 2 * REQUEST_TIMEOUT_MS,
    keepAliveTimeout: 5_000,
    routerOptions: { maxParamLength: 200 },
    return503OnClosing: true,
    forceCloseConnections: 'idle',
    frameworkErrors: answerMalformedAddress,
    genReqId: (request: IncomingMessage) => usableCorrelationId(request.headers[CORRELATION_HEADER]) ?? newId(),
  });
  const routes = new KnownRoutes();
  const fastify = adapter.getInstance() as unknown as FastifyInstance;
  fastify.addHook('onRoute', (route) => routes.add([route.method].flat(), route.url));
  fastify.addHook('onRequest', (request, reply, done) => {
    request.headers[CORRELATION_HEADER] = request.id;
    void reply.header(CORRELATION_HEADER, request.id);
    done();
  });
  await fastify.register(helmet, {
    contentSecurityPolicy: {
      directives: { 'script-src': [`'self'`, `'unsafe-inline'`], 'style-src': [`'self'`, `'unsafe-inline'`] },
    },
    hsts: false,
  });
  return { adapter, routes };
}

/** The router refuses what is no address, or has a part of endless length, before hooks and filters run. */
function answerMalformedAddress(fault: Error, request: FastifyRequest, reply: FastifyReply): void {
  const [instance] = request.url.split('?');
  const problem = problemOf(fault, { instance, correlationId: request.id, code: 'REQUEST_INVALID' });
  void reply.header(CORRELATION_HEADER, request.id).status(problem.status).type('application/problem+json');
  void reply.send(JSON.stringify(problem));
}
