import type { JsonObject } from './stable-json';
import { sharedNames, type NamedSchemas } from './shared-names';

/** The parts of an OpenAPI document that the merge touches. */
export interface OpenApiDocument {
  readonly openapi: string;
  readonly info: JsonObject;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: NamedSchemas; readonly securitySchemes?: JsonObject };
}
interface Operation extends JsonObject {
  operationId: string;
}

export interface ServiceDocument {
  readonly service: string;
  /** Only paths below one of these are reachable through the door. */
  readonly publicPrefixes: readonly string[];
  readonly document: OpenApiDocument;
}

/**
 * One document of all services, as a client sees them through the gateway. A schema that several services describe
 * alike (a problem, a page) keeps its name; one that differs gets its service's name in front, as all operation ids do.
 * Operations are tagged `service: feature`.
 */
export function mergeDocuments(info: JsonObject, parts: readonly ServiceDocument[]): OpenApiDocument {
  const shared = sharedNames(parts.map((part) => part.document.components.schemas));
  const renamed = parts.map((part) => renameSchemas(part, shared));
  const paths = renamed.map((part) => publicPaths(part));
  return {
    openapi: parts[0].document.openapi,
    info,
    paths: mergeDisjoint(paths),
    components: {
      schemas: Object.assign({}, ...renamed.map((part) => part.document.components.schemas)) as NamedSchemas,
      securitySchemes: Object.assign(
        {},
        ...parts.map((part) => part.document.components.securitySchemes),
      ) as JsonObject,
    },
  };
}

/** The document with every schema that is not shared renamed to carry its service's name, references included. */
function renameSchemas(part: ServiceDocument, shared: ReadonlySet<string>): ServiceDocument {
  const newName = (name: string): string => (shared.has(name) ? name : `${capitalised(part.service)}${name}`);
  const text = JSON.stringify(part.document, (_key, value: unknown) =>
    isReference(value) ? { ...value, $ref: value.$ref.replace(/[^/]+$/, newName) } : value,
  );
  const document = JSON.parse(text) as OpenApiDocument;
  const schemas = Object.fromEntries(
    Object.entries(document.components.schemas).map(([name, schema]) => [newName(name), schema]),
  );
  return { ...part, document: { ...document, components: { ...document.components, schemas } } };
}

function publicPaths({ service, publicPrefixes, document }: ServiceDocument): OpenApiDocument['paths'] {
  const reachable = Object.entries(document.paths).filter(([path]) =>
    publicPrefixes.some((prefix) => path === prefix || path.startsWith(`${prefix}/`)),
  );
  return Object.fromEntries(
    reachable.map(([path, methods]) => [
      path,
      Object.fromEntries(Object.entries(methods).map(([method, operation]) => [method, tagged(service, operation)])),
    ]),
  );
}

function tagged(service: string, operation: Operation): Operation {
  const [feature = 'general'] = (operation.tags ?? []) as string[];
  return {
    ...operation,
    operationId: `${service}_${operation.operationId}`,
    tags: [`${service}: ${feature.toLowerCase()}`],
  };
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
