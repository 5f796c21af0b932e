/** The only numbers of this product with a fraction: degrees. Quantities, times and sizes are whole by rule. */
const WITH_FRACTION = /(?:^|[a-z])(?:latitude|longitude)$/i;

/**
 * TypeScript has one kind of number, so the compiler's plugin writes `number` for all of them. A copy of the document in
 * which every number that is no degree is an `integer`.
 */
export function sayWholeNumbers<Document extends object>(document: Document): Document {
  return whole(document, '') as Document;
}

/** @param name  of the property or parameter that the value describes */
function whole(value: unknown, name: string): unknown {
  if (Array.isArray(value)) return value.map((entry) => whole(entry, name));
  if (value === null || typeof value !== 'object') return value;
  const members = value as Record<string, unknown>;
  const described = 'in' in members && typeof members.name === 'string' ? members.name : name;
  const copy = Object.fromEntries(
    Object.entries(members).map(([key, member]) => [key, whole(member, nameBelow(key, described))]),
  );
  return members.type === 'number' && !WITH_FRACTION.test(described) ? { ...copy, type: 'integer' } : copy;
}

/** `schema` and `items` describe what their parent is called; any other key is a name of its own. */
const nameBelow = (key: string, parent: string): string => (key === 'schema' || key === 'items' ? parent : key);
