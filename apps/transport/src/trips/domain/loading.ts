/** What the plan put on one trip. */
export interface PlannedLoad {
  readonly tripId: string;
  readonly lineId: string;
  readonly quantityBase: number;
}

export interface LoadedShare {
  readonly tripId: string;
  readonly lineId: string;
  readonly loadedBase: number;
}

export interface IssuedPart {
  readonly lineId: string;
  readonly quantityBase: number;
}

export interface Loading {
  /** One share per planned load, in the same order. */
  readonly shares: readonly LoadedShare[];
  /** Issued pieces that no trip was planned for: trips were cancelled meanwhile. The keeper takes them back. */
  readonly unplannedBase: number;
}

/**
 * Puts what the keeper issued on the trips of the shipment, trip after trip up to its planned load. Less than planned
 * leaves the last trips emptier; a line that was not issued at all loads nothing.
 * @param planned  in the order in which trips are loaded
 * @param issued   a line may be named once per lot
 */
export function shareIssued(planned: readonly PlannedLoad[], issued: readonly IssuedPart[]): Loading {
  const waiting = new Map<string, number>();
  for (const part of issued) waiting.set(part.lineId, (waiting.get(part.lineId) ?? 0) + part.quantityBase);
  const shares = planned.map(({ tripId, lineId, quantityBase }) => {
    const left = waiting.get(lineId) ?? 0;
    const loadedBase = Math.min(quantityBase, left);
    waiting.set(lineId, left - loadedBase);
    return { tripId, lineId, loadedBase };
  });
  return { shares, unplannedBase: [...waiting.values()].reduce((sum, left) => sum + left, 0) };
}
