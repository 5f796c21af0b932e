import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OpenApiDocument } from './openapi';
import { referencesOf, resolveReference } from './references';
import type { Json, JsonObject } from './stable-json';

const merged = JSON.parse(
  readFileSync(join(__dirname, '..', '..', 'docs', 'openapi', 'merged.json'), 'utf8'),
) as OpenApiDocument;

const operations = Object.entries(merged.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ name: `${method} ${path}`, method, path, operation })),
);
const PUBLIC = [
  'post /api/v1/auth/token',
  'get /.well-known/jwks.json',
  'get /api/v1/supplies/public/donations',
  'get /api/v1/supplies/public/donations/{traceCode}',
];
const namesOf = (found: readonly { readonly name: string }[]): string[] => found.map(({ name }) => name);

describe('the merged OpenAPI document', () => {
  it('holds the routes of all four services', () => {
    for (const prefix of ['auth', 'regions', 'incidents', 'supplies', 'teams', 'transport']) {
      expect([prefix, operations.some(({ path }) => path.startsWith(`/api/v1/${prefix}`))]).toEqual([prefix, true]);
    }
  });

  it('refers to nothing that it does not hold', () => {
    const document = merged as unknown as Json;
    expect(referencesOf(document).filter((found) => resolveReference(document, found) === undefined)).toEqual([]);
  });

  it('gives every operation an id of its own', () => {
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('describes every parameter of a path', () => {
    const wrong = operations.filter(({ path, operation }) => {
      const described = ((operation.parameters ?? []) as JsonObject[]).filter((parameter) => parameter.in === 'path');
      const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      return described.map(({ name }) => name).join() !== named.join();
    });
    expect(namesOf(wrong)).toEqual([]);
  });

  it('says whole numbers for everything but degrees', () => {
    const schemas = JSON.stringify(merged);
    const fractions = [...schemas.matchAll(/"(\w+)":\{[^{}]*"type":"number"/g)].map(([, name]) => name);
    expect([...new Set(fractions)].sort()).toEqual(['latitude', 'longitude']);
  });

  it('asks for a token everywhere but at the door and for its keys', () => {
    expect(namesOf(operations.filter(({ operation }) => !operation.security)).sort()).toEqual([...PUBLIC].sort());
  });

  it('asks for an idempotency key on every write that needs a token', () => {
    const writes = operations.filter(({ method, name }) => method !== 'get' && !PUBLIC.includes(name));
    const withoutKey = writes.filter(
      ({ operation }) => !((operation.parameters ?? []) as JsonObject[]).some(({ name }) => name === 'Idempotency-Key'),
    );
    expect(namesOf(withoutKey)).toEqual([]);
  });

  it('documents refusals as problem documents on every route', () => {
    const silent = operations.filter(({ operation }) => {
      const problem = ((operation.responses ?? {}) as Record<string, JsonObject>)['400'];
      return !JSON.stringify(problem ?? {}).includes('application/problem+json');
    });
    expect(namesOf(silent)).toEqual([]);
  });

  it('describes a success on every route', () => {
    const open = operations.filter(
      ({ operation }) =>
        !Object.keys((operation.responses ?? {}) as JsonObject).some((status) => status.startsWith('2')),
    );
    expect(namesOf(open)).toEqual([]);
  });
});
