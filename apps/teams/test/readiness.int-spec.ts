import { randomUUID } from 'node:crypto';
import { ReadinessChanged, dayInChina } from '@ledger/contracts';
import { startTestService, waitFor, type TestCaller, type TestService } from '@ledger/testing';
import type { EvidenceWrittenResponse, MembershipWrittenResponse } from '../src/people/dto/person.dto';
import type {
  ReadinessHistoryResponse,
  ReadinessResponse,
  RuleWrittenResponse,
  RulesResponse,
} from '../src/readiness/dto/readiness.dto';
import { teamsService } from '../src/service';
import { brokenInvariants } from './support/flood-team';
import { AUDITOR, DISPATCHER, FUGU_MANAGER, MANAGER, TeamDesk, anAmendment } from './support/team-desk';

let service: TestService;
let desk: TeamDesk;
const APPROVER: TestCaller = { roles: ['approver'], displayName: '陈指挥', userId: randomUUID() };
const KIND = 'PRO-20';
const today = dayInChina(new Date());

const aRule = (overrides: object = {}) => ({
  typeCode: KIND,
  regionCode: '140930',
  validFrom: today,
  readyPercent: 80,
  limitedPercent: 50,
  needs: [{ kindCode: 'rope-rescue', lowersTo: 'limited' }],
  basis: 'estimate',
  source: '试行',
  ...overrides,
});

beforeAll(async () => {
  service = await startTestService(teamsService, { seeded: true });
  desk = new TeamDesk(service);
  await desk.settled();
  expect((await desk.post<RuleWrittenResponse>('readiness-rules', aRule(), APPROVER)).status).toBe(201);
  await desk.settled();
});
afterEach(async () => {
  expect(await brokenInvariants(service)).toEqual({});
});
afterAll(() => service.stop());

/** Refused, with nothing written. */
async function refused(path: string, body: unknown, code: string, as: TestCaller = MANAGER): Promise<void> {
  const before = await desk.traces();
  expect((await desk.post(path, body, as)).body).toMatchObject({ code });
  expect(await desk.traces()).toEqual(before);
}

const aCertificate = (overrides: object = {}) => ({
  kindCode: 'rope-rescue',
  issuer: '山西省应急管理厅',
  passed: true,
  beginsOn: '2026-01-01',
  validUntil: '2099-12-31',
  ...overrides,
});

/** A rest that has begun and goes on for a month. */
const aRest = (): object => {
  const [from, until] = [-3_600_000, 30 * 86_400_000].map((shift) => new Date(Date.now() + shift).toISOString());
  return { from, until, reason: '休整' };
};

interface SmallTeam {
  readonly id: string;
  readonly people: readonly string[];
  readonly papers: readonly string[];
}

/** A ready team of two people with a certificate each. */
async function aReadyTeam(): Promise<SmallTeam> {
  const id = await desk.aTeam({ typeCode: KIND, strength: 2 });
  const people: string[] = [];
  const papers: string[] = [];
  for (const name of ['甲', '乙']) {
    const person = { teamId: id, role: 'member', name, phone: '13712345678' };
    const { personId } = (await desk.post<MembershipWrittenResponse>('persons', person)).body;
    const paper = await desk.post<EvidenceWrittenResponse>(`persons/${personId}/evidence`, aCertificate());
    people.push(personId);
    papers.push(paper.body.evidenceId);
  }
  expect(await readinessOf(id)).toMatchObject({ level: 'ready', reasons: [] });
  return { id, people, papers };
}

async function readinessOf(id: string, asOf?: string, as: TestCaller = MANAGER): Promise<ReadinessResponse> {
  const query = asOf === undefined ? '' : `?asOf=${asOf}`;
  return (await desk.get<ReadinessResponse>(`teams/${id}/readiness${query}`, as)).body;
}

const eventsOf = async (id: string) =>
  (await service.published(ReadinessChanged)).filter(({ teamId }) => teamId === id);

