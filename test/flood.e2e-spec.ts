import { startTestStack, type TestStack } from '@ledger/testing';
import { playFlood, playWithoutVehicles } from '../tools/demo/play';
import { brokenInvariants } from './support/invariants';

let stack: TestStack;

beforeAll(async () => {
  stack = await startTestStack();
});
afterAll(() => stack.stop());

const silence = (): void => undefined;

describe('a flood in Hequ county', () => {
  it('gets tents, quilts, pumps, a team and trucks, and closes its books; twice', async () => {
    for (let time = 0; time < 2; time++) {
      const { allocation, checks } = await playFlood(stack.gatewayUrl, silence);
      expect(checks.filter((check) => !check.isTrue)).toEqual([]);
      expect(allocation).toMatchObject({ phase: 'closed', outcome: 'closed', peopleReached: 260, openPoints: [] });
      const [tents, quilts] = allocation.goods;
      expect(tents.account).toMatchObject({ issuedBase: 60, returnedBase: 59, lostBase: 1, consumedBase: 0 });
      expect(quilts.account).toMatchObject({ issuedBase: 150, consumedBase: 150, returnedBase: 0 });
    }
    expect(await brokenInvariants(stack)).toEqual([]);
  });

  it('keeps a timeline in which every step has an actor, a time and an event', async () => {
    const { allocation } = await playFlood(stack.gatewayUrl, silence);
    const steps = allocation.timeline.map((entry) => entry.step);
    for (const step of [
      'plan',
      'goods',
      'vehicles',
      'team',
      'issue',
      'depart',
      'deliver',
      'ledger',
      'hand out',
      'return',
    ])
      expect(steps).toContain(step);
    const times = allocation.timeline.map((entry) => Date.parse(entry.at));
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(new Set(allocation.timeline.map((entry) => entry.actor)).size).toBeGreaterThanOrEqual(5);
  });

  it('releases everything when no vehicle can be had', async () => {
    const { allocation, checks, before, after } = await playWithoutVehicles(stack.gatewayUrl, silence);
    expect(checks.filter((check) => !check.isTrue)).toEqual([]);
    expect(allocation).toMatchObject({ phase: 'failed', outcome: 'failed', openPoints: [] });
    expect(after).toEqual(before);
    expect(await brokenInvariants(stack)).toEqual([]);
  });
});
