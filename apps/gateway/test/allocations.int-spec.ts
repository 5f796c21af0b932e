import { randomUUID } from 'node:crypto';
import {
  AllocationChanged,
  AssignVehicles,
  AssignmentRefused,
  CallUp,
  DepotRegistered,
  ItemCatalogued,
  MovementPosted,
  ReleaseStock,
  ReleaseVehicles,
  RenewReservation,
  ReserveStandardsSet,
  ReserveStock,
  StandDown,
  StockRefused,
  StockReleased,
  StockReserved,
  TeamStoodDown,
  VehiclesReleased,
  depotAccount,
} from '@ledger/contracts';
import { startTestService, waitFor, type TestCaller, type TestService } from '@ledger/testing';
import type { AllocationPage, AllocationView } from '../src/allocations/dto/allocation.dto';
import type { IncidentView } from '../src/incidents/dto/incident.dto';
import { gatewayService } from '../src/service';

const TENT = 'LRS-015';
const DISPATCHER: TestCaller = { roles: ['dispatcher'], userId: randomUUID(), displayName: 'Dispatcher' };
const APPROVER: TestCaller = { roles: ['approver'], userId: randomUUID(), displayName: 'Approver' };
const CITY_APPROVER: TestCaller = { ...APPROVER, regionCode: '1409' };
const FUGU: TestCaller = { ...DISPATCHER, regionCode: '610822' };

type Problem = { code: string; status: number; errors?: { pointer: string }[] };
type Answer = AllocationView & Problem;

let service: TestService;
let incident: IncidentView;
let near: string;
let far: string;
let foreign: string;

beforeAll(async () => {
  service = await startTestService(gatewayService, { seeded: true });
  await service.publish(ItemCatalogued, { ...ItemCatalogued.example, itemCode: TENT });
  near = await aStockedDepot({ regionCode: '140930101', latitude: 39.25, longitude: 111.33 }, 40);
  far = await aStockedDepot({ regionCode: '140930' }, 100);
  foreign = await aStockedDepot({ regionCode: '610822', latitude: 39.03, longitude: 111.07 }, 100);
  await service.settled();
  const reported = await service.request<IncidentView>('POST', '/api/v1/incidents', {
    as: DISPATCHER,
    body: {
      kind: 'flood',
      level: 'III',
      title: '楼子营村洪涝',
      regionCode: '140930101200',
      occurredAt: new Date(Date.now() - 60_000).toISOString(),
      affectedPeople: 260,
      latitude: 39.24,
      longitude: 111.34,
    },
  });
  incident = reported.body;
});
afterAll(() => service.stop());

/** A depot the projection knows, with tents and a reserve standard of ten. */
async function aStockedDepot(place: Partial<DepotRegistered>, quantityBase: number): Promise<string> {
  const depotId = randomUUID();
  await service.publish(DepotRegistered, { ...DepotRegistered.example, ...place, depotId });
  await service.publish(ReserveStandardsSet, {
    depotId,
    standards: [{ itemCode: TENT, floorBase: 10, basis: 'estimate', validFrom: '2026-01-01' }],
  });
  const [posting] = MovementPosted.example.postings;
  await service.publish(MovementPosted, {
    ...MovementPosted.example,
    movementId: randomUUID(),
    postings: [{ ...posting, itemCode: TENT, quantityBase, to: depotAccount(depotId, 'available') }],
  });
  return depotId;
}

const post = (path: string, body: unknown, as: TestCaller, key?: string) =>
  service.request<Answer>('POST', `/api/v1/allocations${path}`, { as, body, ...(key ? { key } : {}) });
const read = async (id: string): Promise<AllocationView> =>
  (await service.request<AllocationView>('GET', `/api/v1/allocations/${id}`, { as: DISPATCHER })).body;
const aRequest = (change: object = {}): object => ({
  incidentId: incident.id,
  siteId: incident.sites[0].id,
  goods: [{ itemCode: TENT, quantityBase: 60 }],
  teams: [{ typeCode: 'PRO-02', count: 1 }],
  ...change,
});

async function plan(change: object = {}): Promise<AllocationView> {
  const { status, body } = await post('', aRequest(change), DISPATCHER);
  expect(status).toBe(201);
  return body;
}
async function submit(change: object = {}): Promise<AllocationView> {
  const { id } = await plan(change);
  const { status, body } = await post(`/${id}/submission`, {}, DISPATCHER);
  expect(status).toBe(200);
  return body;
}

