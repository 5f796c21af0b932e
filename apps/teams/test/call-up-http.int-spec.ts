import { randomUUID } from 'node:crypto';
import { CallUp, TeamAccepted, TeamDeclined, TeamProgressed, TeamStoodDown } from '@ledger/contracts';
import { startTestService, waitFor, type TestCaller, type TestService } from '@ledger/testing';
import type { CallUpResponse, CallUpsResponse } from '../src/call-ups/dto/call-up.dto';
import type { TeamResponse, TeamTypesResponse, TeamsResponse } from '../src/registry/dto/team.dto';
import { teamsService } from '../src/service';
import { aCallUp, aKind, aTeam, brokenInvariants, type TestTeam } from './support/flood-team';

let service: TestService;

beforeAll(async () => {
  service = await startTestService(teamsService);
});
afterEach(async () => {
  expect(await brokenInvariants(service)).toEqual({});
});
afterAll(() => service.stop());

const MANAGER: TestCaller = { roles: ['team-manager'], username: 'teams.hequ' };
const FUGU: TestCaller = { roles: ['dispatcher', 'team-manager'], regionCode: '610822' };

interface Started {
  readonly command: CallUp;
  readonly teams: readonly TestTeam[];
  readonly path: string;
}

/** A call-up that asks the first of two teams: the county's, then the city's. */
async function started(): Promise<Started> {
  const kind = await aKind(service);
  const teams = [await aTeam(service, kind, { name: '县队' }), await aTeam(service, kind, { regionCode: '1409' })];
  const command = aCallUp(kind);
  await service.publish(CallUp, command);
  await service.settled();
  return { command, teams, path: `/api/v1/teams/call-ups/${command.callUpId}` };
}

const accepting = (team: TestTeam, changes: object = {}): object => ({
  teamId: team.id,
  accepted: true,
  strength: 12,
  channel: 'system',
  answeredBy: '王队长',
  ...changes,
});

describe('a team that comes', () => {
  it('goes from the answer to the end, each step with time and name', async () => {
    const { command, teams, path } = await started();
    const post = (step: string, body: object) =>
      service.request<CallUpResponse>('POST', path + step, { as: MANAGER, body });
    expect((await post('/answer', accepting(teams[0]))).body).toMatchObject({
      state: 'accepted',
      attempts: [{ teamName: '县队', answer: 'accepted', strength: 12, channel: 'system', endedAt: null }],
    });
    for (const state of ['mustering', 'en-route', 'on-scene', 'released']) {
      expect(await post('/progress', { state })).toMatchObject({ status: 200, body: { state } });
    }
    const { body } = await post('/stand-down', { reason: '任务完成' });
    expect(body.changes.map(({ state, actor }) => `${state} by ${actor}`)).toEqual([
      'requested by dispatch',
      'accepted by teams.hequ',
      'mustering by teams.hequ',
      'en-route by teams.hequ',
      'on-scene by teams.hequ',
      'released by teams.hequ',
      'stood-down by teams.hequ',
    ]);
    expect(body).toMatchObject({ state: 'stood-down', endReason: '任务完成' });
    expect(body.attempts[0].endedAt).toBe(body.endedAt);
    const ofThis = <Data extends { callUpId: string }>(all: Data[]): Data[] =>
      all.filter((one) => one.callUpId === command.callUpId);
    expect(ofThis(await service.published(TeamAccepted))).toHaveLength(1);
    expect(ofThis(await service.published(TeamProgressed)).map((one) => one.state)).toEqual([
      'mustering',
      'en-route',
      'on-scene',
      'released',
    ]);
    expect(ofThis(await service.published(TeamStoodDown))).toMatchObject([{ teamId: teams[0].id, cause: 'completed' }]);
  });

  it('shows as committed until it is stood down', async () => {
    const { command, teams, path } = await started();
    const read = async () => (await service.request<TeamResponse>('GET', `/api/v1/teams/teams/${teams[0].id}`)).body;
    expect(await read()).toMatchObject({
      readiness: 'committed',
      commitment: { callUpId: command.callUpId, state: 'requested' },
    });
    await service.request('POST', `${path}/stand-down`, { body: { reason: 'not needed' } });
    expect(await read()).toMatchObject({ readiness: 'free', commitment: null });
  });
});

