import { randomUUID } from 'node:crypto';
import { CallUp, CallUpRefused, TeamRegistered } from '@ledger/contracts';
import { startTestService, type TestCaller, type TestService } from '@ledger/testing';
import type { PersonalDataReadsResponse } from '../src/personal-data/dto/personal-data.dto';
import type {
  CapabilityKindsResponse,
  CapableTeamsResponse,
  ContactsDisclosedResponse,
  SpecialtiesResponse,
  TeamEntryResponse,
  TeamWrittenResponse,
} from '../src/registry/dto/team-entry.dto';
import { teamsService } from '../src/service';
import { aCallUp, aTeam, brokenInvariants } from './support/flood-team';
import { AUDITOR, DISPATCHER, FUGU_MANAGER, MANAGER, TeamDesk, anAmendment } from './support/team-desk';

let service: TestService;
let desk: TeamDesk;

beforeAll(async () => {
  service = await startTestService(teamsService, { seeded: true });
  desk = new TeamDesk(service);
  await desk.settled();
});
afterEach(async () => {
  expect(await brokenInvariants(service)).toEqual({});
});
afterAll(() => service.stop());

const ENTERPRISE: TestCaller = { ...MANAGER, organisationKind: 'enterprise', organisationId: randomUUID() };
const entryOf = async (id: string): Promise<TeamEntryResponse> =>
  (await desk.get<TeamEntryResponse>(`teams/${id}/entry`)).body;

describe('a new team', () => {
  it('is entered with what it is, can do and who leads it, and is announced', async () => {
    const id = await desk.aTeam();
    expect(await entryOf(id)).toMatchObject({
      nameZh: '河曲县防汛抢险队',
      sponsorName: '河曲县水利局',
      state: 'active',
      version: 1,
      specialties: [
        { code: 'flood', main: true },
        { code: 'diving', main: false },
      ],
      coverageRegions: ['140931'],
      capabilities: [
        { code: 'drain-cubic-metres-per-hour', amount: 3000, unit: 'm³/h', level: 0, basis: 'declared' },
        { code: 'rope-rescue', amount: 8, unit: '人', level: 2, basis: 'assessed' },
        { code: 'swift-water', amount: 12, level: 1 },
      ],
      contacts: [
        { role: 'commander', nameMasked: '王**', phoneMasked: '138******78' },
        { role: 'deputy', nameMasked: '李*', phoneMasked: '139******11' },
      ],
      grades: [],
    });
    const announced = (await service.published(TeamRegistered)).filter(({ teamId }) => teamId === id);
    expect(announced).toMatchObject([{ strength: 30, synthetic: false, state: 'active' }]);
  });

  it('is entered by an enterprise for itself, and for nobody else', async () => {
    const own = await desk.register({ organisationId: ENTERPRISE.organisationId }, ENTERPRISE);
    expect(own.status).toBe(201);
    const before = await desk.traces();
    expect(await desk.register({}, ENTERPRISE)).toMatchObject({
      status: 403,
      body: { code: 'TEAMS_TEAM_ORGANISATION_FOREIGN' },
    });
    expect(await desk.traces()).toEqual(before);
  });

  it.each<[string, Record<string, unknown>, number, string]>([
    ['of another county', { regionCode: '610822' }, 403, 'AUTH_REGION_OUT_OF_SCOPE'],
    ['of a kind nobody knows', { typeCode: 'PRO-99' }, 422, 'TEAMS_TEAM_ENTRY_INVALID'],
    ['with an invented specialty', { specialties: ['magic'] }, 422, 'TEAMS_TEAM_ENTRY_INVALID'],
    ['with a level out of range', levelled(4), 422, 'TEAMS_TEAM_ENTRY_INVALID'],
    ['without the level that the capability has', levelled(0), 422, 'TEAMS_TEAM_ENTRY_INVALID'],
    ['with two commanders', { contacts: [aCommander(), aCommander()] }, 422, 'TEAMS_TEAM_ENTRY_INVALID'],
    ['with words for a phone number', { contacts: [{ ...aCommander(), phone: 'call me' }] }, 400, 'REQUEST_INVALID'],
    ['with a field nobody asked for', { readiness: 'ready' }, 400, 'REQUEST_INVALID'],
    ['in no region', { regionCode: '14093' }, 400, 'REQUEST_INVALID'],
  ])('%s is refused and leaves no trace', async (_, overrides, status, code) => {
    const before = await desk.traces();
    expect(await desk.register(overrides)).toMatchObject({ status, body: { code } });
    expect(await desk.traces()).toEqual(before);
  });

  it('is refused to those who only look or call up', async () => {
    for (const as of [AUDITOR, DISPATCHER]) {
      expect(await desk.register({}, as)).toMatchObject({ status: 403, body: { code: 'AUTH_ROLE_MISSING' } });
    }
  });

  it('has a code of its own, even when two enter it at once', async () => {
    const code = 'HQ-RACE';
    const answers = await Promise.all(Array.from({ length: 6 }, () => desk.register({ code })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409, 409]);
    expect(answers.find(({ status }) => status === 409)?.body.code).toBe('TEAMS_TEAM_CODE_TAKEN');
  });
});