/** Lets the last day of a certificate have been yesterday, as if a day had gone by. */
async function letLapse(evidenceId: string, teamId: string): Promise<void> {
  await service.database.query(`UPDATE person_evidence SET valid_until = $2::date - 1 WHERE id = $1`, [
    evidenceId,
    today,
  ]);
  const due = await service.database.query(
    `UPDATE deadlines SET due_at = now() WHERE kind = 'team-readiness' AND subject_id = $1 RETURNING 1`,
    [teamId],
  );
  expect(due).toHaveLength(1);
}

describe('readiness', () => {
  it('follows from people and papers: a new team is not ready, and becomes so with the last certificate', async () => {
    const { id } = await aReadyTeam();
    const { items } = (await desk.get<ReadinessHistoryResponse>(`teams/${id}/readiness-history`)).body;
    expect(items.map(({ level }) => level)).toEqual(['ready', 'limited', 'limited', 'limited', 'not-ready']);
    expect(items.at(-1)).toMatchObject({
      level: 'not-ready',
      reasons: [{ code: 'strength', detail: '0 people can go out, 2 are needed' }],
    });
    for (let at = 1; at < items.length; at++) expect(items[at].until).toBe(items[at - 1].since);
    expect((await eventsOf(id)).map(({ previousLevel, level }) => [previousLevel, level])).toEqual([
      [null, 'not-ready'],
      ['not-ready', 'limited'],
      ['limited', 'limited'],
      ['limited', 'limited'],
      ['limited', 'ready'],
    ]);
  });

  it('is lowered by one lapsed compulsory certificate by itself, and a past minute still answers as it was', async () => {
    const { id, people, papers } = await aReadyTeam();
    const before = new Date().toISOString();
    await letLapse(papers[0], id);
    await waitFor('the team to be lowered', async () => (await readinessOf(id)).level === 'limited');
    expect(await readinessOf(id)).toMatchObject({
      reasons: [
        {
          code: 'evidence:rope-rescue',
          level: 'limited',
          detail: '1 of 2 people have no valid 绳索救援证',
          personIds: [people[0]],
        },
      ],
      until: null,
    });
    expect(await readinessOf(id, before)).toMatchObject({ level: 'ready', reasons: [] });
    expect((await readinessOf(id, before)).until).toBe((await readinessOf(id)).since);
    expect(await readinessOf(id, '2020-01-01T00:00:00Z')).toMatchObject({ level: null, since: null });
    const last = (await eventsOf(id)).at(-1);
    expect(last).toMatchObject({ previousLevel: 'ready', level: 'limited' });
    expect(JSON.stringify(last)).not.toContain(people[0]);
  });

  it('waits for the next instant at which time alone may change it, with one deadline', async () => {
    const { id, people } = await aReadyTeam();
    const soon = aCertificate({ kindCode: 'first-aid', validUntil: '2098-06-30' });
    await desk.post(`persons/${people[0]}/evidence`, soon);
    const due = await service.database.query<{ due: Date }>(
      `SELECT due_at AS due FROM deadlines WHERE kind = 'team-readiness' AND subject_id = $1`,
      [id],
    );
    expect(due.map(({ due }) => Math.abs(due.getTime() - Date.parse('2098-06-30T16:00:00Z')) < 1000)).toEqual([true]);
  });

  it('follows a withdrawn certificate, a rest, a departure and a larger strength at once', async () => {
    const { id, people, papers } = await aReadyTeam();
    await desk.post(`evidence/${papers[0]}/withdrawal`, { reason: '吊销' });
    expect((await readinessOf(id)).level).toBe('limited');
    await desk.post(`persons/${people[0]}/evidence`, aCertificate());
    expect((await readinessOf(id)).level).toBe('ready');
    expect((await desk.post(`persons/${people[0]}/rests`, aRest())).status).toBe(201);
    expect(await readinessOf(id)).toMatchObject({
      level: 'limited',
      reasons: [{ code: 'strength', personIds: [people[0]] }],
    });
    await desk.post(`teams/${id}/members/${people[1]}/departure`, { reason: '离队' });
    expect((await readinessOf(id)).level).toBe('not-ready');
    const other = await aReadyTeam();
    await desk.put(`teams/${other.id}`, anAmendment(1, { strength: 40 }));
    expect((await readinessOf(other.id)).level).toBe('not-ready');
    await desk.post(`teams/${other.id}/disbandment`, { reason: '撤销' });
    expect(await readinessOf(other.id)).toMatchObject({ reasons: [{ code: 'disbanded' }] });
  });

  it('keeps one order of history when two write at once', async () => {
    const { id, people } = await aReadyTeam();
    await Promise.all(
      people.flatMap((person) => [
        desk.post(`persons/${person}/rests`, aRest()),
        desk.post(`persons/${person}/evidence`, aCertificate({ kindCode: 'fitness-check', passed: false })),
      ]),
    );
    expect((await readinessOf(id)).level).toBe('not-ready');
    expect((await eventsOf(id)).at(-1)?.level).toBe('not-ready');
  });

  it('is out of reach of other counties, says nothing of times to come, and cannot be typed in', async () => {
    const { id } = await aReadyTeam();
    expect((await desk.get(`teams/${id}/readiness`, FUGU_MANAGER)).body.code).toBe('TEAMS_TEAM_NOT_FOUND');
    expect((await desk.get(`teams/${id}/readiness-history`, FUGU_MANAGER)).status).toBe(404);
    expect((await desk.get(`teams/${id}/readiness?asOf=2099-01-01T00:00:00Z`)).body.code).toBe('TEAMS_DATES_INVALID');
    expect((await desk.get(`teams/${id}/readiness?asOf=yesterday`)).body.code).toBe('REQUEST_INVALID');
    expect((await desk.post(`teams/${id}/readiness`, { level: 'ready' })).status).toBeGreaterThanOrEqual(404);
  });
});