describe('a team that declines', () => {
  it('is free, and the next one is asked; its own late yes is told who is asked now', async () => {
    const { command, teams, path } = await started();
    const said = { teamId: teams[0].id, accepted: false, channel: 'phone', answeredBy: '王队长', reason: '装备年检' };
    const { body } = await service.request<CallUpResponse>('POST', `${path}/answer`, { body: said });
    expect(body.attempts.map(({ teamId, answer, reason }) => ({ teamId, answer, reason }))).toEqual([
      { teamId: teams[0].id, answer: 'declined', reason: '装备年检' },
      { teamId: teams[1].id, answer: null, reason: null },
    ]);
    expect(body.attempts[1].skipped).toEqual([
      { teamId: teams[0].id, teamName: '县队', reason: 'declined this call-up before' },
    ]);
    const declined = (await service.published(TeamDeclined)).find((one) => one.callUpId === command.callUpId);
    expect(declined).toMatchObject({ cause: 'declined', reason: '装备年检' });
    expect(
      await service.request('POST', `${path}/answer`, { body: accepting(teams[0], { channel: 'phone' }) }),
    ).toMatchObject({
      status: 409,
      body: { code: 'TEAMS_TRANSITION_FORBIDDEN', facts: { askedTeamId: teams[1].id } },
    });
  });
});

