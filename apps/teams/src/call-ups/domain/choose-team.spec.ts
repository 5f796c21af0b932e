import { distanceMetres, tiersApart } from '@ledger/contracts';
import fc from 'fast-check';
import { chooseTeam, refusalReason, type Candidate } from './choose-team';

const SITE = { regionCode: '140930101200', latitude: 39.42, longitude: 111.22 };

const aCandidate = (changes: Partial<Candidate> = {}): Candidate => ({
  teamId: '0197f0c0-0000-7000-8000-000000000001',
  teamName: '河曲县防汛抗旱抢险队',
  regionCode: '140930',
  latitude: 39.38,
  longitude: 111.2,
  heldSince: null,
  earlierAnswer: null,
  ...changes,
});

const anyCandidates = fc.uniqueArray(
  fc.record<Candidate>({
    teamId: fc.uuid(),
    teamName: fc.constantFrom('first', 'second', 'third'),
    regionCode: fc.constantFrom('140930101200', '140930101', '140930102', '140930', '140931', '1409', '14', '610822'),
    latitude: fc.double({ min: 38, max: 40, noNaN: true }),
    longitude: fc.double({ min: 110, max: 113, noNaN: true }),
    heldSince: fc.option(fc.constant(new Date('2026-07-01T00:00:00Z'))),
    earlierAnswer: fc.constantFrom(null, null, 'declined' as const, 'no-answer' as const),
  }),
  { maxLength: 12, selector: (candidate) => candidate.teamId },
);

const rank = (candidate: Candidate): [number, number] => [
  tiersApart(SITE.regionCode, candidate.regionCode),
  distanceMetres(SITE, candidate),
];

describe('chooseTeam', () => {
  it('asks the village, then the township, the county and the city, however far they stand', () => {
    const teams = ['1409', '140930', '140930101', '140930101200'].map((regionCode, index) =>
      aCandidate({ teamId: `0197f0c0-0000-7000-8000-00000000000${index}`, regionCode, latitude: 38.4 + index * 0.3 }),
    );
    const asked: string[] = [];
    for (let left = teams; left.length > 0; left = left.filter((team) => !asked.includes(team.regionCode))) {
      asked.push(chooseTeam(SITE, left).chosen!.regionCode);
    }
    expect(asked).toEqual(['140930101200', '140930101', '140930', '1409']);
  });

  it('asks the nearer one of two teams of the same tier', () => {
    const near = aCandidate({ teamId: '0197f0c0-0000-7000-8000-0000000000ff', latitude: 39.41 });
    const far = aCandidate({ latitude: 39.1 });
    expect(chooseTeam(SITE, [far, near]).chosen).toBe(near);
  });

  it('names the reason of every kind of skip', () => {
    const heldSince = new Date('2026-07-01T00:00:00Z');
    const { chosen, skipped } = chooseTeam(SITE, [
      aCandidate({ teamName: 'held', regionCode: '140930101200', heldSince }),
      aCandidate({ teamName: 'declined', regionCode: '140930101', earlierAnswer: 'declined' }),
      aCandidate({ teamName: 'silent', regionCode: '140930', earlierAnswer: 'no-answer' }),
      aCandidate({ teamName: 'foreign', regionCode: '610822' }),
    ]);
    expect(chosen).toBeUndefined();
    expect(skipped.map(({ teamName, reason }) => `${teamName}: ${reason}`)).toEqual([
      'held: is called up for another task since 2026-07-01T00:00:00.000Z',
      'declined: declined this call-up before',
      'silent: gave no answer to this call-up in time',
      'foreign: belongs to another city or province: its own headquarters has to be asked',
    ]);
  });

  it('always takes the first in rank that may be asked, and accounts for every team before it', () => {
    fc.assert(
      fc.property(anyCandidates, (candidates) => {
        const { chosen, skipped } = chooseTeam(SITE, candidates);
        const skippedIds = new Set(skipped.map((skip) => skip.teamId));
        const [tiers, metres] = chosen ? rank(chosen) : [Infinity, Infinity];
        for (const candidate of candidates.filter((one) => one !== chosen)) {
          const [otherTiers, otherMetres] = rank(candidate);
          const before = otherTiers < tiers || (otherTiers === tiers && otherMetres < metres);
          if (before) expect(skippedIds).toContain(candidate.teamId);
        }
        if (chosen) expect([chosen.heldSince, chosen.earlierAnswer]).toEqual([null, null]);
        else expect(skippedIds.size).toBe(candidates.length);
      }),
    );
  });

  it('does not depend on the order in which the rows arrive', () => {
    fc.assert(
      fc.property(anyCandidates, (candidates) => {
        expect(chooseTeam(SITE, [...candidates].reverse())).toEqual(chooseTeam(SITE, candidates));
      }),
    );
  });
});

describe('refusalReason', () => {
  it('says that no such team is registered', () => {
    expect(refusalReason('PRO-02', [])).toBe('no team of kind PRO-02 is registered');
  });

  it('fits the event however many teams were passed over', () => {
    const skipped = Array.from({ length: 200 }, (_, index) => ({
      teamId: `${index}`,
      teamName: '防汛队',
      reason: 'declined this call-up before',
    }));
    expect(refusalReason('PRO-02', skipped)).toHaveLength(500);
  });
});
