import { distanceMetres, lineageOf, regionCovers, tiersApart, type Position } from '@ledger/contracts';

/** A team of the kind asked for, with what is known of it at this moment. */
export interface Candidate extends Position {
  readonly teamId: string;
  readonly teamName: string;
  readonly regionCode: string;
  /** The open call-up that holds the team, or null when it is free. */
  readonly heldSince: Date | null;
  /** The team's earlier answer to this same call-up, or null when it was not asked yet. */
  readonly earlierAnswer: 'declined' | 'no-answer' | null;
}

export interface Skip {
  readonly teamId: string;
  readonly teamName: string;
  readonly reason: string;
}

export interface TeamChoice {
  /** The team to ask next, or undefined when none can be asked. */
  readonly chosen: Candidate | undefined;
  /** The teams that rank before the chosen one, each with the reason it is passed over; all of them when none is chosen. */
  readonly skipped: readonly Skip[];
}

export interface CallUpSite extends Position {
  readonly regionCode: string;
}

const CITY_CODE_LENGTH = 4;

/**
 * Chooses the team to ask: local first (fewest tiers to climb from the site: village, township, county, city), then
 * the shortest distance, then the id, so that the order is the same every time. A team is passed over only for a
 * reason that can be shown to it and to the dispatcher.
 *
 * Source: plan 004 §19 (local-first call-up), plan 004 §20 (nearest first).
 */
export function chooseTeam(site: CallUpSite, candidates: readonly Candidate[]): TeamChoice {
  const skipped: Skip[] = [];
  for (const candidate of localFirst(site, candidates)) {
    const reason = reasonToSkip(site, candidate);
    if (reason === undefined) return { chosen: candidate, skipped };
    skipped.push({ teamId: candidate.teamId, teamName: candidate.teamName, reason });
  }
  return { chosen: undefined, skipped };
}

function localFirst(site: CallUpSite, candidates: readonly Candidate[]): Candidate[] {
  return candidates
    .map((candidate) => ({
      candidate,
      tiers: tiersApart(site.regionCode, candidate.regionCode),
      metres: distanceMetres(site, candidate),
    }))
    .sort(
      (a, b) => a.tiers - b.tiers || a.metres - b.metres || a.candidate.teamId.localeCompare(b.candidate.teamId, 'en'),
    )
    .map(({ candidate }) => candidate);
}

function reasonToSkip(site: CallUpSite, candidate: Candidate): string | undefined {
  if (candidate.earlierAnswer === 'declined') return 'declined this call-up before';
  if (candidate.earlierAnswer === 'no-answer') return 'gave no answer to this call-up in time';
  if (!mayBeAsked(site.regionCode, candidate.regionCode)) {
    return 'belongs to another city or province: its own headquarters has to be asked';
  }
  if (candidate.heldSince) return `is called up for another task since ${candidate.heldSince.toISOString()}`;
  return undefined;
}

/** A county may call on its city's teams and on those of any tier above the site; others are for their own headquarters. */
function mayBeAsked(siteRegion: string, teamRegion: string): boolean {
  const city = lineageOf(siteRegion).find((code) => code.length === CITY_CODE_LENGTH);
  return regionCovers(teamRegion, siteRegion) || (city !== undefined && regionCovers(city, teamRegion));
}

const MAX_REASON_LENGTH = 500;

/** One sentence for a person: why no team of the kind could be had. */
export function refusalReason(typeCode: string, skipped: readonly Skip[]): string {
  if (skipped.length === 0) return `no team of kind ${typeCode} is registered`;
  const each = skipped.map((skip) => `${skip.teamName} ${skip.reason}`).join('; ');
  return `no team of kind ${typeCode} is left to ask: ${each}`.slice(0, MAX_REASON_LENGTH);
}
