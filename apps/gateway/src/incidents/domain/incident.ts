import { DomainError } from '@ledger/contracts';

export const INCIDENT_KINDS = [
  'flood',
  'forest-fire',
  'mine-accident',
  'hazchem',
  'earthquake',
  'geological',
  'snow',
  'other',
] as const;
export type IncidentKind = (typeof INCIDENT_KINDS)[number];

/** Response levels, I the gravest. */
export const INCIDENT_LEVELS = ['I', 'II', 'III', 'IV'] as const;
export type IncidentLevel = (typeof INCIDENT_LEVELS)[number];

/** Clocks of reporters may run ahead of the database by this much. */
const TOLERATED_SECONDS = 300;
/** Sites are listed with their incident, so their number is bounded. */
export const MAX_SITES = 100;

/** @throws DomainError GATEWAY_INCIDENT_TIME_INVALID when the incident would only happen later */
export function requireHappened(occurredAt: Date, now: Date): void {
  if (occurredAt.getTime() - now.getTime() > TOLERATED_SECONDS * 1000) {
    throw new DomainError('GATEWAY_INCIDENT_TIME_INVALID', {
      detail: `an incident is reported after it began; ${TOLERATED_SECONDS} s ahead are tolerated`,
    });
  }
}

/** @throws DomainError GATEWAY_INCIDENT_CLOSED, then GATEWAY_INCIDENT_SITES_FULL */
export function requireRoomForSite(incident: { readonly closedAt: Date | null; readonly siteCount: number }): void {
  if (incident.closedAt) throw new DomainError('GATEWAY_INCIDENT_CLOSED');
  if (incident.siteCount >= MAX_SITES) {
    throw new DomainError('GATEWAY_INCIDENT_SITES_FULL', { facts: { maxSites: MAX_SITES } });
  }
}
