import { DomainError } from '@ledger/contracts';
import { checkBooking, isOpenTo } from './check-booking';

const SITE = { regionCode: '140930', openToRegionCode: '1409', capacityPeople: 60 };
const NOW = new Date('2026-07-01T00:00:00Z');
const wanted = (from: string, until: string, people = 60) => ({ from: new Date(from), until: new Date(until), people });

it.each([
  ['140930', true],
  ['140931', true],
  ['14', true],
  ['1410', false],
  ['610822', false],
  ['', false],
])('is open to people of %s: %s', (regionCode, open) => {
  expect(isOpenTo(SITE, regionCode)).toBe(open);
});

it('takes a booking that begins now and fills the site', () => {
  expect(() => checkBooking(SITE, wanted('2026-07-01T00:00:00Z', '2026-07-31T00:00:00Z'), NOW)).not.toThrow();
});

it.each([
  ['ends as it begins', wanted('2026-07-02T00:00:00Z', '2026-07-02T00:00:00Z'), 'TEAMS_DATES_INVALID'],
  ['is too long', wanted('2026-07-02T00:00:00Z', '2026-08-01T00:00:01Z'), 'TEAMS_DATES_INVALID'],
  ['begins in the past', wanted('2026-06-30T23:59:59Z', '2026-07-02T00:00:00Z'), 'TEAMS_DATES_INVALID'],
  ['needs more room', wanted('2026-07-02T00:00:00Z', '2026-07-03T00:00:00Z', 61), 'TEAMS_TRAINING_SITE_TOO_SMALL'],
])('refuses one that %s', (_, booking, code) => {
  expect(() => checkBooking(SITE, booking, NOW)).toThrow(DomainError);
  expect(() => checkBooking(SITE, booking, NOW)).toThrow(code);
});