/** The last reservation that was asked for an allocation. */
async function lastReservation(allocationId: string): Promise<ReserveStock> {
  const asked = (await service.published(ReserveStock)).filter((command) => command.allocationId === allocationId);
  return asked[asked.length - 1];
}
async function answerReserved(allocationId: string): Promise<void> {
  const { lineId, reservationId, itemCode, sources, firm } = await lastReservation(allocationId);
  const shares = sources.map((source) => ({ ...source, lotId: randomUUID(), expiryDate: null }));
  const expiresAt = new Date().toISOString();
  await service.publish(StockReserved, { allocationId, lineId, reservationId, itemCode, shares, firm, expiresAt });
  await service.settled();
}
async function answerRefused(allocationId: string): Promise<void> {
  const { lineId, reservationId, sources } = await lastReservation(allocationId);
  const refusal = { code: 'SUPPLIES_DEMAND_NOT_COVERED', reason: 'not there', shortDepotIds: [sources[0].depotId] };
  await service.publish(StockRefused, { allocationId, lineId, reservationId, ...refusal });
  await service.settled();
}

describe('planning', () => {
  it('takes the nearest depots of the county first, above their floors, with reasons', async () => {
    const draft = await plan();
    expect(draft.phase).toBe('draft');
    expect(draft.goods[0]).toMatchObject({ shortBase: 0, itemCode: TENT, requestedBase: 60 });
    expect(draft.goods[0].sources).toMatchObject([
      { depotId: near, quantityBase: 30, foreign: false },
      { depotId: far, quantityBase: 30, foreign: false },
    ]);
    expect(draft.goods[0].sources[0].reason).toContain('above the floor of 10');
  });

  it('goes on to neighbours, needs the city then, and says what stays short', async () => {
    const draft = await plan({ goods: [{ itemCode: TENT, quantityBase: 300 }] });
    expect(draft.goods[0].sources.map((source) => source.depotId)).toEqual([near, far, foreign]);
    expect(draft.goods[0].shortBase).toBe(300 - 30 - 90 - 90);
    expect(draft.approvalTier).toBe('city');
  });

  it('gives a repeated request its first answer', async () => {
    const key = randomUUID();
    const [first, again] = [await post('', aRequest(), DISPATCHER, key), await post('', aRequest(), DISPATCHER, key)];
    expect(again.body.id).toBe(first.body.id);
    const other = await post('', aRequest({ usableDays: 1 }), DISPATCHER, key);
    expect(other.body).toMatchObject({ status: 422, code: 'IDEMPOTENCY_KEY_REUSED' });
  });

  it.each([
    ['an unknown incident', { incidentId: randomUUID() }, 'GATEWAY_INCIDENT_NOT_FOUND'],
    ['a site of nobody', { siteId: randomUUID() }, 'GATEWAY_INCIDENT_NOT_FOUND'],
    ['an unknown item', { goods: [{ itemCode: 'XXX-999', quantityBase: 1 }] }, 'GATEWAY_ITEM_UNKNOWN'],
    ['nothing at all', { goods: [], teams: [] }, 'REQUEST_INVALID'],
    ['no pieces', { goods: [{ itemCode: TENT, quantityBase: 0 }] }, 'REQUEST_INVALID'],
    ['fewer than no pieces', { goods: [{ itemCode: TENT, quantityBase: -5 }] }, 'REQUEST_INVALID'],
    ['half a piece', { goods: [{ itemCode: TENT, quantityBase: 1.5 }] }, 'REQUEST_INVALID'],
    ['too many pieces', { goods: [{ itemCode: TENT, quantityBase: 1e15 }] }, 'REQUEST_INVALID'],
    ['a number as text', { goods: [{ itemCode: TENT, quantityBase: '5' }] }, 'REQUEST_INVALID'],
    ['one item twice', { goods: Array(2).fill({ itemCode: TENT, quantityBase: 1 }) }, 'REQUEST_INVALID'],
    ['a list in a list', { goods: [[]] }, 'REQUEST_INVALID'],
    ['an unknown field', { phase: 'closed' }, 'REQUEST_INVALID'],
    ['lines that are no list', { goods: { itemCode: TENT } }, 'REQUEST_INVALID'],
    ['10 000 lines', { goods: Array(10_000).fill({ itemCode: TENT }) }, 'REQUEST_'],
  ])('refuses %s and writes nothing', async (_what, change, code) => {
    const count = 'SELECT count(*)::int AS count FROM allocations';
    const [before] = await service.database.query<{ count: number }>(count);
    const { body, status } = await post('', aRequest(change), DISPATCHER);
    expect(body.code).toContain(code);
    expect(status).toBeLessThan(500);
    expect(await service.database.query(count)).toEqual([before]);
  });

  it("hides another county's incidents and allocations", async () => {
    const { id } = await plan();
    expect((await post('', aRequest(), FUGU)).body.code).toBe('GATEWAY_INCIDENT_NOT_FOUND');
    for (const [path, body] of [
      [`/${id}/submission`, {}],
      [`/${id}/cancellation`, { reason: 'mine now' }],
    ] as const) {
      expect((await post(path, body, FUGU)).body).toMatchObject({ status: 404, code: 'GATEWAY_ALLOCATION_NOT_FOUND' });
    }
    const { body } = await service.request<AllocationPage>('GET', '/api/v1/allocations', { as: FUGU });
    expect(body).toEqual({ items: [], total: 0 });
  });
});

