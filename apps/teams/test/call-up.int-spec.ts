import { randomUUID } from 'node:crypto';
import {
  CallUp,
  CallUpRefused,
  StandDown,
  TeamAccepted,
  TeamDeclined,
  TeamRequested,
  TeamStoodDown,
} from '@ledger/contracts';
import { aCause, startTestService, waitFor, type TestService } from '@ledger/testing';
import { CallUpTeam } from '../src/call-ups/call-up-team';
import { teamsService } from '../src/service';
import { aCallUp, aKind, aTeam, brokenInvariants } from './support/flood-team';

let service: TestService;

beforeAll(async () => {
  service = await startTestService(teamsService);
});
afterEach(async () => {
  expect(await brokenInvariants(service)).toEqual({});
});
afterAll(() => service.stop());

/** The events of one call-up, oldest first, by name. */
async function storyOf(callUpId: string): Promise<string[]> {
  const rows = await service.database.query<{ type: string }>(
    `SELECT type FROM outbox WHERE (envelope::jsonb -> 'data' ->> 'callUpId') = $1 ORDER BY position`,
    [callUpId],
  );
  return rows.map(({ type }) => type.replace(/^teams\.|\.v1$/g, ''));
}

const standDown = (command: CallUp, reason = 'allocation cancelled') => ({
  allocationId: command.allocationId,
  lineId: command.lineId,
  callUpId: command.callUpId,
  reason,
});

const openAttempts = (teamId: string) =>
  service.database.query<{ call_up_id: string }>(
    'SELECT call_up_id FROM call_up_attempts WHERE team_id = $1 AND ended_at IS NULL',
    [teamId],
  );

/** Moves the deadlines of a call-up into the past, as time would. */
const letTimePass = (callUpId: string) =>
  service.database.query(`UPDATE deadlines SET due_at = now() - interval '1 second' WHERE subject_id = $1`, [callUpId]);

describe('a call-up', () => {
  it('asks the local team first and tells how it is asked', async () => {
    const kind = await aKind(service);
    await aTeam(service, kind, { regionCode: '1409' });
    const township = await aTeam(service, kind, { regionCode: '140930101' });
    const command = aCallUp(kind);
    await service.publish(CallUp, command);
    await service.settled();
    const requested = (await service.published(TeamRequested)).find((one) => one.callUpId === command.callUpId);
    expect(requested).toMatchObject({ teamId: township.id, skipped: [], callChannel: 'county emergency command' });
    expect(new Date(requested!.answerBy).getTime()).toBeGreaterThan(Date.now());
  });

  it('passes over a team that is called up, with the reason', async () => {
    const kind = await aKind(service);
    const near = await aTeam(service, kind, { name: '县队' });
    const far = await aTeam(service, kind, { regionCode: '1409' });
    const commands = [aCallUp(kind), aCallUp(kind)];
    await service.publish(CallUp, commands[0]);
    await service.settled();
    await service.publish(CallUp, commands[1]);
    await service.settled();
    const second = (await service.published(TeamRequested)).find((one) => one.callUpId === commands[1].callUpId);
    expect(second).toMatchObject({
      teamId: far.id,
      skipped: [{ teamId: near.id, teamName: '县队', reason: expect.stringContaining('is called up') }],
    });
  });

  it('is refused with reasons when no team can be asked', async () => {
    const kind = await aKind(service);
    await aTeam(service, kind, { regionCode: '610822', name: '府谷队' });
    const [empty, foreign] = [aCallUp(await aKind(service)), aCallUp(kind)];
    await service.publish(CallUp, empty);
    await service.publish(CallUp, foreign);
    await service.settled();
    const refusals = await service.published(CallUpRefused);
    const reasonOf = (callUpId: string) => refusals.find((one) => one.callUpId === callUpId);
    expect(reasonOf(empty.callUpId)).toMatchObject({
      code: 'TEAMS_NO_TEAM_LEFT',
      reason: `no team of kind ${empty.typeCode} is registered`,
    });
    expect(reasonOf(foreign.callUpId)?.reason).toContain('府谷队 belongs to another city or province');
  });

  it('takes effect once, however often its event comes', async () => {
    const kind = await aKind(service);
    const team = await aTeam(service, kind);
    const command = aCallUp(kind);
    const event = await service.publish(CallUp, command);
    await Promise.all(Array.from({ length: 9 }, () => service.publishAgain(event)));
    await service.settled();
    expect(await storyOf(command.callUpId)).toEqual(['team-requested']);
    expect(await openAttempts(team.id)).toEqual([{ call_up_id: command.callUpId }]);
  });

  it('repeats its present answer to a new command with the same id', async () => {
    const kind = await aKind(service);
    const team = await aTeam(service, kind);
    const command = aCallUp(kind);
    await service.publish(CallUp, command);
    await service.publish(CallUp, command);
    await service.settled();
    expect(await storyOf(command.callUpId)).toEqual(['team-requested', 'team-requested']);
    const body = { teamId: team.id, accepted: true, strength: 12, channel: 'phone', answeredBy: '王队长' };
    await service.request('POST', `/api/v1/teams/call-ups/${command.callUpId}/answer`, { body });
    await service.publish(CallUp, command);
    await service.settled();
    expect((await storyOf(command.callUpId)).slice(2)).toEqual(['team-accepted', 'team-accepted']);
    const accepted = (await service.published(TeamAccepted)).filter((one) => one.callUpId === command.callUpId);
    expect(accepted[1]).toEqual(accepted[0]);
  });
});

