import { regionCovers, type Caller } from '@ledger/contracts';

/** A team that was asked, as far as access goes. */
export interface AskedTeam {
  readonly regionCode: string;
  readonly organisationId: string;
}

/** Whom a call-up concerns, for the question who may see it and who may act on it. */
export interface CallUpParties {
  /** Null for a tombstone. */
  readonly siteRegionCode: string | null;
  /** The teams asked so far, in order; the last one is the one that holds the call-up. */
  readonly teams: readonly AskedTeam[];
}

/** True when the caller's region covers the site or the base of any team that was asked. */
export function maySee(caller: Caller, parties: CallUpParties): boolean {
  return coversSite(caller, parties) || parties.teams.some((team) => regionCovers(caller.regionCode, team.regionCode));
}

/** True for those who command the team that holds the call-up now, and for a dispatcher whose region covers the site. */
export function mayAct(caller: Caller, parties: CallUpParties): boolean {
  const holder = parties.teams.at(-1);
  return (holder !== undefined && commandsTeam(caller, holder)) || isSiteDispatcher(caller, parties);
}

export function isSiteDispatcher(caller: Caller, parties: CallUpParties): boolean {
  return caller.roles.includes('dispatcher') && coversSite(caller, parties);
}

/**
 * True when the team is of the caller's region and, unless the caller belongs to the emergency departments, of the
 * caller's own organisation.
 * Source: plan 004 §1 (unified command), plan 004 §20 (all teams in one command system).
 */
function commandsTeam(caller: Caller, team: AskedTeam): boolean {
  const ownOrganisation = caller.organisationKind === 'emergency' || caller.organisationId === team.organisationId;
  return ownOrganisation && regionCovers(caller.regionCode, team.regionCode);
}

function coversSite(caller: Caller, parties: CallUpParties): boolean {
  return parties.siteRegionCode !== null && regionCovers(caller.regionCode, parties.siteRegionCode);
}