describe('submitting and signing', () => {
  it('holds the goods softly, and asks for vehicles and teams only after the signature', async () => {
    const { id, phase } = await submit();
    expect(phase).toBe('awaiting-approval');
    expect(await lastReservation(id)).toMatchObject({ firm: false, sources: [{ depotId: near }, { depotId: far }] });
    await answerReserved(id);
    const signed = await post(`/${id}/decision`, { decision: 'approve' }, APPROVER);
    expect(signed.body).toMatchObject({ phase: 'mobilising', approvedBy: 'Approver', requestedBy: 'Dispatcher' });
    expect(signed.body.useOrder).toMatch(/^UO-\d{8}-\d{6}$/);
    for (const contract of [RenewReservation, AssignVehicles, CallUp]) {
      const commands = await service.published<(typeof contract)['schema']>(contract);
      expect(commands.filter((command) => command.allocationId === id)).toHaveLength(1);
    }
  });

  it('keeps a timeline of who, when, why and event id', async () => {
    const { id } = await submit({ reason: 'houses under water' });
    await answerReserved(id);
    const { timeline } = await read(id);
    expect(timeline.map((entry) => [entry.actor, entry.step])).toEqual([
      ['Dispatcher', 'plan'],
      ['Dispatcher', 'phase'],
      ['supplies', 'goods'],
    ]);
    expect(timeline.map((entry) => entry.position)).toEqual([1, 2, 3]);
    expect(timeline[0].why).toBe('houses under water');
    for (const entry of timeline) {
      expect(entry.eventId).toMatch(/^[0-9a-f-]{36}$/);
      expect(Number.isNaN(Date.parse(entry.at))).toBe(false);
    }
  });

  it('refuses changes of the timeline even to the owner of the table', async () => {
    await expect(service.database.query(`UPDATE allocation_entries SET what = 'nothing'`)).rejects.toThrow();
  });

  it.each([
    ['the requester', { ...APPROVER, userId: DISPATCHER.userId }, 'GATEWAY_APPROVAL_BY_REQUESTER'],
    ['somebody who only dispatches', DISPATCHER, 'AUTH_ROLE_MISSING'],
    ['an approver of another county', { ...APPROVER, regionCode: '610822' }, 'GATEWAY_ALLOCATION_NOT_FOUND'],
  ])('refuses the signature of %s', async (_who, as, code) => {
    const { id } = await submit();
    expect((await post(`/${id}/decision`, { decision: 'approve' }, as)).body.code).toBe(code);
    expect((await read(id)).phase).toBe('awaiting-approval');
  });

  it('needs the city for stock of a neighbour', async () => {
    const { id } = await submit({ goods: [{ itemCode: TENT, quantityBase: 150 }] });
    const county = await post(`/${id}/decision`, { decision: 'approve' }, APPROVER);
    expect(county.body).toMatchObject({ status: 403, code: 'GATEWAY_APPROVAL_TIER_TOO_LOW' });
    expect((await post(`/${id}/decision`, { decision: 'approve' }, CITY_APPROVER)).body.phase).toBe('mobilising');
  });

  it('lets exactly one of twenty signatures at the same time through', async () => {
    const { id } = await submit();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => post(`/${id}/decision`, { decision: 'approve' }, APPROVER)),
    );
    const statuses = answers.map((answer) => answer.status).filter((status) => status !== 503);
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    expect(new Set(statuses)).toEqual(new Set([200, 409]));
  });

  it('refuses to sign a draft and to submit twice', async () => {
    const { id } = await plan();
    const early = await post(`/${id}/decision`, { decision: 'approve' }, APPROVER);
    expect(early.body).toMatchObject({ status: 409, code: 'GATEWAY_TRANSITION_FORBIDDEN' });
    await post(`/${id}/submission`, {}, DISPATCHER);
    expect((await post(`/${id}/submission`, {}, DISPATCHER)).body.code).toBe('GATEWAY_TRANSITION_FORBIDDEN');
  });

  it('asks for a reason with a rejection', async () => {
    const { id } = await submit();
    expect((await post(`/${id}/decision`, { decision: 'reject' }, APPROVER)).body.code).toBe('REQUEST_INVALID');
  });
});

