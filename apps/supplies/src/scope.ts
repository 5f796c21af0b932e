import { isRegionCode, regionCovers, type Caller } from '@ledger/contracts';

/** A depot as far as access goes. */
export interface Place {
  readonly regionCode: string;
  readonly organisationId: string;
}

/**
 * The LIKE pattern of the regions a scope covers. What is no region code covers nothing, so that an empty or cut-off
 * scope can never open everything.
 */
export function regionPattern(scope: string): string {
  return isRegionCode(scope) ? `${scope}%` : '';
}

/**
 * Whether a caller may move goods of a depot: in the own region and, unless the caller belongs to the emergency
 * departments, which command all depots of their region, of the own organisation. Reading needs the region alone,
 * because departments share what they have.
 * Source: plan 004 §1 (unified command), plan 004 §22 (central management), plan 004 §27 (sharing).
 */
export function mayActAt(caller: Caller, depot: Place): boolean {
  const ownOrganisation = caller.organisationKind === 'emergency' || caller.organisationId === depot.organisationId;
  return ownOrganisation && regionCovers(caller.regionCode, depot.regionCode);
}
