/** A share and what has become of it so far; integers ≥ 0, in the item's base unit. */
export interface ShareProgress {
  readonly quantityBase: number;
  readonly issuedBase: number;
  readonly releasedBase: number;
}

/** What is still put aside in the depot. */
export const heldBase = (share: ShareProgress): number => share.quantityBase - share.issuedBase - share.releasedBase;
