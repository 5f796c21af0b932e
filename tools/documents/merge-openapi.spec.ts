import { mergeDocuments, type ServiceDocument } from './merge-openapi';
import type { OpenApiDocument } from './openapi';
import { referencesOf, resolveReference } from './references';
import { asJson, type JsonObject } from './stable-json';

const INFO = { title: 'All', version: '1' };
const reference = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });

/** A service with one route that answers `Answer`. */
function aService(service: string, schemas: Record<string, JsonObject>): ServiceDocument {
  const operation = { operationId: 'Controller_read', responses: { 200: { schema: reference('Answer') } } };
  const document: OpenApiDocument = {
    openapi: '3.0.0',
    info: { title: service, version: '1' },
    paths: { [`/api/v1/${service}/rows`]: { get: operation } },
    components: { schemas, securitySchemes: { bearer: { type: 'http' } } },
  };
  return { service, document };
}

const answersOf = (merged: OpenApiDocument, service: string): unknown =>
  referencesOf(asJson(merged.paths[`/api/v1/${service}/rows`]))[0];

describe('mergeDocuments', () => {
  it('keeps the name of a schema that all describe alike', () => {
    const answer = { type: 'object', properties: { id: { type: 'string' } } };
    const merged = mergeDocuments(INFO, [
      aService('supplies', { Answer: answer }),
      aService('teams', { Answer: answer }),
    ]);
    expect(Object.keys(merged.components.schemas)).toEqual(['Answer']);
    expect(answersOf(merged, 'teams')).toBe('#/components/schemas/Answer');
  });

  it('puts the service in front of a name that means different things', () => {
    const merged = mergeDocuments(INFO, [
      aService('supplies', { Answer: { type: 'object' } }),
      aService('teams', { Answer: { type: 'array' } }),
    ]);
    expect(Object.keys(merged.components.schemas).sort()).toEqual(['SuppliesAnswer', 'TeamsAnswer']);
    expect(answersOf(merged, 'supplies')).toBe('#/components/schemas/SuppliesAnswer');
  });

  it('tells two equal schemas apart when one that they refer to differs', () => {
    const answer = { type: 'object', properties: { row: reference('Row') } };
    const merged = mergeDocuments(INFO, [
      aService('supplies', { Answer: answer, Row: { type: 'string' } }),
      aService('teams', { Answer: answer, Row: { type: 'integer' } }),
    ]);
    expect(Object.keys(merged.components.schemas).sort()).toEqual([
      'SuppliesAnswer',
      'SuppliesRow',
      'TeamsAnswer',
      'TeamsRow',
    ]);
    const references = referencesOf(asJson(merged));
    expect(references.filter((found) => resolveReference(asJson(merged), found) === undefined)).toEqual([]);
  });

  it('makes operation ids unique', () => {
    const merged = mergeDocuments(INFO, [aService('supplies', { Answer: {} }), aService('teams', { Answer: {} })]);
    const ids = Object.values(merged.paths).map((methods) => methods.get.operationId);
    expect(ids).toEqual(['supplies_Controller_read', 'teams_Controller_read']);
  });

  it('refuses two services that claim one path', () => {
    const part = aService('supplies', { Answer: {} });
    expect(() => mergeDocuments(INFO, [part, { ...part, service: 'teams' }])).toThrow('two services describe');
  });
});
