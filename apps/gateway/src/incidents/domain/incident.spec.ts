import { DomainError, type ProblemCode } from '@ledger/contracts';
import { MAX_SITES, requireHappened, requireRoomForSite } from './incident';

const NOW = new Date('2026-07-01T08:00:00.000Z');
const secondsFromNow = (seconds: number): Date => new Date(NOW.getTime() + seconds * 1000);

function codeOf(work: () => void): ProblemCode | 'none' {
  try {
    work();
    return 'none';
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
}

describe('requireHappened', () => {
  it.each([-86_400, 0, 300])('takes an incident %i s from now', (seconds) => {
    expect(codeOf(() => requireHappened(secondsFromNow(seconds), NOW))).toBe('none');
  });

  it('refuses one that lies further ahead than clocks may differ', () => {
    expect(codeOf(() => requireHappened(secondsFromNow(301), NOW))).toBe('GATEWAY_INCIDENT_TIME_INVALID');
  });
});

describe('requireRoomForSite', () => {
  it('takes a site of an open incident below the limit', () => {
    expect(codeOf(() => requireRoomForSite({ closedAt: null, siteCount: MAX_SITES - 1 }))).toBe('none');
  });

  it('refuses one site too many', () => {
    expect(codeOf(() => requireRoomForSite({ closedAt: null, siteCount: MAX_SITES }))).toBe(
      'GATEWAY_INCIDENT_SITES_FULL',
    );
  });

  it('names the closed incident first when both apply', () => {
    expect(codeOf(() => requireRoomForSite({ closedAt: NOW, siteCount: MAX_SITES }))).toBe('GATEWAY_INCIDENT_CLOSED');
  });
});
