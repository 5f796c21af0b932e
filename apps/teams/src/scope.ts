import { isRegionCode, regionCovers, type Caller } from '@ledger/contracts';

/** A team as far as access goes. */
export interface TeamScope {
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
 * Whether a caller keeps the books of a team: in the own region and, unless the caller belongs to the emergency
 * departments, of the own organisation.
 * Source: plan 004 §1 (unified command), plan 004 §20 (all teams in one command system).
 */
export function mayKeep(caller: Caller, team: TeamScope): boolean {
  const ownOrganisation = caller.organisationKind === 'emergency' || caller.organisationId === team.organisationId;
  return ownOrganisation && regionCovers(caller.regionCode, team.regionCode);
}
