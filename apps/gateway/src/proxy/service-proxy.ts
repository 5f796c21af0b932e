import httpProxy from '@fastify/http-proxy';
import { DomainError, uploadRouteOf, type ServiceName } from '@ledger/contracts';
import { limitedBody } from '@ledger/platform';
import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { headersToClient, headersToService } from './domain/header-hygiene';
import { isPlainPath } from './domain/plain-path';
import { RequestPlaces } from './request-places';

export type ProxiedService = Exclude<ServiceName, 'gateway'>;
export type Upstreams = Readonly<Record<ProxiedService, string | undefined>>;

export interface ProxyLimits {
  readonly connectionsPerService: number;
  /** Requests on their way to one service; more are refused at once. */
  readonly requestsPerService: number;
  readonly connectMs: number;
  /** Until the headers of an answer are there, and between two pieces of its body. */
  readonly answerMs: number;
  /** Idle connections are given up after this. */
  readonly idleMs: number;
}

const LIMITS: ProxyLimits = {
  connectionsPerService: 64,
  requestsPerService: 256,
  connectMs: 2_000,
  // Longer than any request of a service may take.
  answerMs: 10_000,
  // Shorter than the 5 s after which the services close idle connections, so that none is used while it closes.
  idleMs: 4_000,
};
const RETRY_AFTER_SECONDS = 2;
/** The same limit as on the routes of the services themselves. */
const BODY_LIMIT_BYTES = 256 * 1024;

/**
 * Hangs `/api/v1/<service>/**` of every other service into the HTTP server. Requests and answers are streamed, nothing
 * is tried twice, and access is checked by the service itself.
 */
export async function registerProxies(
  fastify: FastifyInstance,
  upstreams: Upstreams,
  limits: ProxyLimits = LIMITS,
): Promise<void> {
  for (const [service, upstream] of Object.entries(upstreams) as [ProxiedService, string | undefined][]) {
    const prefix = `/api/v1/${service}`;
    const plugin = upstream ? proxyTo({ service, upstream, prefix }, limits) : absent(service);
    await fastify.register(plugin, { prefix });
  }
}

/** The part of a reply that is used here; the libraries disagree on the rest of its type. */
interface Answer {
  header(name: string, value: string): unknown;
  send(payload: Error): unknown;
}
interface Route {
  readonly service: ProxiedService;
  readonly upstream: string;
  readonly prefix: string;
}

function proxyTo({ service, upstream, prefix }: Route, limits: ProxyLimits): FastifyPluginAsync {
  return async (scope) => {
    // Bodies are not read here, whatever they hold: the service has the say on them.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (request, body, done) => done(null, limitedBody(body, limitOf(request))));
    scope.addHook('preHandler', refuseUnfit);
    scope.addHook('preHandler', admitTo(service, limits));
    await scope.register(httpProxy, {
      upstream,
      rewritePrefix: prefix,
      proxyPayloads: false,
      disableRequestLogging: true,
      undici: {
        connections: limits.connectionsPerService,
        pipelining: 1,
        connect: { timeout: limits.connectMs },
        headersTimeout: limits.answerMs,
        bodyTimeout: limits.answerMs,
        keepAliveTimeout: limits.idleMs,
      },
      destroyAgent: true,
      replyOptions: {
        retryDelay: () => null,
        rewriteRequestHeaders: (request, headers) =>
          headersToService(headers, {
            address: request.ip,
            host: request.host,
            hasBody: request.body !== undefined && request.body !== null,
          }),
        rewriteHeaders: (headers) => headersToClient(headers),
        onError: (reply, { error }) => refuse(reply, service, error),
      },
    });
  };
}

/** An installation that was not told where a service is says so instead of denying that its routes exist. */
function absent(service: ProxiedService): FastifyPluginAsync {
  return (scope) => {
    const answer = (): never => {
      throw unavailable(service, `the address of ${service} is not configured`);
    };
    // Before a body is looked at: what it holds is for the service to judge.
    scope.all('/', { onRequest: answer }, answer);
    scope.all('/*', { onRequest: answer }, answer);
    return Promise.resolve();
  };
}

/** A file is passed on up to the limit of its route, piece by piece; everything else is JSON, also on such a route. */
function limitOf(request: FastifyRequest): number {
  const route = uploadRouteOf(request);
  const [mediaType] = (request.headers['content-type'] ?? '').toLowerCase().split(';');
  return route?.mediaTypes.includes(mediaType.trim()) ? route.limitBytes : BODY_LIMIT_BYTES;
}

function refuseUnfit(request: FastifyRequest, reply: Answer, done: (error?: Error) => void): void {
  if (!isPlainPath(request.url.split('?')[0])) {
    const detail = 'the path holds dot segments or encodings that are not allowed';
    done(new DomainError('REQUEST_INVALID', { detail }));
  } else if (Number(request.headers['content-length'] ?? 0) > limitOf(request)) {
    done(tooLarge(reply));
  } else {
    done();
  }
}

/** Keeps the queue in front of a slow service short. */
function admitTo(service: ProxiedService, limits: ProxyLimits) {
  const places = new RequestPlaces(limits.requestsPerService, limits.answerMs);
  return (_request: FastifyRequest, reply: FastifyReply, done: (error?: Error) => void): void => {
    done(places.take(reply.raw) ? undefined : new DomainError('SERVICE_UNAVAILABLE', { facts: { service } }));
  };
}

/** What went wrong on the way: a body that is too large, or a service that does not answer. The filter words it. */
function refuse(reply: Answer, service: ProxiedService, error: Error): void {
  const isTooLarge = error.cause instanceof DomainError;
  reply.send(isTooLarge ? tooLarge(reply) : unavailable(service, `${service} does not answer`));
}

/** The rest of the body is not wanted, so the connection cannot serve another request. */
function tooLarge(reply: Answer): DomainError {
  reply.header('connection', 'close');
  return new DomainError('REQUEST_TOO_LARGE');
}

const unavailable = (service: ProxiedService, reason: string): DomainError =>
  new DomainError('GATEWAY_UPSTREAM_UNAVAILABLE', {
    detail: `${reason}; a write may have taken effect: repeat it with the same Idempotency-Key`,
    facts: { service, retryAfterSeconds: RETRY_AFTER_SECONDS },
  });
