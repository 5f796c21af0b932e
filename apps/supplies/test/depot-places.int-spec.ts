import { randomUUID } from 'node:crypto';
import { HandoutRecorded, OrderIssue, RecordDelivery, ReserveStock } from '@ledger/contracts';
import type { TestCaller, TestService } from '@ledger/testing';
import { DEPOTS, DepotDesk, VILLAGE } from './support/depot-desk';
import {
  AUDITOR,
  DISPATCHER,
  KEEPER,
  RICE,
  STOCK_MANAGER,
  aDelivery,
  aDepot,
  aLot,
  aReserve,
  anOrder,
  balanceOf,
  confirm,
  startSupplies,
  type Problem,
} from './support/world';

let service: TestService;
let desk: DepotDesk;

beforeAll(async () => {
  service = await startSupplies();
  desk = new DepotDesk(service);
});
afterAll(() => service.stop());

describe('a shelter', () => {
  const report = (id: string, body: Record<string, unknown>) =>
    service.request<Problem>('POST', `${DEPOTS}/${id}/people-reports`, { as: DISPATCHER, body });

  it('stores goods, and is a place to deliver to', async () => {
    const { id } = await desk.registered({ kind: 'shelter', shelterPlaces: 200, regionCode: VILLAGE, tier: 'village' });
    expect((await desk.receive(id, 5)).status).toBe(201);
    expect((await desk.read(id)).shelter).toEqual({
      places: 200,
      peoplePresent: null,
      priorityPeople: null,
      countedAt: null,
      freePlaces: null,
      site: { siteId: id, name: '楼子营镇储备点', regionCode: VILLAGE, latitude: 39.42, longitude: 111.22 },
    });
  });

  it('takes the goods of one incident after the other, and what is handed out counts for its own', async () => {
    const { id } = await desk.registered({ kind: 'shelter', shelterPlaces: 200 });
    const site = (await desk.read(id)).shelter?.site;
    if (!site) throw new Error('no site');
    const store = await aDepot(service);
    await aLot(service, store, { itemCode: RICE, quantityBase: 100, expiryDate: '2099-01-01' });
    const told: string[] = [];
    for (const incidentId of [randomUUID(), randomUUID()]) {
      const reserve = aReserve([{ depotId: store.id, quantityBase: 10 }], { itemCode: RICE });
      const order = anOrder(reserve, { site, incidentId });
      await service.publish(ReserveStock, reserve);
      await service.publish(OrderIssue, order);
      await service.settled();
      expect((await confirm(service, order)).status).toBe(200);
      await service.publish(RecordDelivery, aDelivery(order, { received: 10 }));
      await service.settled();
      const handout = await service.request('POST', `/api/v1/supplies/sites/${id}/hand-outs`, {
        as: KEEPER,
        body: {
          allocationId: order.allocationId,
          lines: [{ lineId: order.lines[0].lineId, quantityBase: 4 }],
          peopleReached: 4,
        },
      });
      expect(handout.status).toBe(201);
      told.push(incidentId);
    }
    const heard = (await service.published(HandoutRecorded)).filter(({ siteId }) => siteId === id);
    expect(heard.map(({ incidentId }) => incidentId)).toEqual(told);
    expect(await balanceOf(service, `site:${id}`)).toBe(12);
  });

  it('shows the latest count of people, whenever it was reported, and warns when it is overcrowded', async () => {
    const { id } = await desk.registered({ kind: 'shelter', shelterPlaces: 100 });
    await report(id, { peoplePresent: 120, priorityPeople: 30, countedAt: '2026-07-02T08:00:00+08:00' });
    await report(id, { peoplePresent: 80, priorityPeople: 20, countedAt: '2026-07-01T08:00:00+08:00', note: '迟报' });
    const entry = await desk.read(id);
    expect(entry.shelter).toMatchObject({
      peoplePresent: 120,
      priorityPeople: 30,
      countedAt: '2026-07-02T00:00:00.000Z',
      freePlaces: 0,
    });
    expect(entry.warnings).toContain('shelter-overcrowded');
    const all = await service.request<{ items: { peoplePresent: number }[]; total: number }>(
      'GET',
      `${DEPOTS}/${id}/people-reports`,
      { as: AUDITOR },
    );
    expect([all.body.total, all.body.items.map(({ peoplePresent }) => peoplePresent)]).toEqual([2, [120, 80]]);
  });

  it.each([
    ['more priority people than people', { peoplePresent: 1, priorityPeople: 2 }, '/priorityPeople'],
    ['a count of tomorrow', { peoplePresent: 1, priorityPeople: 0, countedAt: '2199-01-01T00:00:00Z' }, '/countedAt'],
    ['half a person', { peoplePresent: 0.5, priorityPeople: 0 }, '/peoplePresent'],
    ['fewer than nobody', { peoplePresent: -1, priorityPeople: 0 }, '/peoplePresent'],
  ])('refuses %s', async (_what, body, pointer) => {
    const { id } = await desk.registered({ kind: 'shelter', shelterPlaces: 100 });
    const before = await desk.traces();
    expect((await report(id, body)).body).toMatchObject({
      status: 400,
      errors: [expect.objectContaining({ pointer })],
    });
    expect(await desk.traces()).toEqual(before);
  });

  it('is the only kind of depot in which people are counted', async () => {
    const { id } = await desk.registered();
    expect((await report(id, { peoplePresent: 1, priorityPeople: 0 })).body).toMatchObject({
      status: 409,
      code: 'SUPPLIES_DEPOT_NO_SHELTER',
    });
  });
});

