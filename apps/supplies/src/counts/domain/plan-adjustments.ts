/** A counted line as far as its adjustment goes. Quantities in the item's base unit. */
export interface CountedLine {
  readonly id: string;
  readonly countedBase: number;
  /** All pieces that should have lain there at the moment of counting. */
  readonly balanceBase: number;
  /** Those of them that were not promised. */
  readonly availableBase: number;
}

/** What the account that would be adjusted holds now, at the moment of approval. */
export interface AccountNow {
  readonly availableBase: number;
  /** Pieces of a batch that the ledger did not know when it was found came in on paper since. */
  readonly bookedSince: boolean;
}

export interface Adjustment {
  readonly lineId: string;
  /** Positive: pieces come from `count-difference`; negative: they go there. 0 when only promised pieces are missing. */
  readonly changeBase: number;
  /** Pieces that are missing among those that are promised: flagged, never taken from a promise. */
  readonly missingReservedBase: number;
}

export interface AdjustmentPlan {
  readonly adjustments: readonly Adjustment[];
  /** Lines that have to be counted again: the ledger has moved on in a way that the count no longer fits. */
  readonly overtaken: readonly string[];
}

export const varianceOf = (line: Pick<CountedLine, 'countedBase' | 'balanceBase'>): number =>
  line.countedBase - line.balanceBase;

/**
 * Turns variances into changes of balances. A variance is what was counted less the balance *at the moment of counting*,
 * so whatever moved before or after that moment does not touch it, and the same difference is applied to the balance of
 * today. It no longer fits in two cases: goods left since, so that less is free than the adjustment takes away, or a
 * batch that was found has been received on paper since.
 * @param accounts  what the accounts hold now, by line, read under lock
 * @returns one adjustment per line with a variance, unless the line was overtaken
 */
export function planAdjustments(
  lines: readonly CountedLine[],
  accounts: ReadonlyMap<string, AccountNow>,
): AdjustmentPlan {
  const adjustments: Adjustment[] = [];
  const overtaken: string[] = [];
  for (const line of lines) {
    const varianceBase = varianceOf(line);
    if (varianceBase === 0) continue;
    const now = accounts.get(line.id) ?? { availableBase: 0, bookedSince: false };
    const changeBase = varianceBase > 0 ? varianceBase : 0 - Math.min(-varianceBase, line.availableBase);
    if (now.bookedSince || now.availableBase + changeBase < 0) overtaken.push(line.id);
    else
      adjustments.push({
        lineId: line.id,
        changeBase,
        missingReservedBase: changeBase - Math.min(varianceBase, changeBase),
      });
  }
  return { adjustments, overtaken };
}