describe('an answer that does not come in time', () => {
  it('goes to the next team, and to a refusal when none is left', async () => {
    const kind = await aKind(service);
    const first = await aTeam(service, kind, { name: '县队' });
    const second = await aTeam(service, kind, { regionCode: '1409', name: '市队' });
    const command = aCallUp(kind);
    await service.publish(CallUp, command);
    await service.settled();
    await letTimePass(command.callUpId);
    await waitFor('the second team to be asked', async () => (await openAttempts(second.id)).length === 1);
    expect(await openAttempts(first.id)).toEqual([]);
    await letTimePass(command.callUpId);
    await waitFor('the refusal', async () => (await storyOf(command.callUpId)).at(-1) === 'call-up-refused');
    expect(await storyOf(command.callUpId)).toEqual([
      'team-requested',
      'team-declined',
      'team-requested',
      'team-declined',
      'call-up-refused',
    ]);
    const declined = (await service.published(TeamDeclined)).filter((one) => one.callUpId === command.callUpId);
    expect(declined.map(({ teamId, cause }) => [teamId, cause])).toEqual([
      [first.id, 'no-answer'],
      [second.id, 'no-answer'],
    ]);
    const refusal = (await service.published(CallUpRefused)).find((one) => one.callUpId === command.callUpId);
    expect(refusal?.reason).toContain('县队 gave no answer to this call-up in time; 市队 gave no answer');
  });

  it('changes nothing when the deadline fires after the answer', async () => {
    const kind = await aKind(service);
    const team = await aTeam(service, kind);
    const command = aCallUp(kind);
    await service.publish(CallUp, command);
    await service.settled();
    const [deadline] = await service.database.query<{ payload: object }>(
      'SELECT payload FROM deadlines WHERE subject_id = $1',
      [command.callUpId],
    );
    const body = { teamId: team.id, accepted: true, strength: 12, channel: 'phone', answeredBy: '王队长' };
    await service.request('POST', `/api/v1/teams/call-ups/${command.callUpId}/answer`, { body });
    await service.database.query(
      `INSERT INTO deadlines (kind, subject_id, owner, due_at, payload) VALUES ('call-up-answer', $1, 'test', now(), $2)`,
      [command.callUpId, JSON.stringify(deadline.payload)],
    );
    await waitFor('the deadline to be taken', async () => {
      const rows = await service.database.query('SELECT 1 FROM deadlines WHERE subject_id = $1', [command.callUpId]);
      return rows.length === 0;
    });
    expect(await storyOf(command.callUpId)).toEqual(['team-requested', 'team-accepted']);
    expect(await openAttempts(team.id)).toHaveLength(1);
  });
});

