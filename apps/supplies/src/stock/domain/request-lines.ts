import { DomainError, type FieldFault } from '@ledger/contracts';

/**
 * Checks the lines of a request: each names something, and no allocation line comes twice.
 * @param namedBase  what a line names in all, in the item's base unit
 * @throws DomainError REQUEST_INVALID with one fault per bad line
 */
export function assertLines<Line extends { readonly lineId: string }>(
  lines: readonly Line[],
  namedBase: (line: Line) => number,
): void {
  const seen = new Set<string>();
  const errors: FieldFault[] = [];
  lines.forEach((line, index) => {
    if (namedBase(line) <= 0) errors.push({ pointer: `/lines/${index}`, reason: 'names no quantity' });
    if (seen.has(line.lineId))
      errors.push({ pointer: `/lines/${index}/lineId`, reason: 'came before in this request' });
    seen.add(line.lineId);
  });
  if (errors.length > 0) throw new DomainError('REQUEST_INVALID', { errors });
}

/**
 * The time something happened, as a person reported it.
 * @param reported  the reported instant, or undefined for "just now"
 * @throws DomainError REQUEST_INVALID when it lies after the transaction's time
 */
export function reportedTime(reported: string | undefined, now: Date, pointer: string): Date {
  if (reported === undefined) return now;
  const instant = new Date(reported);
  if (instant > now) {
    throw new DomainError('REQUEST_INVALID', { errors: [{ pointer, reason: 'lies in the future' }] });
  }
  return instant;
}
