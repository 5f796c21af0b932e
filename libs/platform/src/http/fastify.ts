import type { IncomingMessage } from 'node:http';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';
import { newId } from '../database/new-id';
import { KnownRoutes } from './known-routes';
import { answerMalformedAddress, answerMalformedRequest } from './malformed-request';
import { endConnectionsOnClose } from './open-connections';
import { CORRELATION_HEADER, usableCorrelationId } from './request-context';
import { refuseUnstorable } from './storable-body';
import { acceptUploads } from './uploads';

/** Larger bodies are refused before they are read. */
const BODY_LIMIT_BYTES = 256 * 1024;
const REQUEST_TIMEOUT_MS = 30_000;

export interface HttpEdge {
  readonly adapter: FastifyAdapter;
  readonly routes: KnownRoutes;
}

/**
 * The HTTP server with its limits, security headers and correlation ids, before any route exists. It reads JSON only,
 * besides the files of the declared upload routes.
 */
export async function createHttpEdge(): Promise<HttpEdge> {
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    connectionTimeout: 2 * REQUEST_TIMEOUT_MS,
    keepAliveTimeout: 5_000,
    routerOptions: { maxParamLength: 200 },
    // What still comes on an open connection while the server closes is answered, and the connection ends with it.
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    frameworkErrors: answerMalformedAddress,
    clientErrorHandler: answerMalformedRequest,
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
  fastify.addHook('preValidation', (request, _reply, done) => {
    refuseUnstorable(request);
    done();
  });
  fastify.removeContentTypeParser('text/plain');
  acceptUploads(fastify);
  endConnectionsOnClose(fastify);
  await fastify.register(helmet, {
    contentSecurityPolicy: {
      directives: { 'script-src': [`'self'`, `'unsafe-inline'`], 'style-src': [`'self'`, `'unsafe-inline'`] },
    },
    hsts: false,
  });
  return { adapter, routes };
}
