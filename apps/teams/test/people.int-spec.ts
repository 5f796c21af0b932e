import { randomUUID } from 'node:crypto';
import { startTestService, type TestCaller, type TestService } from '@ledger/testing';
import type {
  EvidenceWrittenResponse,
  MembersResponse,
  MembershipWrittenResponse,
  PersonDisclosedResponse,
  PersonResponse,
} from '../src/people/dto/person.dto';
import { checkDigitOf } from '../src/people/domain/identity-number';
import type { PersonalDataReadsResponse } from '../src/personal-data/dto/personal-data.dto';
import { teamsService } from '../src/service';
import { AUDITOR, DISPATCHER, FUGU_MANAGER, MANAGER, TeamDesk } from './support/team-desk';

let service: TestService;
let desk: TeamDesk;

beforeAll(async () => {
  service = await startTestService(teamsService, { seeded: true });
  desk = new TeamDesk(service);
  await desk.settled();
});
afterAll(() => service.stop());

/** Refused, with nothing written. */
async function refused(path: string, body: unknown, code: string, as: TestCaller = MANAGER): Promise<void> {
  const before = await desk.traces();
  expect((await desk.post(path, body, as)).body).toMatchObject({ code });
  expect(await desk.traces()).toEqual(before);
}

let serial = 0;
/** An invented number with a right check digit; 990000 is no region's code. */
function anIdentityNumber(): string {
  const first17 = `99000019900101${String(++serial).padStart(3, '0')}`;
  return first17 + checkDigitOf(first17);
}

const aPerson = (teamId: string, overrides: object = {}) => ({
  teamId,
  role: 'member',
  name: '张小山',
  phone: '13712345678',
  ...overrides,
});

async function aMember(teamId: string, overrides: object = {}): Promise<string> {
  const { status, body } = await desk.post<MembershipWrittenResponse>('persons', aPerson(teamId, overrides));
  expect(status).toBe(201);
  return body.personId;
}

const personOf = async (id: string, as: TestCaller = MANAGER): Promise<PersonResponse> =>
  (await desk.get<PersonResponse>(`persons/${id}`, as)).body;