describe('what a person says against the computation', () => {
  it('lowers, until it is lifted', async () => {
    const { id } = await aReadyTeam();
    const path = `teams/${id}/readiness-lowering`;
    expect((await desk.post(path, { level: 'not-ready', reason: '驻地进水' })).status).toBe(201);
    expect(await readinessOf(id)).toMatchObject({
      level: 'not-ready',
      computedLevel: 'ready',
      reasons: [{ code: 'override' }],
    });
    await refused(path, { level: 'limited', reason: '再说一次' }, 'TEAMS_OVERRIDE_IN_FORCE');
    expect((await desk.post(`teams/${id}/readiness-override-end`, undefined)).status).toBe(200);
    expect((await readinessOf(id)).level).toBe('ready');
    await refused(`teams/${id}/readiness-override-end`, undefined, 'TEAMS_OVERRIDE_NOT_IN_FORCE');
  });

  it('raises in an approver’s name only, until a named time, and ends by itself', async () => {
    const { id, papers } = await aReadyTeam();
    await desk.post(`evidence/${papers[0]}/withdrawal`, { reason: '换证中' });
    const path = `teams/${id}/readiness-raising`;
    const until = new Date(Date.now() + 3_600_000).toISOString();
    const wish = { level: 'ready', reason: '新证已批，待领取', until };
    await refused(path, wish, 'AUTH_ROLE_MISSING');
    await refused(path, { ...wish, until: undefined }, 'REQUEST_INVALID', APPROVER);
    await refused(path, { ...wish, until: '2099-01-01T00:00:00Z' }, 'TEAMS_DATES_INVALID', APPROVER);
    await refused(path, { ...wish, until: '2020-01-01T00:00:00Z' }, 'TEAMS_DATES_INVALID', APPROVER);
    expect((await desk.post(path, wish, APPROVER)).status).toBe(201);
    expect(await readinessOf(id)).toMatchObject({
      level: 'ready',
      computedLevel: 'limited',
      reasons: [{ code: 'evidence:rope-rescue' }, { detail: 'raised by 陈指挥: 新证已批，待领取' }],
    });
    await service.database.query(
      `UPDATE readiness_overrides SET during = tstzrange(lower(during), now()) WHERE team_id = $1`,
      [id],
    );
    await service.database.query(`UPDATE deadlines SET due_at = now() WHERE subject_id = $1`, [id]);
    await waitFor('the raise to end', async () => (await readinessOf(id)).level === 'limited');
  });

  it('is refused the wrong way round, for foreign teams and to those who may not', async () => {
    const { id } = await aReadyTeam();
    const down = { level: 'limited', reason: '缺车' };
    const up = { level: 'ready', reason: '缺车', until: new Date(Date.now() + 60_000).toISOString() };
    await refused(`teams/${id}/readiness-raising`, up, 'TEAMS_OVERRIDE_WRONG_WAY', APPROVER);
    const empty = await desk.aTeam({ typeCode: KIND, strength: 9 });
    await refused(`teams/${empty}/readiness-lowering`, down, 'TEAMS_OVERRIDE_WRONG_WAY');
    await refused(`teams/${id}/readiness-lowering`, { ...down, level: 'ready' }, 'REQUEST_INVALID');
    await refused(`teams/${id}/readiness-lowering`, down, 'TEAMS_TEAM_NOT_FOUND', FUGU_MANAGER);
    await refused(`teams/${id}/readiness-lowering`, down, 'AUTH_ROLE_MISSING', AUDITOR);
  });
});

