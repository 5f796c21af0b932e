/**
 * A checked body in which a field that is null is a field that is not there: no route tells the two apart, and a rule that asks
 * whether a field was given must not have to ask twice. Elements of lists keep their places. Streams pass untouched.
 */
export function withoutNulls(body: unknown): unknown {
  if (Array.isArray(body)) return body.map((element) => withoutNulls(element));
  if (typeof body !== 'object' || body === null || Symbol.asyncIterator in body) return body;
  return Object.fromEntries(
    Object.entries(body)
      .filter(([, value]) => value !== null)
      .map(([key, value]) => [key, withoutNulls(value)]),
  );
}