describe('two answers at the same moment', () => {
  it('are settled by the first: one is entered, the other refused', async () => {
    const { teams, path } = await started();
    const answers = await Promise.all(
      Array.from({ length: 10 }, () =>
        service.request('POST', `${path}/answer`, { as: MANAGER, body: accepting(teams[0]) }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array<number>(9).fill(409)]);
  });

  it('with one key are one answer', async () => {
    const { command, teams, path } = await started();
    const key = randomUUID();
    const as = { ...MANAGER, userId: randomUUID() };
    const answers = await Promise.all(
      Array.from({ length: 10 }, () =>
        service.request('POST', `${path}/answer`, { as, key, body: accepting(teams[0]) }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array<number>(10).fill(200));
    for (const { body } of answers) expect(body).toEqual(answers[0].body);
    const accepted = (await service.published(TeamAccepted)).filter((one) => one.callUpId === command.callUpId);
    expect(accepted).toHaveLength(1);
    const other = await service.request('POST', `${path}/answer`, {
      as,
      key,
      body: accepting(teams[0], { strength: 1 }),
    });
    expect(other).toMatchObject({ status: 422, body: { code: 'IDEMPOTENCY_KEY_REUSED' } });
  });
});

it('an answer at the moment its time runs out either counts or comes too late, never both', async () => {
  for (let round = 0; round < 5; round++) {
    const { command, teams, path } = await started();
    const [answer] = await Promise.all([
      service.request<CallUpResponse>('POST', `${path}/answer`, { as: MANAGER, body: accepting(teams[0]) }),
      service.database.query('UPDATE deadlines SET due_at = now() WHERE subject_id = $1', [command.callUpId]),
    ]);
    await waitFor('the deadline to be over', async () => {
      const due = 'SELECT 1 FROM deadlines WHERE subject_id = $1 AND due_at <= now()';
      return (await service.database.query(due, [command.callUpId])).length === 0;
    });
    const { body } = await service.request<CallUpResponse>('GET', path);
    const outcome = [answer.status, body.state, body.attempts[0].answer];
    expect([
      [200, 'accepted', 'accepted'],
      [409, 'requested', 'no-answer'],
    ]).toContainEqual(outcome);
  }
});

describe('who may do what', () => {
  it('hides everything from another county', async () => {
    const { command, teams, path } = await started();
    const tries = [
      service.request('GET', path, { as: FUGU }),
      service.request('POST', `${path}/answer`, { as: FUGU, body: accepting(teams[0]) }),
      service.request('POST', `${path}/progress`, { as: FUGU, body: { state: 'mustering' } }),
      service.request('POST', `${path}/stand-down`, { as: FUGU, body: { reason: 'x' } }),
    ];
    for (const answer of await Promise.all(tries)) {
      expect(answer).toMatchObject({ status: 404, body: { code: 'TEAMS_CALL_UP_NOT_FOUND' } });
    }
    expect(await service.request('GET', `/api/v1/teams/teams/${teams[0].id}`, { as: FUGU })).toMatchObject({
      status: 404,
      body: { code: 'TEAMS_TEAM_NOT_FOUND' },
    });
    const { body } = await service.request<CallUpsResponse>('GET', '/api/v1/teams/call-ups', { as: FUGU });
    expect(body.items.map(({ id }) => id)).not.toContain(command.callUpId);
  });

  it('shows a team its own part only', async () => {
    const kind = await aKind(service);
    await aTeam(service, kind, { name: '保德队', regionCode: '140931' });
    const blocked = await aTeam(service, kind, { name: '县队' });
    await service.publish(CallUp, aCallUp(kind));
    await service.settled();
    const command = aCallUp(kind);
    await service.publish(CallUp, command);
    await service.settled();
    const path = `/api/v1/teams/call-ups/${command.callUpId}`;
    const baode: TestCaller = { roles: ['team-manager'], regionCode: '140931' };
    const own = await service.request<CallUpResponse>('GET', path, { as: baode });
    expect(own.body.attempts).toMatchObject([{ teamName: '保德队', skipped: [] }]);
    const whole = await service.request<CallUpResponse>('GET', path);
    expect(whole.body.attempts).toMatchObject([{ teamName: '保德队', skipped: [{ teamId: blocked.id }] }]);
  });

  it('lets a dispatcher enter answers by phone only, and a team decline rather than stand down', async () => {
    const { teams, path } = await started();
    expect(await service.request('POST', `${path}/answer`, { body: accepting(teams[0]) })).toMatchObject({
      status: 400,
      body: { code: 'REQUEST_INVALID', errors: [{ pointer: '/channel' }] },
    });
    expect(await service.request('POST', `${path}/stand-down`, { as: MANAGER, body: { reason: 'x' } })).toMatchObject({
      status: 409,
      body: { code: 'TEAMS_TRANSITION_FORBIDDEN' },
    });
    const elsewhere: TestCaller = { ...MANAGER, organisationKind: 'fire' };
    expect(await service.request('POST', `${path}/answer`, { as: elsewhere, body: accepting(teams[0]) })).toMatchObject(
      {
        status: 409,
      },
    );
  });

  it.each([
    ['GET', '', ['peer-system'], undefined],
    ['POST', '/answer', ['keeper'], {}],
    ['POST', '/progress', ['approver'], {}],
    ['POST', '/stand-down', ['team-member'], {}],
  ] as const)('%s %s is not for %s', async (method, step, roles, body) => {
    const answer = await service.request(method, `/api/v1/teams/call-ups/${randomUUID()}${step}`, {
      as: { roles },
      body,
    });
    expect(answer).toMatchObject({ status: 403, body: { code: 'AUTH_ROLE_MISSING' } });
  });
});

describe('lists', () => {
  it('filter teams by region and kind, within the scope of the caller', async () => {
    const kind = await aKind(service);
    const [township, county] = [
      await aTeam(service, kind, { regionCode: '140930101' }),
      await aTeam(service, kind, { regionCode: '140930' }),
    ];
    await aTeam(service, kind, { regionCode: '140931' });
    const list = async (query: string) =>
      (await service.request<TeamsResponse>('GET', `/api/v1/teams/teams?type=${kind}${query}`)).body.items;
    expect((await list('')).map(({ id }) => id).sort()).toEqual([township.id, county.id].sort());
    expect((await list('&region=140930101')).map(({ id }) => id)).toEqual([township.id]);
    expect(await list('&limit=1&offset=2')).toEqual([]);
    const kinds = await service.request<TeamTypesResponse>('GET', '/api/v1/teams/team-types');
    expect(kinds.body.items.map(({ code }) => code)).toContain(kind);
  });

  it('filter call-ups by state and place', async () => {
    const [open, ended] = [await started(), await started()];
    await service.request('POST', `${ended.path}/stand-down`, { body: { reason: 'not needed' } });
    const list = async (query: string) => {
      const { body } = await service.request<CallUpsResponse>('GET', `/api/v1/teams/call-ups?limit=200&${query}`);
      return body.items
        .map(({ id }) => id)
        .filter((id) => [open, ended].some(({ command }) => command.callUpId === id));
    };
    expect(await list('open=true')).toEqual([open.command.callUpId]);
    expect(await list('open=false&region=140930101')).toEqual([ended.command.callUpId]);
    expect(await list('region=140930102')).toEqual([]);
    expect(await list('')).toHaveLength(2);
  });

  it.each([
    ['teams?region=1409', 403, 'AUTH_REGION_OUT_OF_SCOPE'],
    ['call-ups?region=61', 403, 'AUTH_REGION_OUT_OF_SCOPE'],
    ['teams?region=14093', 400, 'REQUEST_INVALID'],
    ['teams?type=%00', 400, 'REQUEST_INVALID'],
    ['teams?limit=201', 400, 'REQUEST_INVALID'],
    ['teams?sort=name', 400, 'REQUEST_INVALID'],
    ['call-ups?open=maybe', 400, 'REQUEST_INVALID'],
    ['call-ups/not-an-id', 400, 'REQUEST_INVALID'],
  ])('%s answers %i %s', async (path, status, code) => {
    expect(await service.request('GET', `/api/v1/teams/${path}`)).toMatchObject({ status, body: { code } });
  });
});

describe('bad input', () => {
  const bad: [string, object][] = [
    ['no team', { teamId: undefined }],
    ['a team that is no id', { teamId: 'county' }],
    ['a yes that is a text', { accepted: 'yes' }],
    ['no strength', { strength: undefined }],
    ['a strength of nobody', { strength: 0 }],
    ['half a person', { strength: 1.5 }],
    ['more people than there can be', { strength: 10_001 }],
    ['an unknown channel', { channel: 'fax' }],
    ['nobody who answered', { answeredBy: '' }],
    ['a name with a NUL', { answeredBy: 'a\u0000b' }],
    ['half a surrogate pair', { answeredBy: 'a\ud800' }],
    ['a refusal without a reason', { accepted: false }],
    ['a reason beyond its length', { accepted: false, reason: 'x'.repeat(501) }],
    ['an unknown field', { priority: 1 }],
  ];

  it('writes nothing and names the fault', async () => {
    const { teams, path } = await started();
    for (const [what, changes] of bad) {
      const answer = await service.request('POST', `${path}/answer`, {
        as: MANAGER,
        body: accepting(teams[0], changes),
      });
      expect([what, answer.status, answer.body.code]).toEqual([what, 400, 'REQUEST_INVALID']);
    }
    const noKey = await service.request('POST', `${path}/progress`, { key: null, body: { state: 'mustering' } });
    expect(noKey).toMatchObject({ status: 400, body: { code: 'IDEMPOTENCY_KEY_REQUIRED' } });
    const { body } = await service.request<CallUpResponse>('GET', path);
    expect(body).toMatchObject({ state: 'requested', attempts: [{ answer: null }] });
  });

  it('refuses a state that is not next', async () => {
    const { path } = await started();
    for (const state of ['mustering', 'en-route', 'on-scene', 'released']) {
      const answer = await service.request('POST', `${path}/progress`, { as: MANAGER, body: { state } });
      expect(answer).toMatchObject({ status: 409, body: { code: 'TEAMS_TRANSITION_FORBIDDEN' } });
    }
    const answer = await service.request('POST', `${path}/progress`, { as: MANAGER, body: { state: 'refused' } });
    expect(answer).toMatchObject({ status: 400, body: { code: 'REQUEST_INVALID' } });
  });
});
