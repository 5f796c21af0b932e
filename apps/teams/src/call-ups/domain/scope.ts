import { regionCovers, type Caller } from '@ledger/contracts';

/** The regions a call-up touches, for the question who may see it and who may act on it. */
export interface CallUpRegions {
  /** Null for a tombstone. */
  readonly siteRegionCode: string | null;
  /** The teams asked so far, in order; the last one is the one that holds the call-up. */
  readonly teamRegionCodes: readonly string[];
}

/** True when the caller's region covers the site or the base of any team that was asked. */
export function maySee(caller: Caller, regions: CallUpRegions): boolean {
  return commandsSite(caller, regions) || regions.teamRegionCodes.some((code) => regionCovers(caller.regionCode, code));
}

/** True for the side of the team that holds the call-up now, and for a dispatcher whose region covers the site. */
export function mayAct(caller: Caller, regions: CallUpRegions): boolean {
  const holder = regions.teamRegionCodes.at(-1);
  const isTeamSide = holder !== undefined && regionCovers(caller.regionCode, holder);
  return isTeamSide || isSiteDispatcher(caller, regions);
}

export function isSiteDispatcher(caller: Caller, regions: CallUpRegions): boolean {
  return caller.roles.includes('dispatcher') && commandsSite(caller, regions);
}

function commandsSite(caller: Caller, regions: CallUpRegions): boolean {
  return regions.siteRegionCode !== null && regionCovers(caller.regionCode, regions.siteRegionCode);
}
