export const COUNT_CLASSES = ['A', 'B', 'C'] as const;
/** How closely an item is watched: A often and to the piece, C seldom and with some tolerance. */
export type CountClass = (typeof COUNT_CLASSES)[number];

/** The class of an item that nobody has classified. */
export const DEFAULT_CLASS: CountClass = 'B';

/** The rules of one class; configuration, not law. Quantities in base units, money in fen. */
export interface ClassRules {
  readonly class: CountClass;
  readonly intervalDays: number;
  /** Hundredths of a per cent of the balance. */
  readonly toleranceBasisPoints: number;
  readonly toleranceBase: number;
  readonly approverAboveBase: number;
  readonly approverAboveFen: number;
}

const BASIS_POINTS = 10_000n;

/**
 * Whether a variance has to be counted again: when it exceeds the absolute tolerance or the relative one. In whole
 * numbers of any size, so that large lots are not rounded.
 * @param varianceBase  counted less balance
 * @param balanceBase   the balance at the moment of counting, ≥ 0
 */
export function exceedsTolerance(
  varianceBase: number,
  balanceBase: number,
  rules: Pick<ClassRules, 'toleranceBase' | 'toleranceBasisPoints'>,
): boolean {
  const size = Math.abs(varianceBase);
  if (size === 0) return false;
  const isAboveShare = BigInt(size) * BASIS_POINTS > BigInt(balanceBase) * BigInt(rules.toleranceBasisPoints);
  return size > rules.toleranceBase || isAboveShare;
}

/** A variance as far as approval goes. */
export interface Variance {
  readonly varianceBase: number;
  readonly class: CountClass;
  /** Estimated value of a piece, or null when nobody has set one. */
  readonly unitValueFen: number | null;
}

/**
 * Whether the variances are so large that an approver has to sign, and not a stock manager. Gains and losses do not
 * offset each other; all lines of a class are added up, so that splitting a lot does not help.
 */
export function needsApprover(variances: readonly Variance[], rules: readonly ClassRules[]): boolean {
  return rules.some((rule) => {
    const ofClass = variances.filter((variance) => variance.class === rule.class);
    const pieces = ofClass.reduce((sum, { varianceBase }) => sum + BigInt(Math.abs(varianceBase)), 0n);
    const fen = ofClass.reduce(
      (sum, { varianceBase, unitValueFen }) => sum + BigInt(Math.abs(varianceBase)) * BigInt(unitValueFen ?? 0),
      0n,
    );
    return pieces > BigInt(rule.approverAboveBase) || fen > BigInt(rule.approverAboveFen);
  });
}
