import { referencesOf } from './references';
import { toStableText, type JsonObject } from './stable-json';

const SCHEMAS = '#/components/schemas/';

export type NamedSchemas = Readonly<Record<string, JsonObject>>;

/**
 * The names that at least two documents have and that mean the same in all of them: equal text, built from shared names
 * only. Every other name is told apart when documents are merged, so that it stays when another service takes it too.
 */
export function sharedNames(documents: readonly NamedSchemas[]): ReadonlySet<string> {
  const occurrences = new Map<string, JsonObject[]>();
  for (const [name, schema] of documents.flatMap((schemas) => Object.entries(schemas))) {
    occurrences.set(name, [...(occurrences.get(name) ?? []), schema]);
  }
  const shared = new Set([...occurrences].filter(([, schemas]) => isSame(schemas)).map(([name]) => name));
  // A schema is not shared when one that it refers to is not; repeat until nothing changes.
  for (let before = -1; before !== shared.size;) {
    before = shared.size;
    for (const name of shared) {
      const [schema] = occurrences.get(name) ?? [];
      if (namesUsedBy(schema).some((reference) => !shared.has(reference))) shared.delete(name);
    }
  }
  return shared;
}

const isSame = (schemas: readonly JsonObject[]): boolean =>
  schemas.length > 1 && new Set(schemas.map(toStableText)).size === 1;

const namesUsedBy = (schema: JsonObject): string[] =>
  referencesOf(schema)
    .filter((reference) => reference.startsWith(SCHEMAS))
    .map((reference) => reference.slice(SCHEMAS.length));
