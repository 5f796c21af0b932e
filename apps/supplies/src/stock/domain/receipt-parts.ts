import { DomainError, type FieldFault } from '@ledger/contracts';

/** A line of a receipt, as far as its pieces go. */
export interface PiecesLine {
  readonly itemCode: string;
  /** Integer > 0, in the item's base unit. */
  readonly quantityBase: number;
  /** Of gear that is numbered piece by piece: one number for every piece. */
  readonly serialNumbers?: readonly string[];
}

/** What becomes one lot: a line, or one numbered piece of it. */
export interface ReceiptPart<Line> {
  readonly line: Line;
  readonly quantityBase: number;
  readonly serialNumber?: string;
}

/** Keeps the movement's event well below the size the bus takes. */
const MAX_PARTS = 400;

/**
 * Divides the lines of a receipt into lots: gear with serial numbers becomes a lot of one for every number.
 * @returns the parts in the order of the lines
 * @throws DomainError REQUEST_INVALID when a line has not one number for every piece, when a number comes twice for an
 *   item, or for more than 400 parts
 */
export function receiptParts<Line extends PiecesLine>(lines: readonly Line[]): ReceiptPart<Line>[] {
  const errors = [...countFaults(lines), ...repeatedNumbers(lines)];
  const parts = lines.flatMap((line): ReceiptPart<Line>[] =>
    line.serialNumbers
      ? line.serialNumbers.map((serialNumber) => ({ line, quantityBase: 1, serialNumber }))
      : [{ line, quantityBase: line.quantityBase }],
  );
  if (parts.length > MAX_PARTS) errors.push({ pointer: '/lines', reason: `make more than ${MAX_PARTS} lots at once` });
  if (errors.length > 0) throw new DomainError('REQUEST_INVALID', { errors });
  return parts;
}

function countFaults(lines: readonly PiecesLine[]): FieldFault[] {
  return lines.flatMap(({ serialNumbers, quantityBase }, index) =>
    serialNumbers && serialNumbers.length !== quantityBase
      ? [{ pointer: `/lines/${index}/serialNumbers`, reason: 'is not one number for every piece' }]
      : [],
  );
}

function repeatedNumbers(lines: readonly PiecesLine[]): FieldFault[] {
  const seen = new Set<string>();
  return lines.flatMap(({ itemCode, serialNumbers = [] }, index) =>
    serialNumbers.flatMap((serialNumber, place) => {
      const key = `${itemCode} ${serialNumber}`;
      const isRepeated = seen.has(key);
      seen.add(key);
      const pointer = `/lines/${index}/serialNumbers/${place}`;
      return isRepeated ? [{ pointer, reason: 'came before in this request' }] : [];
    }),
  );
}