describe('goods that have to lie somewhere beforehand', () => {
  const NEEDS = '/api/v1/supplies/pre-positioning-needs';
  const need = (body: Record<string, unknown> = {}, as: TestCaller = STOCK_MANAGER) =>
    service.request<{ id: string } & Problem>('POST', NEEDS, {
      as,
      body: { regionCode: VILLAGE, reason: '冬季大雪封路', riskLevel: 'high', source: '2025年风险普查', ...body },
    });
  const needs = async (query = '', as: TestCaller = AUDITOR) =>
    (await service.request<{ items: { id: string; depotCount: number }[] }>('GET', `${NEEDS}${query}`, { as })).body
      .items;

  it('are asked for in the entry of a depot, with reason, source and first day', async () => {
    const { id } = await desk.registered({
      prePositioning: { reason: '道路险峻', source: '县应急预案', since: '2026-01-01' },
    });
    expect(await desk.read(id)).toMatchObject({
      prePositioningNeed: true,
      prePositioning: { need: true, reason: '道路险峻', source: '县应急预案', since: '2026-01-01' },
    });
  });

  it('are asked for in a village that has no depot at all', async () => {
    const lonely = '140930201201';
    const { body } = await need({ regionCode: lonely });
    expect(await needs(`?region=${lonely}`)).toEqual([
      expect.objectContaining({ id: body.id, depotCount: 0, riskLevel: 'high', validTo: null }),
    ]);
    await desk.registered({ regionCode: lonely, tier: 'village', kind: 'point' });
    expect(await needs(`?region=${lonely}`)).toEqual([expect.objectContaining({ depotCount: 1 })]);
  });

  it('are no longer asked for after the last day', async () => {
    const { body } = await need({ regionCode: '140930102', validFrom: '2026-01-01' });
    const ended = await service.request('POST', `${NEEDS}/${body.id}/end`, {
      as: STOCK_MANAGER,
      body: { validTo: '2026-03-31' },
    });
    expect(ended.body).toEqual({ id: body.id, validTo: '2026-03-31' });
    expect(await needs('?region=140930102')).toEqual([]);
    expect((await needs('?region=140930102&on=2026-03-31')).length).toBe(1);
    expect((await needs('?region=140930102&on=2026-04-01')).length).toBe(0);
  });

  it('are not asked for by people of other regions, nor backwards in time', async () => {
    const { body } = await need();
    const before = await desk.traces();
    expect((await need({ regionCode: '140931' })).body.code).toBe('AUTH_REGION_OUT_OF_SCOPE');
    expect((await need({ validFrom: '2026-02-01', validTo: '2026-01-01' })).body.code).toBe('REQUEST_INVALID');
    expect((await need({ riskLevel: 'awful' })).status).toBe(400);
    const end = await service.request<Problem>('POST', `${NEEDS}/${body.id}/end`, {
      as: { ...STOCK_MANAGER, regionCode: '140931' },
      body: { validTo: '2199-01-01' },
    });
    expect(end.body).toMatchObject({ status: 404, code: 'SUPPLIES_PRE_POSITIONING_NEED_NOT_FOUND' });
    expect((await service.request<Problem>('GET', `${NEEDS}?region=14`, { as: AUDITOR })).status).toBe(403);
    expect(await desk.traces()).toEqual(before);
    expect(await needs('', { ...AUDITOR, regionCode: '140931' })).toEqual([]);
  });
});

