/**
 * bigint and numeric columns arrive as text; this is the one place that turns them into numbers.
 * @throws RangeError for anything but a whole number within ±(2^53 − 1)
 */
export function safeInteger(value: string | number): number {
  const number = typeof value === 'number' ? value : Number(value);
  if (!Number.isSafeInteger(number) || value === '') throw new RangeError(`not a safe integer: ${value}`);
  return number;
}
