import type { JsonObject } from './stable-json';
import type { NamedSchemas } from './shared-names';

interface Operation extends JsonObject {
  operationId: string;
}

/** The parts of an OpenAPI document that are looked at here. */
export interface OpenApiDocument {
  readonly openapi: string;
  readonly info: JsonObject;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: NamedSchemas; readonly securitySchemes?: JsonObject };
}