describe('an entry that changes', () => {
  it('keeps the dates of what stays and ends what is gone', async () => {
    const id = await desk.aTeam();
    const first = await entryOf(id);
    const capabilities = [{ code: 'drain-cubic-metres-per-hour', amount: 3000, basis: 'declared' }, boats(4)];
    const contacts = [{ role: 'commander', name: '赵刚', phone: '13600000000' }];
    const change = anAmendment(1, { capabilities, contacts });
    const answer = await desk.put<TeamWrittenResponse>(`teams/${id}`, change);
    expect(answer).toMatchObject({ status: 200, body: { version: 2 } });
    const second = await entryOf(id);
    expect(second.capabilities.map((one) => one.code)).toEqual(['boats', 'drain-cubic-metres-per-hour']);
    expect(second.capabilities[1].statedAt).toBe(first.capabilities[0].statedAt);
    expect(second.contacts.map(({ nameMasked }) => nameMasked)).toEqual(['赵*']);
    const past = await service.database.query(
      'SELECT name FROM team_contacts WHERE team_id = $1 AND ended_at IS NOT NULL ORDER BY ordinal',
      [id],
    );
    expect(past).toEqual([{ name: '王小明' }, { name: '李强' }]);
  });

  it('is refused to whoever read an older version, and out of reach', async () => {
    const id = await desk.aTeam();
    const change = anAmendment(1);
    const answers = await Promise.all([desk.put(`teams/${id}`, change), desk.put(`teams/${id}`, change)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await desk.put(`teams/${id}`, change)).toMatchObject({
      status: 409,
      body: { code: 'TEAMS_VERSION_STALE', facts: { version: 2 } },
    });
    expect(await desk.put(`teams/${id}`, change, FUGU_MANAGER)).toMatchObject({
      status: 404,
      body: { code: 'TEAMS_TEAM_NOT_FOUND' },
    });
    expect(await desk.put(`teams/${id}`, { ...change, version: 2 }, ENTERPRISE)).toMatchObject({
      status: 403,
      body: { code: 'TEAMS_TEAM_ORGANISATION_FOREIGN' },
    });
  });
});

describe('the question which teams can do something', () => {
  it('finds by amount, level and region, and says why a team is in the list', async () => {
    const cells = (amount: number) => [{ code: 'lift-tonnes', amount, basis: 'declared' }];
    const small = await desk.aTeam({ capabilities: cells(20), coverageRegions: [] });
    const big = await desk.aTeam({ capabilities: cells(80), coverageRegions: [] });
    const city = { ...MANAGER, regionCode: '1409' };
    const helper = await desk.aTeam(
      { regionCode: '140931', capabilities: cells(50), coverageRegions: ['140930'] },
      city,
    );
    await desk.aTeam({ regionCode: '140931', capabilities: cells(50), coverageRegions: [] }, city);
    const ask = async (query: string) =>
      (await desk.get<CapableTeamsResponse>(`capable-teams?capability=lift-tonnes${query}`)).body.items;
    expect((await ask('&region=140930')).map(({ teamId, because }) => [teamId, because])).toEqual([
      [big, 'base'],
      [helper, 'coverage'],
      [small, 'base'],
    ]);
    expect((await ask('&amount=50')).map(({ teamId }) => teamId)).toEqual([big, helper]);
    expect(await ask('&amount=81')).toEqual([]);
  });

  it('tells levels apart', async () => {
    const level2 = await desk.aTeam({ ...levelled(2, 'confined-space') });
    const level3 = await desk.aTeam({ ...levelled(3, 'confined-space') });
    const ask = async (level: number) =>
      (await desk.get<CapableTeamsResponse>(`capable-teams?capability=confined-space&level=${level}`)).body.items;
    expect((await ask(2)).map(({ teamId }) => teamId)).toEqual([level3, level2]);
    expect((await ask(3)).map(({ teamId }) => teamId)).toEqual([level3]);
  });

  it('is refused for what nobody states and for a region that is not the caller’s', async () => {
    expect(await desk.get('capable-teams?capability=magic')).toMatchObject({
      status: 422,
      body: { code: 'TEAMS_CAPABILITY_UNKNOWN' },
    });
    expect((await desk.get('capable-teams?capability=boats&region=610822')).body.code).toBe('AUTH_REGION_OUT_OF_SCOPE');
  });

  it('has lists of what can be stated', async () => {
    const { items } = (await desk.get<CapabilityKindsResponse>('team-capabilities')).body;
    expect(items).toContainEqual(expect.objectContaining({ code: 'rope-rescue', unit: '人', highestLevel: 3 }));
    const specialties = (await desk.get<SpecialtiesResponse>('specialties')).body.items;
    expect(specialties).toContainEqual({ code: 'flood', nameZh: '防汛', nameEn: 'flood' });
  });
});

describe('a grade', () => {
  const aGrade = (overrides: object = {}) => ({
    scheme: 'YJ/T 1.4—2022',
    grade: '2',
    assessedOn: '2026-03-01',
    assessor: '山西省应急管理厅',
    validUntil: '2099-02-28',
    ...overrides,
  });

  it('is kept with assessor and validity, beside the earlier ones', async () => {
    const id = await desk.aTeam();
    const old = aGrade({ grade: '3', assessedOn: '2020-01-01', validUntil: '2022-12-31' });
    for (const grade of [old, aGrade()]) expect((await desk.post(`teams/${id}/grades`, grade)).status).toBe(201);
    const shown = (await entryOf(id)).grades.map(({ grade, assessedOn, valid }) => ({ grade, assessedOn, valid }));
    expect(shown).toEqual([
      { grade: '2', assessedOn: '2026-03-01', valid: true },
      { grade: '3', assessedOn: '2020-01-01', valid: false },
    ]);
  });

  it.each([
    ['that ends before it begins', aGrade({ validUntil: '2026-02-28' }), 422, 'TEAMS_DATES_INVALID'],
    ['of a day to come', aGrade({ assessedOn: '2099-01-01', validUntil: undefined }), 422, 'TEAMS_DATES_INVALID'],
    ['of a day that does not exist', aGrade({ assessedOn: '2026-02-30' }), 400, 'REQUEST_INVALID'],
  ])('%s is refused', async (_, grade, status, code) => {
    const id = await desk.aTeam();
    const before = await desk.traces();
    expect(await desk.post(`teams/${id}/grades`, grade)).toMatchObject({ status, body: { code } });
    expect(await desk.traces()).toEqual(before);
  });
});

describe('the numbers of a team’s contacts', () => {
  const reason = { reason: '出动前联系队长' };

  it('are given to a dispatcher with a reason, which is written down', async () => {
    const id = await desk.aTeam();
    const { body } = await desk.post<ContactsDisclosedResponse>(`teams/${id}/contact-disclosures`, reason, DISPATCHER);
    expect(body.items.map(({ name, phone }) => `${name} ${phone}`)).toEqual(['王小明 13812345678', '李强 13900001111']);
    const log = await desk.get<PersonalDataReadsResponse>(`personal-data-reads?subjectId=${id}`, AUDITOR);
    expect(log.body.items).toMatchObject([
      { id: body.readId, subjectKind: 'team-contacts', reader: 'dispatcher.hequ', reason: reason.reason },
    ]);
    const kept = await service.database.query(`SELECT 1 FROM idempotency_keys WHERE answer::text LIKE '%13812345678%'`);
    expect(kept).toEqual([]);
  });

  it('are given to the commander, and not to a member, a foreign enterprise or an auditor', async () => {
    const commander: TestCaller = { roles: ['team-member'], userId: randomUUID() };
    const id = await desk.aTeam({ contacts: [{ ...aCommander(), userId: commander.userId }] });
    const path = `teams/${id}/contact-disclosures`;
    expect((await desk.post(path, reason, commander)).status).toBe(201);
    const before = await desk.traces();
    for (const as of [{ ...commander, userId: randomUUID() }, ENTERPRISE]) {
      expect(await desk.post(path, reason, as)).toMatchObject({
        status: 403,
        body: { code: 'TEAMS_PERSONAL_DATA_FORBIDDEN' },
      });
    }
    expect((await desk.post(path, reason, AUDITOR)).body.code).toBe('AUTH_ROLE_MISSING');
    expect((await desk.post(path, { reason: '' }, DISPATCHER)).body.code).toBe('REQUEST_INVALID');
    expect((await desk.post(path, reason, { ...DISPATCHER, regionCode: '610822' })).status).toBe(404);
    expect(await desk.traces()).toEqual(before);
  });
});

describe('a team that is disbanded', () => {
  const reason = { reason: '机构改革' };

  it('keeps its entry, is announced, and is not asked any more', async () => {
    const id = await desk.aTeam({ typeCode: 'PRO-18', capabilities: [boats(3)] });
    await service.database.query(`UPDATE teams SET type_code = 'PRO-17' WHERE type_code = 'PRO-18' AND id <> $1`, [id]);
    expect(await desk.post<TeamWrittenResponse>(`teams/${id}/disbandment`, reason)).toMatchObject({
      status: 200,
      body: { state: 'disbanded', version: 2 },
    });
    expect((await entryOf(id)).state).toBe('disbanded');
    expect((await service.published(TeamRegistered)).filter(({ teamId }) => teamId === id).at(-1)?.state).toBe(
      'disbanded',
    );
    const able = await desk.get<CapableTeamsResponse>('capable-teams?capability=boats');
    expect(able.body.items.map(({ teamId }) => teamId)).not.toContain(id);
    const command = aCallUp('PRO-18');
    await service.publish(CallUp, command);
    await service.settled();
    const refused = (await service.published(CallUpRefused)).find(({ callUpId }) => callUpId === command.callUpId);
    expect(refused).toMatchObject({ code: 'TEAMS_NO_TEAM_LEFT' });
    const again = await desk.post(`teams/${id}/disbandment`, reason);
    expect(again).toMatchObject({ status: 409, body: { code: 'TEAMS_TEAM_DISBANDED' } });
  });

  it('is refused while a call-up holds it', async () => {
    const { id } = await aTeam(service, 'PRO-16', { regionCode: '140930101200' });
    const command = aCallUp('PRO-16');
    await service.publish(CallUp, command);
    await service.settled();
    expect(await desk.post(`teams/${id}/disbandment`, reason)).toMatchObject({
      status: 409,
      body: { code: 'TEAMS_TEAM_ALREADY_CALLED', facts: { callUpId: command.callUpId } },
    });
  });
});

function aCommander() {
  return { role: 'commander', name: '王小明', phone: '13812345678' };
}

function boats(amount: number) {
  return { code: 'boats', amount, basis: 'declared' };
}

function levelled(level: number, code = 'rope-rescue') {
  return { capabilities: [{ code, amount: 4, level, basis: 'declared' }] };
}
