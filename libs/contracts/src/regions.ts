/**
 * The statistical division code is the hierarchy: 2 digits province, 4 city, 6 county, 9 township, 12 village.
 * A parent's code is the leading part of a child's, so scope checks and roll-ups are prefix operations.
 */

export type RegionTier = 'province' | 'city' | 'county' | 'township' | 'village';

const TIER_BY_LENGTH: ReadonlyMap<number, RegionTier> = new Map([
  [2, 'province'],
  [4, 'city'],
  [6, 'county'],
  [9, 'township'],
  [12, 'village'],
]);

const CODE_LENGTHS = [2, 4, 6, 9, 12] as const;

/** Matches a code of exactly one of the five lengths. */
export const REGION_CODE_PATTERN = /^(?:\d{2}|\d{4}|\d{6}|\d{9}|\d{12})$/;

export function isRegionCode(code: string): boolean {
  return REGION_CODE_PATTERN.test(code);
}

/** The tier of a code, or undefined for a text that is no region code. */
export function tierOf(code: string): RegionTier | undefined {
  return isRegionCode(code) ? TIER_BY_LENGTH.get(code.length) : undefined;
}

/** How many digits the codes of a tier have. */
export function codeLengthOf(tier: RegionTier): number {
  return CODE_LENGTHS.find((length) => TIER_BY_LENGTH.get(length) === tier) as number;
}

/** How many digits the codes one tier below have; of a village, its own. */
export function codeLengthBelow(code: string): number {
  return CODE_LENGTHS.find((length) => length > code.length) ?? code.length;
}

/** The code one tier up, or undefined for a province or a text that is no region code. */
export function parentRegionOf(code: string): string | undefined {
  const tierIndex = CODE_LENGTHS.findIndex((length) => length === code.length);
  return tierIndex > 0 && isRegionCode(code) ? code.slice(0, CODE_LENGTHS[tierIndex - 1]) : undefined;
}

/** The code itself and all codes above it, nearest first; empty for a text that is no region code. */
export function lineageOf(code: string): string[] {
  if (!isRegionCode(code)) return [];
  return CODE_LENGTHS.filter((length) => length <= code.length)
    .map((length) => code.slice(0, length))
    .reverse();
}

/**
 * True when `scope` is `code` or lies above it. A scope that is no region code covers nothing, so that an empty or
 * cut-off scope can never open everything.
 */
export function regionCovers(scope: string, code: string): boolean {
  return isRegionCode(scope) && isRegionCode(code) && code.startsWith(scope);
}

/**
 * How many tiers one has to climb from `from` until `to` is covered: 0 when `from` covers `to`, 5 when even the
 * province differs. It orders sources "local first".
 * Source: plan 004 §20 (nearest first), plan 004 §19 (local-first call-up).
 */
export function tiersApart(from: string, to: string): number {
  const climb = lineageOf(from).findIndex((ancestor) => regionCovers(ancestor, to));
  return climb === -1 ? CODE_LENGTHS.length : climb;
}
