import { DomainError, type FieldFault } from '@ledger/contracts';

/** So much of an item, of whichever lots, or of one lot of it. */
export interface OrderedGoods {
  readonly itemCode: string;
  readonly lotId?: string | null;
  /** Integer > 0, in the item's base unit. */
  readonly quantityBase: number;
}

/**
 * Checks the lines of an order against each other: no lot twice, and an item either by lot or not, and then once.
 * @throws DomainError REQUEST_INVALID with one fault per bad line
 */
export function assertOrderLines(lines: readonly OrderedGoods[]): void {
  const seen = new Set<string>();
  const errors = lines.flatMap(({ itemCode, lotId }, index): FieldFault[] => {
    const byItem = `item ${itemCode}`;
    const key = lotId ? `lot ${lotId.toLowerCase()}` : byItem;
    const isRepeated = seen.has(key) || seen.has(byItem) || (!lotId && seen.has(`lots of ${itemCode}`));
    seen.add(key);
    if (lotId) seen.add(`lots of ${itemCode}`);
    return isRepeated ? [{ pointer: `/lines/${index}`, reason: 'its goods came before in this request' }] : [];
  });
  if (errors.length > 0) throw new DomainError('REQUEST_INVALID', { errors });
}
