import { DomainError, regionCovers } from '@ledger/contracts';

export interface BookableSite {
  readonly regionCode: string;
  readonly openToRegionCode: string;
  readonly capacityPeople: number;
}

export interface WantedBooking {
  readonly from: Date;
  readonly until: Date;
  readonly people: number;
}

const LONGEST_BOOKING_MS = 30 * 24 * 60 * 60 * 1000;

/** Whether people of a region may use a site: those it is open to, and those whose region it lies in. */
export function isOpenTo(site: BookableSite, regionCode: string): boolean {
  return regionCovers(site.openToRegionCode, regionCode) || regionCovers(regionCode, site.regionCode);
}

/**
 * @throws DomainError in this order: TEAMS_DATES_INVALID (ends before it begins, begins before now, longer than 30
 *   days), TEAMS_TRAINING_SITE_TOO_SMALL
 */
export function checkBooking(site: BookableSite, wanted: WantedBooking, now: Date): void {
  const span = wanted.until.getTime() - wanted.from.getTime();
  if (span <= 0) throw new DomainError('TEAMS_DATES_INVALID', { detail: 'the booking ends before it begins' });
  if (span > LONGEST_BOOKING_MS) throw new DomainError('TEAMS_DATES_INVALID', { detail: 'longer than 30 days' });
  if (wanted.from < now) throw new DomainError('TEAMS_DATES_INVALID', { detail: 'the booking begins in the past' });
  if (wanted.people > site.capacityPeople) {
    throw new DomainError('TEAMS_TRAINING_SITE_TOO_SMALL', { facts: { capacityPeople: site.capacityPeople } });
  }
}
