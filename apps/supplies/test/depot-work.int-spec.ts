import { randomUUID } from 'node:crypto';
import type { TestCaller, TestService } from '@ledger/testing';
import type { KeeperResponse, KeepersResponse } from '../src/depots/dto/keeper.dto';
import { DEPOTS, DepotDesk } from './support/depot-desk';
import { AUDITOR, STOCK_MANAGER, startSupplies, stockOf, type Problem } from './support/world';

let service: TestService;
let desk: DepotDesk;

beforeAll(async () => {
  service = await startSupplies();
  desk = new DepotDesk(service);
});
afterAll(() => service.stop());

describe('a depot is closed and opened again', () => {
  it('and closed it takes no receipt, is named as closed, and takes goods again when it is open', async () => {
    const { id } = await desk.registered();
    expect((await desk.receive(id, 5)).status).toBe(201);
    expect((await desk.setState(id, 'closed', 1)).body).toMatchObject({ state: 'closed', version: 2 });
    const before = await desk.traces();
    const refused = await desk.receive(id, 5);
    expect(refused.body).toMatchObject({ status: 409, code: 'SUPPLIES_DEPOT_CLOSED', facts: { state: 'closed' } });
    expect(await desk.traces()).toEqual(before);
    expect(await desk.read(id)).toMatchObject({
      state: 'closed',
      stateReason: '年度检修',
      warnings: ['goods-in-closed-depot'],
    });
    expect((await desk.setState(id, 'open', 2)).status).toBe(200);
    expect((await desk.receive(id, 5)).status).toBe(201);
    const changes = await service.database.query<{ from_state: string; to_state: string; changed_by: string }>(
      'SELECT from_state, to_state, changed_by FROM depot_state_changes WHERE depot_id = $1 ORDER BY changed_at',
      [id],
    );
    expect(changes).toEqual([
      { from_state: 'open', to_state: 'closed', changed_by: 'Manager' },
      { from_state: 'closed', to_state: 'open', changed_by: 'Manager' },
    ]);
  });

  it('and suspended it takes no receipt', async () => {
    const { id } = await desk.registered();
    await desk.setState(id, 'suspended', 1);
    expect((await desk.receive(id, 5)).body).toMatchObject({
      code: 'SUPPLIES_DEPOT_CLOSED',
      facts: { state: 'suspended' },
    });
  });

  it.each([
    ['opened twice', ['open'], 'open'],
    ['suspended while it is closed', ['closed'], 'suspended'],
  ])('but not %s', async (_what, path, to) => {
    const { id } = await desk.registered();
    let version = 1;
    for (const state of path.filter((step) => step !== 'open'))
      version = (await desk.setState(id, state, version)).body.version;
    const before = await desk.traces();
    const answer = await desk.setState(id, to, version);
    expect(answer.body).toMatchObject({ status: 409, code: 'SUPPLIES_DEPOT_TRANSITION_FORBIDDEN' });
    expect(await desk.traces()).toEqual(before);
  });

  it('and every receipt at that moment is either in before the closing or refused', async () => {
    const { id } = await desk.registered();
    const [closing, ...receipts] = await Promise.all([
      desk.setState(id, 'closed', 1),
      ...Array(8)
        .fill(0)
        .map(() => desk.receive(id, 1)),
    ]);
    expect(closing.status).toBe(200);
    const taken = receipts.filter(({ status }) => status === 201).length;
    expect(receipts.filter(({ body }) => body.code === 'SUPPLIES_DEPOT_CLOSED').length).toBe(8 - taken);
    expect((await stockOf(service, id)).available).toBe(taken);
    expect((await desk.receive(id, 1)).body.code).toBe('SUPPLIES_DEPOT_CLOSED');
  });
});

