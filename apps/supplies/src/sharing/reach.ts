import { regionCovers, type Caller } from '@ledger/contracts';

/**
 * Whether a caller may bind a region towards another: people of the emergency departments, who command all depots of
 * the region, of the region itself or of a tier above it.
 * Source: plan 004 §1 (unified command).
 */
export const actsFor = (caller: Caller, regionCode: string): boolean =>
  caller.organisationKind === 'emergency' && regionCovers(caller.regionCode, regionCode);

/**
 * Rows of either of two regions are read by the people of these regions, of the tiers above them and of the places in
 * them. In SQL $1 is the pattern of the caller's region and $2 the region itself.
 */
export const eitherSide = (one: string, other: string): string =>
  `(${one} LIKE $1 OR ${other} LIKE $1 OR starts_with($2, ${one}) OR starts_with($2, ${other}))`;

export const isEitherSide = (caller: Caller, ...sides: readonly string[]): boolean =>
  sides.some((side) => regionCovers(caller.regionCode, side) || regionCovers(side, caller.regionCode));
