/** What a quantity gives of a capability. Integers; the product has to be exact. */
export const amountOf = (quantityBase: number, amountPerBase: number): number => quantityBase * amountPerBase;

/**
 * How much of an item gives an amount of a capability, rounded up: half a tent shelters nobody.
 * @param amount        integer ≥ 0, in the unit of the capability
 * @param amountPerBase integer > 0, what one base unit of the item gives
 */
export const neededBase = (amount: number, amountPerBase: number): number =>
  Number((BigInt(amount) + BigInt(amountPerBase) - 1n) / BigInt(amountPerBase));
