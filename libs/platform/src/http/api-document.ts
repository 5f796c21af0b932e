import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { sayWholeNumbers } from './whole-numbers';

const PROBLEM_SCHEMA = {
  type: 'object',
  required: ['type', 'title', 'status', 'instance', 'code', 'correlationId'],
  properties: {
    type: { type: 'string', format: 'uri' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    instance: { type: 'string' },
    code: { type: 'string' },
    correlationId: { type: 'string', format: 'uuid' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['pointer', 'reason'],
        properties: { pointer: { type: 'string' }, reason: { type: 'string' } },
      },
    },
    facts: { type: 'object', additionalProperties: true },
  },
} as const;

const IDEMPOTENCY_HEADER = {
  name: 'Idempotency-Key',
  in: 'header',
  required: true,
  description: 'New for every new request; the same key with the same content gives the first answer again.',
  schema: { type: 'string', minLength: 8, maxLength: 100 },
} as const;

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;
const COMMON_FAULTS = ['400', '408', '429', '500', '503'];
const SECURED_FAULTS = ['401', '403', '404'];
const WRITE_FAULTS = ['409', '413', '415', '422'];

interface DocumentedOperation {
  security?: unknown[];
  parameters?: unknown[];
  responses: Record<string, unknown>;
  tags?: string[];
}

/**
 * The OpenAPI document of a service: what the compiler knows of routes and shapes, plus what holds on every route: the
 * bearer token, the idempotency key of writes, and the problem documents.
 */
export function createApiDocument(app: INestApplication, service: { title: string; name: string }): OpenAPIObject {
  const settings = new DocumentBuilder()
    .setTitle(service.title)
    .setVersion('1')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' })
    .build();
  const document = sayWholeNumbers(SwaggerModule.createDocument(app, settings));
  document.paths = readablePaths(document.paths);
  document.components = { ...document.components, schemas: { ...document.components?.schemas } };
  Object.assign(document.components.schemas ?? {}, { Problem: PROBLEM_SCHEMA });
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of METHODS) {
      const operation = item[method] as DocumentedOperation | undefined;
      if (operation) describe(operation, { method, isPublic: isPublicPath(path), tag: service.name });
    }
  }
  return document;
}

/** The router wants a colon in a path to be doubled. */
const readablePaths = (paths: OpenAPIObject['paths']): OpenAPIObject['paths'] =>
  Object.fromEntries(Object.entries(paths).map(([path, item]) => [path.replaceAll('::', ':'), item]));

/** Routes that answer without a token; the access guard goes by the decorator, this list only by the documents. */
const isPublicPath = (path: string): boolean => /^\/(health|metrics|\.well-known)|\/auth\/token$|\/public\//.test(path);

function describe(
  operation: DocumentedOperation,
  route: { readonly method: string; readonly isPublic: boolean; readonly tag: string },
): void {
  operation.tags = [route.tag];
  const isWrite = route.method !== 'get';
  if (!route.isPublic) {
    operation.security = [{ bearer: [] }];
    if (isWrite) operation.parameters = [...(operation.parameters ?? []), IDEMPOTENCY_HEADER];
  }
  const faults = [...COMMON_FAULTS, ...(route.isPublic ? ['401'] : SECURED_FAULTS), ...(isWrite ? WRITE_FAULTS : [])];
  for (const status of faults) {
    operation.responses[status] ??= {
      description: 'Problem',
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    };
  }
}