describe('bins of a depot', () => {
  const post = (id: string, what: string, body: Record<string, unknown>) =>
    service.request<{ id: string } & Problem>('POST', `${DEPOTS}/${id}/${what}`, { as: KEEPER, body });
  const place = (id: string, binId: string, lotId: string, quantityBase: number) =>
    service.request<{ unplacedBase: number } & Problem>('PUT', `${DEPOTS}/${id}/bins/${binId}/lots/${lotId}`, {
      as: KEEPER,
      body: { quantityBase },
    });
  const placements = async (id: string, query = '') =>
    (
      await service.request<{
        items: { label: string; quantityBase: number; exceedsBalance: boolean }[];
        total: number;
      }>('GET', `${DEPOTS}/${id}/placements${query}`, { as: AUDITOR })
    ).body;

  async function aStore() {
    const depot = await aDepot(service);
    const zone = (await post(depot.id, 'zones', { code: 'A', name: '一号库' })).body.id;
    const one = (await post(depot.id, 'bins', { label: 'A-01', zoneId: zone })).body.id;
    const two = (await post(depot.id, 'bins', { label: 'B-01', note: '地面' })).body.id;
    return { depot, zone, one, two, lot: await aLot(service, depot, { quantityBase: 100 }) };
  }

  it('say where pieces of a lot lie', async () => {
    const { depot, one, two, lot } = await aStore();
    expect((await place(depot.id, one, lot, 60)).body.unplacedBase).toBe(40);
    expect((await place(depot.id, two, lot, 40)).body.unplacedBase).toBe(0);
    expect((await place(depot.id, one, lot, 10)).body.unplacedBase).toBe(50);
    expect(await placements(depot.id, `?lotId=${lot}`)).toMatchObject({
      items: [
        { label: 'A-01', quantityBase: 10, exceedsBalance: false },
        { label: 'B-01', quantityBase: 40, exceedsBalance: false },
      ],
      total: 2,
    });
    expect((await place(depot.id, one, lot, 0)).status).toBe(200);
    expect((await placements(depot.id, `?binId=${one}`)).items).toEqual([]);
    const bins = await service.request<{ items: unknown[] }>('GET', `${DEPOTS}/${depot.id}/bins`, { as: AUDITOR });
    expect(bins.body.items).toEqual([
      expect.objectContaining({ label: 'A-01', zoneCode: 'A', lotCount: 0 }),
      expect.objectContaining({ label: 'B-01', zoneCode: null, note: '地面', lotCount: 1 }),
    ]);
    const zones = await service.request<{ items: unknown[] }>('GET', `${DEPOTS}/${depot.id}/zones`, { as: AUDITOR });
    expect(zones.body.items).toEqual([expect.objectContaining({ code: 'A', name: '一号库' })]);
  });

  it('never hold more of a lot than the depot does, also when two keepers note at the same time', async () => {
    const { depot, one, two, lot } = await aStore();
    const answers = await Promise.all([place(depot.id, one, lot, 70), place(depot.id, two, lot, 70)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const before = await desk.traces();
    const refused = await place(depot.id, answers[0].status === 200 ? two : one, lot, 31);
    expect(refused.body).toMatchObject({
      code: 'SUPPLIES_QUANTITY_EXCEEDS_BALANCE',
      facts: { balanceBase: 100, elsewhereBase: 70 },
    });
    expect((await place(depot.id, one, randomUUID(), 1)).body.code).toBe('SUPPLIES_QUANTITY_EXCEEDS_BALANCE');
    expect(await desk.traces()).toEqual(before);
  });

  it('tell when goods have left since somebody noted them', async () => {
    const { depot, one, lot } = await aStore();
    await place(depot.id, one, lot, 100);
    const [{ id }] = await service.database.query<{ id: string }>(
      `SELECT id FROM movements WHERE depot_id = $1 AND kind = 'receipt'`,
      [depot.id],
    );
    await service.request('POST', `/api/v1/supplies/movements/${id}/reversal`, {
      as: STOCK_MANAGER,
      body: { reason: '录入错误' },
    });
    expect((await placements(depot.id)).items).toEqual([
      expect.objectContaining({ label: 'A-01', exceedsBalance: true }),
    ]);
  });

  it('have a label and a zone of their own depot', async () => {
    const { depot, one, zone, lot } = await aStore();
    const other = await aStore();
    const before = await desk.traces();
    expect((await post(depot.id, 'zones', { code: 'A', name: '又一个' })).body.code).toBe('SUPPLIES_ZONE_CODE_TAKEN');
    expect((await post(depot.id, 'bins', { label: 'A-01' })).body.code).toBe('SUPPLIES_BIN_LABEL_TAKEN');
    expect((await post(depot.id, 'bins', { label: 'C-01', zoneId: other.zone })).body.code).toBe(
      'SUPPLIES_ZONE_UNKNOWN',
    );
    expect((await place(depot.id, other.one, lot, 1)).body).toMatchObject({
      status: 404,
      code: 'SUPPLIES_BIN_NOT_FOUND',
    });
    expect((await post(depot.id, 'bins', { label: 'A 01' })).status).toBe(400);
    expect((await place(depot.id, one, lot, -1)).status).toBe(400);
    expect(await desk.traces()).toEqual(before);
    expect((await post(other.depot.id, 'bins', { label: 'Z-01', zoneId: other.zone })).status).toBe(201);
    expect(zone).not.toBe(other.zone);
  });
});
