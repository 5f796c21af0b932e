import { Readable } from 'node:stream';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { DomainError, UPLOAD_ROUTES, uploadRouteOf } from '@ledger/contracts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { limitedBody } from './limited-body';

/** A file on its way in. */
export interface Upload {
  /** The bytes as they come; breaks off with REQUEST_TOO_LARGE over the limit of the route. */
  readonly body: Readable;
  /** In lower case and without parameters, `text/csv`. */
  readonly mediaType: string;
  /** What the sender calls the file, from the header `X-File-Name`, percent-encoded UTF-8. */
  readonly fileName: string | undefined;
}

const FILE_NAME_HEADER = 'x-file-name';
const MAX_FILE_NAME_CHARACTERS = 200;
/** Nothing that is no part of a name on any system, and nothing a log or a page could stumble over. */
const FILE_NAME = /^[^\p{Cc}\p{Cs}/\\]+$/u;

/** Lets the declared upload routes have their body as a stream; on every other route the same types stay refused. */
export function acceptUploads(fastify: FastifyInstance): void {
  const mediaTypes = new Set(UPLOAD_ROUTES.flatMap((route) => route.mediaTypes));
  fastify.addHook('preParsing', refuseAnnouncedExcess);
  fastify.addContentTypeParser([...mediaTypes], (request, body, done) => {
    const route = uploadRouteOf(request);
    if (route?.mediaTypes.includes(mediaTypeOf(request))) done(null, limitedBody(body, route.limitBytes));
    else done(new DomainError('REQUEST_MEDIA_TYPE_UNSUPPORTED'));
  });
}

/** The file of an upload route; what is no file is refused as REQUEST_MEDIA_TYPE_UNSUPPORTED. */
export const RequestUpload = createParamDecorator((_: unknown, context: ExecutionContext): Upload => {
  const request = context.switchToHttp().getRequest<FastifyRequest>();
  if (!(request.body instanceof Readable)) throw new DomainError('REQUEST_MEDIA_TYPE_UNSUPPORTED');
  return { body: request.body, mediaType: mediaTypeOf(request), fileName: fileNameOf(request) };
});

function refuseAnnouncedExcess(
  request: FastifyRequest,
  reply: FastifyReply,
  _payload: unknown,
  done: (error?: Error) => void,
): void {
  const limitBytes = uploadRouteOf(request)?.limitBytes ?? Infinity;
  if (Number(request.headers['content-length'] ?? 0) <= limitBytes) return done();
  // The rest of the body is not wanted, so the connection cannot serve another request.
  void reply.header('connection', 'close');
  done(new DomainError('REQUEST_TOO_LARGE'));
}

const mediaTypeOf = (request: FastifyRequest): string =>
  (request.headers['content-type'] ?? '').split(';')[0].trim().toLowerCase();

function fileNameOf(request: FastifyRequest): string | undefined {
  const header = request.headers[FILE_NAME_HEADER];
  if (header === undefined) return undefined;
  const name = typeof header === 'string' ? decoded(header) : undefined;
  if (name !== undefined && name.length <= MAX_FILE_NAME_CHARACTERS && FILE_NAME.test(name)) return name;
  throw new DomainError('REQUEST_INVALID', {
    errors: [{ pointer: FILE_NAME_HEADER, reason: 'must be a percent-encoded file name of at most 200 characters' }],
  });
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