describe('what a team needs to be ready', () => {
  it('is set by an approver from a day on, and the teams that it concerns are looked at anew', async () => {
    const kind = 'PRO-21';
    const id = await desk.aTeam({ typeCode: kind, strength: 0 });
    const person = { teamId: id, role: 'member', name: '丙', phone: '13712345678' };
    await desk.post('persons', person);
    expect((await readinessOf(id)).level).toBe('ready');
    const needs = [{ kindCode: 'drone-licence', holders: 1, lowersTo: 'not-ready' }];
    const rule = aRule({ typeCode: kind, needs });
    expect((await desk.post('readiness-rules', rule, APPROVER)).status).toBe(201);
    await waitFor('the team to be assessed anew', async () => (await readinessOf(id)).level === 'not-ready');
    await desk.settled();
    const { items } = (await desk.get<RulesResponse>('readiness-rules?limit=200', AUDITOR)).body;
    expect(items).toContainEqual(expect.objectContaining({ typeCode: kind, basis: 'estimate', setBy: '陈指挥' }));
    expect(items).toContainEqual(expect.objectContaining({ typeCode: null, regionCode: null, basis: 'estimate' }));
    await refused('readiness-rules', rule, 'TEAMS_READINESS_RULE_DAY_TAKEN', APPROVER);
  });

  it.each([
    ['by a dispatcher', aRule(), 'AUTH_ROLE_MISSING', DISPATCHER],
    ['for another county', aRule({ regionCode: '610822' }), 'AUTH_REGION_OUT_OF_SCOPE', APPROVER],
    ['for days that are over', aRule({ validFrom: '2020-01-01' }), 'TEAMS_DATES_INVALID', APPROVER],
    ['the wrong way round', aRule({ limitedPercent: 90 }), 'TEAMS_READINESS_RULE_INVALID', APPROVER],
    [
      'with papers nobody knows',
      aRule({ needs: [{ kindCode: 'magic', lowersTo: 'limited' }] }),
      'TEAMS_READINESS_RULE_INVALID',
      APPROVER,
    ],
    ['for a kind nobody knows', aRule({ typeCode: 'PRO-99' }), 'TEAMS_READINESS_RULE_INVALID', APPROVER],
  ])('is not set %s', async (_, rule, code, as) => {
    await refused('readiness-rules', rule, code, as);
  });
});
