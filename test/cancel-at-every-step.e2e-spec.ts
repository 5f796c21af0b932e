import { startTestStack, type TestStack } from '@ledger/testing';
import { FLOOD_GOODS, FLOOD_TEAMS, FLOOD_VEHICLES, Flood } from '../tools/demo/flood';
import { signInAll, type People } from '../tools/demo/people';
import type { Allocation } from '../tools/demo/shapes';
import { readStock } from '../tools/demo/stock-level';
import { until } from '../tools/demo/wait';
import { brokenInvariants } from './support/invariants';

let stack: TestStack;
let people: People;

beforeAll(async () => {
  stack = await startTestStack();
  people = await signInAll(stack.gatewayUrl);
});
afterAll(() => stack.stop());

const ITEM_CODES = FLOOD_GOODS.map((line) => line.itemCode);

/** How far an allocation goes before somebody cancels it. */
const STEPS = ['asked', 'submitted', 'signed', 'acknowledged', 'issued', 'departed'] as const;

async function playUntil(step: (typeof STEPS)[number]): Promise<Flood> {
  const flood = new Flood(people, () => undefined);
  await flood.ask({ goods: FLOOD_GOODS, teams: FLOOD_TEAMS, vehicles: FLOOD_VEHICLES });
  const moves: Record<(typeof STEPS)[number], () => Promise<unknown>> = {
    asked: () => Promise.resolve(),
    submitted: () => people.dispatcher.post(`/allocations/${flood.id}/submission`),
    signed: () => people.approver.post(`/allocations/${flood.id}/decision`, { decision: 'approve' }),
    acknowledged: () => flood.answerCallUps(),
    issued: () => flood.issue(),
    departed: () => flood.depart(),
  };
  for (const move of STEPS.slice(0, STEPS.indexOf(step) + 1)) await moves[move]();
  return flood;
}

interface Shipment {
  readonly lots: readonly { readonly lineId: string; readonly inTransitBase: number }[];
}

/** What is on the road comes back to the depot it left, and the drivers report back. */
async function bringBack(flood: Flood): Promise<void> {
  const { shipments } = await flood.read();
  for (const { shipmentId, depotId } of shipments) {
    const { lots } = await people.keeper.get<Shipment>(`/supplies/shipments/${shipmentId}`);
    const pieces = new Map<string, number>();
    for (const { lineId, inTransitBase } of lots) pieces.set(lineId, (pieces.get(lineId) ?? 0) + inTransitBase);
    const lines = [...pieces]
      .filter(([, usableBase]) => usableBase > 0)
      .map(([lineId, usableBase]) => ({ lineId, usableBase, damagedBase: 0, lostBase: 0 }));
    if (lines.length > 0) await people.keeper.post(`/supplies/shipments/${shipmentId}/take-back`, { depotId, lines });
  }
  const turned = await flood.reaches('the trips to turn back', ({ trips }) =>
    trips.every((trip) => ['turned-back', 'completed', 'cancelled'].includes(trip.status)),
  );
  for (const trip of turned.trips.filter(({ status }) => status === 'turned-back')) {
    await people.driver.post(`/transport/trips/${trip.tripId}/return`);
  }
}

describe('an allocation that is cancelled', () => {
  it.each(STEPS)('once it is %s gives back every piece, vehicle and team', async (step) => {
    const before = await readStock(people.keeper, ITEM_CODES);
    const flood = await playUntil(step);
    const cancelled = await people.dispatcher.post<Allocation>(`/allocations/${flood.id}/cancellation`, {
      reason: 'false alarm',
    });
    const isOut = ['issued', 'departed'].includes(step);
    expect(['releasing', 'turning-back', 'cancelled']).toContain(cancelled.phase);
    if (isOut) await bringBack(flood);
    const ended = await flood.reaches('the end', ({ phase }) => phase === 'cancelled');
    expect(ended).toMatchObject({ outcome: 'cancelled', openPoints: [] });
    expect(await readStock(people.keeper, ITEM_CODES)).toEqual(before);
    const held = await until(
      'free vehicles and teams',
      () => people.dispatcher.get<{ items: unknown[] }>(`/transport/trips?allocationId=${flood.id}&open=true`),
      ({ items }) => items.length === 0,
    );
    expect(held.items).toEqual([]);
    expect(await brokenInvariants(stack)).toEqual([]);
  });
});
