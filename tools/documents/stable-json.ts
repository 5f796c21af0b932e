export type Json = null | boolean | number | string | Json[] | JsonObject;
export interface JsonObject {
  [key: string]: Json;
}

/** The value with the keys of every object in alphabetical order; the order of arrays is kept. */
export function sortKeys(value: Json): Json {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (value === null || typeof value !== 'object') return value;
  const sorted = Object.keys(value).sort();
  return Object.fromEntries(sorted.map((key) => [key, sortKeys(value[key])]));
}

/** The text of a committed JSON file: the same for equal values, whatever order they were built in. */
export const toStableText = (value: Json): string => `${JSON.stringify(sortKeys(value), null, 2)}\n`;

/** A copy that holds nothing but JSON: undefined members are gone, class instances are plain objects. */
export const asJson = (value: object): JsonObject => JSON.parse(JSON.stringify(value)) as JsonObject;
