import type { OpenApiDocument } from './openapi';
import type { JsonObject } from './stable-json';
import { sharedNames, type NamedSchemas } from './shared-names';

export interface ServiceDocument {
  readonly service: string;
  readonly document: OpenApiDocument;
}

/**
 * One document of all services, as a client sees them through the gateway. A schema that several services describe
 * alike (a problem, a page) keeps its name; one that differs gets its service's name in front, as all operation ids do.
 */
export function mergeDocuments(info: JsonObject, parts: readonly ServiceDocument[]): OpenApiDocument {
  const shared = sharedNames(parts.map((part) => part.document.components.schemas));
  const documents = parts.map((part) => renameSchemas(part, shared));
  return {
    openapi: documents[0].openapi,
    info,
    paths: mergeDisjoint(documents.map((document, index) => renameOperations(parts[index].service, document))),
    components: {
      schemas: Object.assign({}, ...documents.map((document) => document.components.schemas)) as NamedSchemas,
      securitySchemes: Object.assign(
        {},
        ...documents.map((document) => document.components.securitySchemes),
      ) as JsonObject,
    },
  };
}

/** The document with every schema that is not shared renamed to carry its service's name, references included. */
function renameSchemas({ service, document }: ServiceDocument, shared: ReadonlySet<string>): OpenApiDocument {
  const newName = (name: string): string => (shared.has(name) ? name : `${capitalised(service)}${name}`);
  const text = JSON.stringify(document, (_key, value: unknown) =>
    isReference(value) ? { ...value, $ref: value.$ref.replace(/[^/]+$/, newName) } : value,
  );
  const renamed = JSON.parse(text) as OpenApiDocument;
  const schemas = Object.fromEntries(
    Object.entries(renamed.components.schemas).map(([name, schema]) => [newName(name), schema]),
  );
  return { ...renamed, components: { ...renamed.components, schemas } };
}

function renameOperations(service: string, { paths }: OpenApiDocument): OpenApiDocument['paths'] {
  return Object.fromEntries(
    Object.entries(paths).map(([path, methods]) => [
      path,
      Object.fromEntries(
        Object.entries(methods).map(([method, operation]) => [
          method,
          { ...operation, operationId: `${service}_${operation.operationId}` },
        ]),
      ),
    ]),
  );
}

/** @throws Error when two services claim the same path: the door could only reach one of them */
function mergeDisjoint(parts: readonly OpenApiDocument['paths'][]): OpenApiDocument['paths'] {
  const merged: Record<string, OpenApiDocument['paths'][string]> = {};
  for (const [path, methods] of parts.flatMap((part) => Object.entries(part))) {
    if (path in merged) throw new Error(`two services describe ${path}`);
    merged[path] = methods;
  }
  return merged;
}

const isReference = (value: unknown): value is { $ref: string } =>
  typeof value === 'object' &&
  value !== null &&
  '$ref' in value &&
  typeof value.$ref === 'string' &&
  value.$ref.startsWith('#/components/schemas/');

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