describe('the capacity of a depot', () => {
  // A tent of the test weighs 45 kg and takes 150 000 cm³.
  it('shows how much of it the goods take up, held ones too', async () => {
    const { id } = await desk.registered({ capacityCubicCentimetres: 3_000_000, capacityGrams: 1_000_000 });
    await desk.receive(id, 10);
    expect((await desk.read(id)).capacity).toEqual({
      rule: 'soft',
      capacityCubicCentimetres: 3_000_000,
      usedCubicCentimetres: 1_500_000,
      volumePercent: 50,
      capacityGrams: 1_000_000,
      usedGrams: 450_000,
      weightPercent: 45,
    });
  });

  it('that is soft takes a receipt over it, and the entry warns', async () => {
    const { id } = await desk.registered({ capacityCubicCentimetres: 1_499_999, capacityGrams: 450_000 });
    expect((await desk.receive(id, 10)).status).toBe(201);
    expect(await desk.read(id)).toMatchObject({
      capacity: { volumePercent: 101, weightPercent: 100 },
      warnings: ['volume-over-capacity', 'no-keeper'],
    });
  });

  it('that is hard refuses a receipt over it and takes one that just fits', async () => {
    const { id } = await desk.registered({ capacityGrams: 450_000, capacityRule: 'hard' });
    expect((await desk.receive(id, 6)).status).toBe(201);
    const before = await desk.traces();
    expect((await desk.receive(id, 5)).body).toMatchObject({
      status: 409,
      code: 'SUPPLIES_DEPOT_FULL',
      facts: { capacityGrams: 450_000, wantedGrams: 495_000 },
    });
    expect(await desk.traces()).toEqual(before);
    expect((await desk.receive(id, 4)).status).toBe(201);
    expect((await desk.read(id)).warnings).toEqual(['no-keeper']);
  });

  it('that is hard is not passed by receipts at the same time', async () => {
    const { id } = await desk.registered({ capacityCubicCentimetres: 10 * 150_000, capacityRule: 'hard' });
    const answers = await Promise.all(Array.from({ length: 8 }, () => desk.receive(id, 3)));
    expect(answers.filter(({ status }) => status === 201).length).toBe(3);
    expect((await desk.read(id)).capacity.volumePercent).toBe(90);
  });

  it('that nobody measured has no per cent and warns of nothing', async () => {
    const { id } = await desk.registered();
    await desk.receive(id, 1_000);
    expect(await desk.read(id)).toMatchObject({
      capacity: { volumePercent: null, weightPercent: null },
      warnings: ['no-keeper'],
    });
  });
});

describe('the keepers of a depot', () => {
  const person = (overrides: Record<string, unknown> = {}) => ({
    userId: randomUUID(),
    name: '王五',
    phone: '138 1234 5678',
    ...overrides,
  });
  const appoint = (id: string, body: Record<string, unknown>) =>
    service.request<KeeperResponse & Problem>('POST', `${DEPOTS}/${id}/keepers`, { as: STOCK_MANAGER, body });
  const end = (id: string, keeperId: string, validTo: string) =>
    service.request<KeeperResponse & Problem>('POST', `${DEPOTS}/${id}/keepers/${keeperId}/end`, {
      as: STOCK_MANAGER,
      body: { validTo },
    });

  it('are named from a day to a day; the entry shows who keeps it today', async () => {
    const { id } = await desk.registered();
    const now = await appoint(id, person());
    expect(now.body).toMatchObject({ name: '王五', validTo: null });
    await appoint(id, person({ name: '赵六', validFrom: '2020-01-01', validTo: '2020-12-31' }));
    await appoint(id, person({ name: '孙七', validFrom: '2199-01-01' }));
    const entry = await desk.read(id);
    expect(entry.keepers.map(({ name }) => name)).toEqual(['王五']);
    expect(entry.warnings).toEqual([]);
    const all = await service.request<KeepersResponse>('GET', `${DEPOTS}/${id}/keepers?limit=2`, { as: AUDITOR });
    expect(all.body.items.map(({ name }) => name)).toEqual(['孙七', '王五']);
    expect(all.body.total).toBe(3);
  });

  it('stop on their last day', async () => {
    const { id } = await desk.registered();
    const { body } = await appoint(id, person({ validFrom: '2020-01-01' }));
    expect((await end(id, body.id, '2020-06-30')).body).toMatchObject({ validTo: '2020-06-30' });
    expect((await desk.read(id)).keepers).toEqual([]);
    expect((await end(id, body.id, '2019-12-31')).body.code).toBe('REQUEST_INVALID');
    expect((await end(id, randomUUID(), '2020-06-30')).body.code).toBe('SUPPLIES_KEEPER_NOT_FOUND');
    const elsewhere = await desk.registered();
    expect((await end(elsewhere.id, body.id, '2020-06-30')).body.code).toBe('SUPPLIES_KEEPER_NOT_FOUND');
  });

  it('are not named twice for the same time, also not at the same moment', async () => {
    const { id } = await desk.registered();
    const someone = person();
    const answers = await Promise.all([1, 2, 3].map(() => appoint(id, someone)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    const before = await desk.traces();
    expect((await appoint(id, someone)).body).toMatchObject({ code: 'SUPPLIES_KEEPER_CONFLICT' });
    expect((await appoint(id, person({ phone: 'none' }))).status).toBe(400);
    expect((await appoint(id, person({ validFrom: '2026-02-30' }))).status).toBe(400);
    expect(await desk.traces()).toEqual(before);
  });

  it('show their number to those who work with the depot, and only a part of it to others', async () => {
    const { id } = await desk.registered();
    await appoint(id, person());
    expect((await desk.read(id)).keepers[0].phone).toBe('138 1234 5678');
    const outsider: TestCaller = { roles: ['driver'], organisationKind: 'transport', organisationId: randomUUID() };
    expect((await desk.read(id, outsider)).keepers[0].phone).toBe('138****78');
  });
});
