import { DomainError, type FieldFault } from '@ledger/contracts';
import { MAX_AMOUNT_FEN } from '../../input/patterns';

/** What a line of an order costs. */
export interface PricedLine {
  /** Integer > 0, a whole number of packs, in the item's base unit. */
  readonly quantityBase: number;
  /** Base units in one pack; 1 when goods are sold by the piece. */
  readonly packBase: number;
  /** Integer fen for one pack. */
  readonly unitPriceFen: number;
}

/** Integer fen. Quantity and price are bounded at the edge, so that the product is exact. */
export const lineAmountFen = ({ quantityBase, packBase, unitPriceFen }: PricedLine): number =>
  Math.ceil(quantityBase / packBase) * unitPriceFen;

/**
 * The value of an order.
 * @throws DomainError REQUEST_INVALID for a line that is no whole number of packs, or a value beyond MAX_AMOUNT_FEN
 */
export function orderAmountFen(lines: readonly PricedLine[]): number {
  const errors: FieldFault[] = lines.flatMap((line, index) =>
    line.quantityBase % line.packBase === 0
      ? []
      : [{ pointer: `/lines/${index}/quantityBase`, reason: `is no whole number of packs of ${line.packBase}` }],
  );
  if (errors.length > 0) throw new DomainError('REQUEST_INVALID', { errors });
  const amountFen = lines.reduce((sum, line) => sum + lineAmountFen(line), 0);
  if (amountFen > MAX_AMOUNT_FEN) {
    throw new DomainError('REQUEST_INVALID', {
      errors: [{ pointer: '/lines', reason: 'cost more than an order may' }],
    });
  }
  return amountFen;
}

/** How far the goods of a line have come. Integers ≥ 0, in the item's base unit. */
export interface LineProgress {
  readonly lineId: string;
  readonly itemCode: string;
  readonly orderedBase: number;
  readonly receivedBase: number;
  /** Thousandths of the ordered quantity that may come on top. */
  readonly tolerancePermille: number;
}

/** What is still to come; 0 for a line that is full or more than full. */
export const openBase = (line: Pick<LineProgress, 'orderedBase' | 'receivedBase'>): number =>
  Math.max(0, line.orderedBase - line.receivedBase);

/** The most that may be received on a line in all. */
export const ceilingBase = ({ orderedBase, tolerancePermille }: LineProgress): number =>
  orderedBase + Math.floor((orderedBase * tolerancePermille) / 1_000);

/** A part of a line that came. */
export interface ReceivedPart {
  readonly lineId: string;
  readonly quantityBase: number;
}

/**
 * Takes goods in on lines: a short delivery leaves the line open, a small surplus within the tolerance is taken.
 * @param parts  every `lineId` is one of the lines; a line may come more than once, in several batches
 * @returns the lines as they are afterwards
 * @throws DomainError SUPPLIES_PURCHASE_OVER_DELIVERY for the first line that gets more than it may
 * Source: plan 004 §22 (purchase with storage).
 */
export function receiveOn(lines: readonly LineProgress[], parts: readonly ReceivedPart[]): LineProgress[] {
  return lines.map((line) => {
    const comesBase = parts
      .filter(({ lineId }) => lineId === line.lineId)
      .reduce((sum, { quantityBase }) => sum + quantityBase, 0);
    const after = { ...line, receivedBase: line.receivedBase + comesBase };
    if (comesBase > 0 && after.receivedBase > ceilingBase(line)) throw overDelivery(line, comesBase);
    return after;
  });
}

function overDelivery(line: LineProgress, comesBase: number): DomainError {
  const { lineId, itemCode, orderedBase, receivedBase } = line;
  return new DomainError('SUPPLIES_PURCHASE_OVER_DELIVERY', {
    detail: `${comesBase} of ${itemCode} came, ${Math.max(0, ceilingBase(line) - receivedBase)} may still be taken`,
    facts: { lineId, orderedBase, receivedBase, comesBase, mostBase: ceilingBase(line) },
  });
}