describe('a stand-down', () => {
  it('frees the team, and tells the same when it is repeated', async () => {
    const kind = await aKind(service);
    const team = await aTeam(service, kind);
    const command = aCallUp(kind);
    await service.publish(CallUp, command);
    await service.publish(StandDown, standDown(command));
    await service.publish(StandDown, standDown(command));
    await service.settled();
    const told = (await service.published(TeamStoodDown)).filter((one) => one.callUpId === command.callUpId);
    expect(told[0]).toMatchObject({ teamId: team.id, cause: 'cancelled' });
    expect(told).toEqual([told[0], told[0]]);
    expect(await openAttempts(team.id)).toEqual([]);
  });

  it('that overtakes the call-up leaves a tombstone, and the late call-up asks nobody', async () => {
    const kind = await aKind(service);
    const team = await aTeam(service, kind);
    const command = aCallUp(kind);
    await service.publish(StandDown, standDown(command, 'approval withdrawn'));
    await service.publish(CallUp, command);
    await service.publish(StandDown, standDown(command));
    await service.settled();
    expect(await storyOf(command.callUpId)).toEqual(['team-stood-down', 'call-up-refused', 'team-stood-down']);
    const refusal = (await service.published(CallUpRefused)).find((one) => one.callUpId === command.callUpId);
    expect(refusal).toMatchObject({ code: 'TEAMS_CALL_UP_STOOD_DOWN', reason: 'approval withdrawn' });
    const told = (await service.published(TeamStoodDown)).filter((one) => one.callUpId === command.callUpId);
    expect(told.map(({ teamId, cause }) => ({ teamId, cause }))).toEqual([
      { teamId: null, cause: 'cancelled' },
      { teamId: null, cause: 'cancelled' },
    ]);
    expect(await openAttempts(team.id)).toEqual([]);
  });

  it('of a refused call-up names no team', async () => {
    const command = aCallUp(await aKind(service));
    await service.publish(CallUp, command);
    await service.publish(StandDown, standDown(command));
    await service.settled();
    const told = (await service.published(TeamStoodDown)).find((one) => one.callUpId === command.callUpId);
    expect(told).toMatchObject({ teamId: null, cause: 'cancelled' });
  });
});

describe('50 call-ups at the same moment', () => {
  it('for one team: one has it, the others are refused and told why', async () => {
    const kind = await aKind(service);
    const team = await aTeam(service, kind, { name: '县队' });
    const commands = Array.from({ length: 50 }, () => aCallUp(kind));
    const callUpTeam = service.running.app.get(CallUpTeam);
    await Promise.all(
      commands.map((command) =>
        service.database.transaction((tx) => callUpTeam.execute(tx, command, aCause(command.allocationId))),
      ),
    );
    const [winner, ...others] = await openAttempts(team.id);
    expect(others).toEqual([]);
    const ids = new Set(commands.map((command) => command.callUpId));
    const refusals = (await service.published(CallUpRefused)).filter((one) => ids.has(one.callUpId));
    expect(refusals).toHaveLength(49);
    expect(refusals.every((one) => one.reason.includes('县队 is called up for another task'))).toBe(true);
    expect(refusals.map((one) => one.callUpId)).not.toContain(winner.call_up_id);
  });

  it('for 50 teams: every one gets a team of its own', async () => {
    const kind = await aKind(service);
    for (let index = 0; index < 50; index++) await aTeam(service, kind);
    const commands = Array.from({ length: 50 }, () => aCallUp(kind));
    await Promise.all(commands.map((command) => service.publish(CallUp, command)));
    await service.settled();
    const ids = new Set(commands.map((command) => command.callUpId));
    const requested = (await service.published(TeamRequested)).filter((one) => ids.has(one.callUpId));
    expect(new Set(requested.map((one) => one.teamId)).size).toBe(50);
  });
});

it('the database refuses to promise a team twice', async () => {
  const kind = await aKind(service);
  const team = await aTeam(service, kind);
  const [first, second] = [aCallUp(kind), aCallUp(kind)];
  await service.publish(CallUp, first);
  await service.settled();
  await service.publish(CallUp, second);
  await service.settled();
  const planted = service.database.query(
    `INSERT INTO call_up_attempts (id, call_up_id, ordinal, team_id, asked_at, answer_by, skipped)
     VALUES ($1, $2, 1, $3, now(), now(), '[]')`,
    [randomUUID(), second.callUpId, team.id],
  );
  await expect(planted).rejects.toThrow('ux_call_up_attempts_one_per_team');
});
