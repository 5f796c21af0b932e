/** Values that fit no field of any of these bodies. */
const WRONG: readonly unknown[] = [true, {}, [], '', '\u0000', 'x'.repeat(100_000), -1, 1.5, 1e12, Number.MAX_VALUE];

/**
 * Every body with one thing wrong: each field in turn replaced, left out, or joined by one that is not known.
 * @param optional  names of the fields that may be left out
 * @param more      values to try besides; `null` leaves an optional field out
 */
export function wrongBodies(
  body: unknown,
  optional: readonly string[],
  more: readonly unknown[] = [],
): { what: string; body: unknown }[] {
  const found: { what: string; body: unknown }[] = [];
  const visit = (value: unknown, path: string, rebuild: (replacement: unknown) => unknown): void => {
    if (path !== '') {
      for (const wrong of [...WRONG, ...more].filter(
        (candidate) => typeof candidate !== 'boolean' || typeof value !== 'boolean',
      ))
        found.push({ what: `${path} = ${JSON.stringify(wrong).slice(0, 20)}`, body: rebuild(wrong) });
    }
    if (Array.isArray(value)) {
      found.push({ what: `${path} without a line`, body: rebuild([]) });
      found.push({ what: `${path} with too many lines`, body: rebuild(Array(1_001).fill(value[0])) });
      found.push({ what: `${path} with a bare number`, body: rebuild([7]) });
      visit(value[0], `${path}/0`, (replacement) => rebuild([replacement]));
    } else if (typeof value === 'object' && value !== null) {
      found.push({ what: `${path}/unknown`, body: rebuild({ ...value, unknown: 1 }) });
      for (const [name, field] of Object.entries(value)) {
        const { [name]: _left, ...rest } = value as Record<string, unknown>;
        if (!optional.includes(name)) found.push({ what: `${path}/${name} left out`, body: rebuild(rest) });
        visit(field, `${path}/${name}`, (replacement) => rebuild({ ...value, [name]: replacement }));
      }
    }
  };
  visit(body, '', (replacement) => replacement);
  return found;
}
