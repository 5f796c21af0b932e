import type { Json } from './stable-json';

/** All `$ref` values in a document, in the order of the text. */
export function referencesOf(document: Json): string[] {
  const found: string[] = [];
  JSON.stringify(document, (key, value: Json) => {
    if (key === '$ref' && typeof value === 'string') found.push(value);
    return value;
  });
  return found;
}

/** What a reference within the document points at (RFC 6901), or undefined. */
export function resolveReference(document: Json, reference: string): Json | undefined {
  if (!reference.startsWith('#/')) return undefined;
  const parts = reference
    .slice(2)
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  return parts.reduce<Json | undefined>((value, part) => {
    if (value === null || typeof value !== 'object' || !Object.hasOwn(value, part)) return undefined;
    return (value as Record<string, Json>)[part];
  }, document);
}
