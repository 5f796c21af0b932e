/** What a place has of an item, as the ledger says at the moment of asking. Integers ≥ 0, in the item's base unit. */
export interface PlaceStock {
  /** Pieces of the order's lot that still have to go. */
  readonly leftBase: number;
  /** The reserve standard in force at this one depot. */
  readonly floorBase: number;
  /** Free pieces of all lots of the item at this depot that keep beyond their threshold. */
  readonly usableBase: number;
}

/** Pieces that the place lacks to be at its standard again. */
export const missingBase = ({ floorBase, usableBase }: PlaceStock): number => Math.max(0, floorBase - usableBase);

/**
 * Why an order cannot be closed, or undefined when it can. Order of checking: goods that must go are still there; the
 * place is below its standard.
 * Source: plan 004 §22 (rotation; standards).
 */
export function whyNotClosable(stock: PlaceStock): 'goods-left' | 'below-standard' | undefined {
  if (stock.leftBase > 0) return 'goods-left';
  return missingBase(stock) > 0 ? 'below-standard' : undefined;
}

/** What buying pieces costs; a sum beyond what a number can say exactly is cut there. */
export const costOf = (quantityBase: number, priceFen: number): number =>
  Math.min(quantityBase * priceFen, Number.MAX_SAFE_INTEGER);
