/** Goods of one allocation line that wait at one place. */
export interface LoadLine {
  readonly lineId: string;
  readonly itemCode: string;
  readonly quantityBase: number;
  /** Of one base unit. */
  readonly weightGrams: number;
  /** Of one base unit. */
  readonly volumeCubicCentimetres: number;
}

/** The pieces of a line that one trip carries. */
export type LoadShare = LoadLine;

export interface Capacity {
  readonly payloadGrams: number;
  readonly volumeCubicCentimetres: number;
}

export interface LoadSize {
  readonly weightGrams: number;
  readonly volumeCubicCentimetres: number;
  readonly pieces: number;
}

/** One entry per line, in the order of first appearance: a line may be named once per lot. */
export function mergedLines(lines: readonly LoadLine[]): LoadLine[] {
  const byLine = new Map<string, LoadLine>();
  for (const line of lines) {
    const quantityBase = (byLine.get(line.lineId)?.quantityBase ?? 0) + line.quantityBase;
    byLine.set(line.lineId, { ...line, quantityBase });
  }
  return [...byLine.values()];
}

export function sizeOf(lines: readonly LoadLine[]): LoadSize {
  const sum = { weightGrams: 0, volumeCubicCentimetres: 0, pieces: 0 };
  for (const line of lines) {
    sum.weightGrams += line.quantityBase * line.weightGrams;
    sum.volumeCubicCentimetres += line.quantityBase * line.volumeCubicCentimetres;
    sum.pieces += line.quantityBase;
  }
  return sum;
}

/**
 * What fits into a vehicle: line after line, as many whole pieces as weight and volume allow.
 * @returns shares in the order of `lines`, none of them empty; their sum never exceeds the capacity
 */
export function fill(lines: readonly LoadLine[], capacity: Capacity): LoadShare[] {
  let { payloadGrams, volumeCubicCentimetres } = capacity;
  const shares: LoadShare[] = [];
  for (const line of lines) {
    const quantityBase = Math.min(
      line.quantityBase,
      piecesWithin(payloadGrams, line.weightGrams),
      piecesWithin(volumeCubicCentimetres, line.volumeCubicCentimetres),
    );
    if (quantityBase === 0) continue;
    shares.push({ ...line, quantityBase });
    payloadGrams -= quantityBase * line.weightGrams;
    volumeCubicCentimetres -= quantityBase * line.volumeCubicCentimetres;
  }
  return shares;
}

/** What is left of `lines` when `load` has gone; lines that are gone whole are dropped. */
export function without(lines: readonly LoadLine[], load: readonly LoadShare[]): LoadLine[] {
  const gone = new Map(load.map((share) => [share.lineId, share.quantityBase]));
  return lines
    .map((line) => ({ ...line, quantityBase: line.quantityBase - (gone.get(line.lineId) ?? 0) }))
    .filter((line) => line.quantityBase > 0);
}

/** A piece without weight (or volume) always fits. */
function piecesWithin(free: number, perPiece: number): number {
  return perPiece === 0 ? Number.MAX_SAFE_INTEGER : Math.floor(free / perPiece);
}