describe('a person', () => {
  it('is entered with a team; the identity number is kept masked and as a hash only', async () => {
    const teamId = await desk.aTeam();
    const identityNumber = anIdentityNumber();
    const id = await aMember(teamId, { identityNumber, role: 'medic' });
    expect(await personOf(id)).toMatchObject({
      nameMasked: '张**',
      phoneMasked: '137******78',
      identityMasked: `990*************${identityNumber.slice(-2)}`,
      teamId,
      role: 'medic',
    });
    const [row] = await service.database.query<{ text: string }>(
      'SELECT to_jsonb(p)::text AS text FROM persons p WHERE id = $1',
      [id],
    );
    expect(row.text).not.toContain(identityNumber);
    const { items } = (await desk.get<MembersResponse>(`teams/${teamId}/members`, AUDITOR)).body;
    expect(items).toMatchObject([{ personId: id, nameMasked: '张**', role: 'medic', restingUntil: null }]);
  });

  it('with a wrong check digit is refused', async () => {
    const teamId = await desk.aTeam();
    const number = anIdentityNumber();
    const wrong = number.slice(0, 17) + (number.endsWith('1') ? '2' : '1');
    await refused('persons', aPerson(teamId, { identityNumber: wrong }), 'TEAMS_IDENTITY_NUMBER_INVALID');
    await refused('persons', aPerson(teamId, { identityNumber: '990000900101123' }), 'TEAMS_IDENTITY_NUMBER_INVALID');
  });

  it('is known again by the identity number, however it is written', async () => {
    const number = anIdentityNumber();
    const teamId = await desk.aTeam();
    await aMember(teamId, { identityNumber: number });
    const spelt = `${number.slice(0, 6)} ${number.slice(6).toLowerCase()}`;
    await refused('persons', aPerson(teamId, { identityNumber: spelt }), 'TEAMS_PERSON_KNOWN');
  });

  it('is out of reach of other counties, other organisations and those who only read', async () => {
    const teamId = await desk.aTeam();
    const id = await aMember(teamId);
    const enterprise: TestCaller = { ...MANAGER, organisationKind: 'enterprise', organisationId: randomUUID() };
    await refused('persons', aPerson(teamId), 'TEAMS_TEAM_NOT_FOUND', FUGU_MANAGER);
    await refused('persons', aPerson(teamId), 'TEAMS_TEAM_ORGANISATION_FOREIGN', enterprise);
    await refused('persons', aPerson(teamId), 'AUTH_ROLE_MISSING', DISPATCHER);
    await refused(`persons/${id}/evidence`, aCertificate(), 'TEAMS_PERSON_NOT_FOUND', FUGU_MANAGER);
    await refused(`persons/${id}/evidence`, aCertificate(), 'TEAMS_TEAM_ORGANISATION_FOREIGN', enterprise);
    expect((await desk.get(`persons/${id}`, FUGU_MANAGER)).status).toBe(404);
    expect((await desk.get(`teams/${teamId}/members`, FUGU_MANAGER)).status).toBe(404);
  });

  it('is changed by whoever read the last version', async () => {
    const id = await aMember(await desk.aTeam());
    const change = { version: 1, name: '张大山', phone: '13600001111' };
    const answers = await Promise.all([desk.put(`persons/${id}`, change), desk.put(`persons/${id}`, change)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await personOf(id)).toMatchObject({ phoneMasked: '136******11', version: 2 });
  });
});

describe('a person on a team', () => {
  it('is on one team at a time, even when two teams take them at the same instant', async () => {
    const [first, second, third] = [await desk.aTeam(), await desk.aTeam(), await desk.aTeam()];
    const personId = await aMember(first);
    await refused(`teams/${second}/members`, { personId, role: 'member' }, 'TEAMS_PERSON_ON_A_TEAM');
    const leave = { reason: '调动' };
    expect((await desk.post(`teams/${first}/members/${personId}/departure`, leave)).status).toBe(200);
    await refused(`teams/${first}/members/${personId}/departure`, leave, 'TEAMS_PERSON_NOT_ON_TEAM');
    const answers = await Promise.all(
      [second, third].map((team) => desk.post(`teams/${team}/members`, { personId, role: 'deputy' })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect([second, third]).toContain((await personOf(personId)).teamId);
  });

  it('is kept apart by the database as well', async () => {
    const [first, second] = [await desk.aTeam(), await desk.aTeam()];
    const personId = await aMember(first);
    await expect(
      service.database.query(
        `INSERT INTO team_memberships (id, person_id, team_id, role, during)
         VALUES (gen_random_uuid(), $1, $2, 'member', tstzrange(now(), NULL))`,
        [personId, second],
      ),
    ).rejects.toThrow('ex_team_memberships_one_team_at_a_time');
  });

  it('does not join a team that is disbanded', async () => {
    const teamId = await desk.aTeam();
    await desk.post(`teams/${teamId}/disbandment`, { reason: '撤销' });
    await refused('persons', aPerson(teamId), 'TEAMS_TEAM_DISBANDED');
  });
});

function aCertificate(overrides: object = {}) {
  return {
    kindCode: 'swift-water-rescue',
    number: 'JS-2026-17',
    issuer: '山西省应急管理厅',
    passed: true,
    beginsOn: '2026-01-01',
    validUntil: '2028-12-31',
    ...overrides,
  };
}

describe('certificates, courses, medical checks and insurance', () => {
  it('are kept with their validity; what is taken back stays to be seen', async () => {
    const id = await aMember(await desk.aTeam());
    const { body } = await desk.post<EvidenceWrittenResponse>(`persons/${id}/evidence`, aCertificate());
    const withdrawal = `evidence/${body.evidenceId}/withdrawal`;
    expect((await desk.post(withdrawal, { reason: '证书吊销' })).status).toBe(200);
    await refused(withdrawal, { reason: '证书吊销' }, 'TEAMS_EVIDENCE_WITHDRAWN');
    await desk.post(`persons/${id}/evidence`, aCertificate({ kindCode: 'flood-training', hours: 16 }));
    expect((await personOf(id)).evidence).toMatchObject([
      { kindCode: 'flood-training', family: 'training', hours: 16, withdrawn: false },
      { kindCode: 'swift-water-rescue', family: 'certificate', validUntil: '2028-12-31', withdrawn: true },
    ]);
  });

  it.each([
    ['that end before they begin', aCertificate({ validUntil: '2025-12-31' }), 'TEAMS_DATES_INVALID'],
    ['of a kind nobody knows', aCertificate({ kindCode: 'magic' }), 'TEAMS_EVIDENCE_KIND_UNKNOWN'],
    [
      'of a course to come',
      aCertificate({ kindCode: 'flood-training', beginsOn: '2099-01-01', validUntil: undefined }),
      'TEAMS_DATES_INVALID',
    ],
    ['of a day that does not exist', aCertificate({ beginsOn: '2026-02-30' }), 'REQUEST_INVALID'],
  ])('%s are refused', async (_, evidence, code) => {
    await refused(`persons/${await aMember(await desk.aTeam())}/evidence`, evidence, code);
  });

  it('say nothing of health to those who do not keep the team', async () => {
    const id = await aMember(await desk.aTeam());
    const check = aCertificate({ kindCode: 'fitness-check', passed: false, number: undefined });
    await desk.post(`persons/${id}/evidence`, check);
    expect((await personOf(id)).evidence).toMatchObject([{ family: 'medical', passed: false }]);
    expect((await personOf(id, AUDITOR)).evidence).toMatchObject([{ family: 'medical', passed: null }]);
  });
});

describe('a rest', () => {
  const rest = (from: string, until: string) => ({ from, until, reason: '连续作战后休整' });

  it('is shown in the list while it lasts', async () => {
    const teamId = await desk.aTeam();
    const id = await aMember(teamId);
    const from = new Date(Date.now() - 3_600_000).toISOString();
    const until = new Date(Date.now() + 30 * 86_400_000).toISOString();
    expect((await desk.post(`persons/${id}/rests`, rest(from, until))).status).toBe(201);
    const { items } = (await desk.get<MembersResponse>(`teams/${teamId}/members`)).body;
    expect(items).toMatchObject([{ restingUntil: until }]);
  });

  it('is refused when it overlaps another, ends before it begins, or is over', async () => {
    const path = `persons/${await aMember(await desk.aTeam())}/rests`;
    await desk.post(path, rest('2099-01-01T00:00:00Z', '2099-01-03T00:00:00Z'));
    await refused(path, rest('2099-01-02T00:00:00Z', '2099-01-04T00:00:00Z'), 'TEAMS_REST_OVERLAPS');
    await refused(path, rest('2099-02-02T00:00:00Z', '2099-02-02T00:00:00Z'), 'TEAMS_DATES_INVALID');
    await refused(path, rest('2020-01-01T00:00:00Z', '2020-01-02T00:00:00Z'), 'TEAMS_DATES_INVALID');
    await refused(path, rest('2099-02-02T00:00:00', '2099-02-03T00:00:00Z'), 'REQUEST_INVALID');
  });
});

describe('personal data in clear', () => {
  const reason = { reason: '核对出队名单' };

  it('are given to the team manager of the region, and the log says who, when and why', async () => {
    const id = await aMember(await desk.aTeam());
    const { body } = await desk.post<PersonDisclosedResponse>(`persons/${id}/disclosures`, reason);
    expect(body).toMatchObject({ personId: id, name: '张小山', phone: '13712345678' });
    const log = (await desk.get<PersonalDataReadsResponse>(`personal-data-reads?subjectId=${id}`, AUDITOR)).body;
    expect(log.items).toMatchObject([
      { id: body.readId, subjectKind: 'person', reader: 'teams.hequ', reason: reason.reason, regionCode: '140930' },
    ]);
    expect(Date.parse(log.items[0].at)).toBeLessThanOrEqual(Date.now());
  });

  it('are given to the person’s own commander and to the person, not to the commander of another team', async () => {
    const commander: TestCaller = { roles: ['team-member'], userId: randomUUID(), organisationKind: 'enterprise' };
    const stranger: TestCaller = { ...commander, userId: randomUUID() };
    const self: TestCaller = { ...commander, userId: randomUUID() };
    const teamId = await desk.aTeam();
    await aMember(teamId, { role: 'commander', userId: commander.userId });
    await aMember(await desk.aTeam(), { role: 'commander', userId: stranger.userId });
    const id = await aMember(teamId, { userId: self.userId });
    for (const as of [commander, self])
      expect((await desk.post(`persons/${id}/disclosures`, reason, as)).status).toBe(201);
    await refused(`persons/${id}/disclosures`, reason, 'TEAMS_PERSONAL_DATA_FORBIDDEN', stranger);
    await refused(`persons/${id}/disclosures`, { reason: '' }, 'REQUEST_INVALID');
    await refused(`persons/${id}/disclosures`, reason, 'AUTH_ROLE_MISSING', DISPATCHER);
    await refused(`persons/${id}/disclosures`, reason, 'TEAMS_PERSON_NOT_FOUND', FUGU_MANAGER);
  });
});