describe('compensation', () => {
  it('plans anew without the source that refused', async () => {
    const { id } = await submit();
    await answerRefused(id);
    expect((await lastReservation(id)).sources.map((source) => source.depotId)).toEqual([far]);
    const { timeline, goods } = await read(id);
    expect(goods[0].reservation).toBe('requested');
    expect(timeline.map((entry) => entry.what)).toContain('tent: promise refused'.replace('tent', goods[0].itemName));
  });

  it('releases everything when no vehicle can be had by any way of sourcing, and then has failed', async () => {
    const { id } = await submit();
    await answerReserved(id);
    await post(`/${id}/decision`, { decision: 'approve' }, APPROVER);
    for (const sourcing of ['own', 'contract', 'requisition'] as const) {
      const { assignmentId } = await waitFor(`the request for ${sourcing} vehicles`, async () =>
        (await service.published(AssignVehicles)).find(
          (command) => command.allocationId === id && command.sourcing === sourcing,
        ),
      );
      const refusal = { code: 'TRANSPORT_NO_VEHICLE', reason: 'none in reach' };
      await service.publish(AssignmentRefused, { allocationId: id, assignmentId, sourcing, ...refusal });
      await service.settled();
    }
    expect((await read(id)).phase).toBe('releasing');
    await confirmReleases(id);
    expect(await read(id)).toMatchObject({ phase: 'failed', outcome: 'failed', openPoints: [] });
  });

  it.each([
    ['a rejection', 'decision', { decision: 'reject', reason: 'not needed' }, APPROVER, 'rejected'],
    ['a cancellation', 'cancellation', { reason: 'false alarm' }, DISPATCHER, 'cancelled'],
  ])('gives the soft promise back after %s', async (_what, path, body, as, outcome) => {
    const { id } = await submit();
    await answerReserved(id);
    expect((await post(`/${id}/${path}`, body, as)).body.phase).toBe('releasing');
    await confirmReleases(id);
    expect(await read(id)).toMatchObject({ phase: outcome, outcome });
    const changes = (await service.published(AllocationChanged)).filter((change) => change.allocationId === id);
    expect(changes.map((change) => change.to)).toEqual(['awaiting-approval', 'releasing', outcome]);
  });

  it('parks a report about an allocation nobody knows and goes on', async () => {
    const { id } = await submit();
    await service.publish(StockReserved, { ...StockReserved.example, allocationId: randomUUID() });
    await answerReserved(id);
    expect((await read(id)).goods[0].reservation).toBe('held');
    const parked = await service.database.query<{ code: string }>(
      `SELECT code FROM parked_events WHERE state = 'open' AND type = $1`,
      [StockReserved.type],
    );
    expect(parked).toEqual([{ code: 'GATEWAY_ALLOCATION_NOT_FOUND' }]);
  });

  it('lapses when its approval deadline has passed', async () => {
    const { id } = await submit();
    await answerReserved(id);
    await service.database.query(`UPDATE deadlines SET due_at = now() WHERE kind = 'allocation.approval'`);
    await waitFor('the release to begin', async () => (await read(id)).phase === 'releasing');
    await confirmReleases(id);
    expect((await read(id)).phase).toBe('lapsed');
  });
});

/** Answers every release of an allocation as the other services would. */
async function confirmReleases(allocationId: string): Promise<void> {
  const own = <Command extends { allocationId: string }>(commands: Command[]): Command[] =>
    commands.filter((command) => command.allocationId === allocationId);
  for (const { lineId, reservationId } of own(await service.published(ReleaseStock))) {
    const data = { allocationId, lineId, reservationId, cause: 'released' as const, releasedBase: 60 };
    await service.publish(StockReleased, data);
  }
  for (const { assignmentId } of own(await service.published(ReleaseVehicles))) {
    await service.publish(VehiclesReleased, { allocationId, assignmentId, releasedTrips: 0 });
  }
  for (const { lineId, callUpId } of own(await service.published(StandDown))) {
    const end = { cause: 'cancelled' as const, at: new Date().toISOString() };
    await service.publish(TeamStoodDown, { allocationId, lineId, callUpId, teamId: null, ...end });
  }
  await service.settled();
}
