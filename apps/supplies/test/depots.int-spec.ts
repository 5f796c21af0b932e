import { randomUUID } from 'node:crypto';
import { DepotRegistered, ROLES, mayDo, type Action } from '@ledger/contracts';
import { HEQU, HEQU_BUREAU, type TestCaller, type TestService } from '@ledger/testing';
import type { DepotEntryResponse, DepotWrittenResponse } from '../src/depots/dto/depot-entry.dto';
import type { KeeperResponse, KeepersResponse } from '../src/depots/dto/keeper.dto';
import {
  AUDITOR,
  DISPATCHER,
  KEEPER,
  STOCK_MANAGER,
  TENT,
  aDepot,
  aLot,
  ledgerCounts,
  startSupplies,
  stockOf,
  type Problem,
} from './support/world';

let service: TestService;

beforeAll(async () => {
  service = await startSupplies();
});
afterAll(() => service.stop());

const PATH = '/api/v1/supplies/depots';
const VILLAGE = '140930101200';
let codes = 0;

const anEntry = (overrides: Record<string, unknown> = {}): Record<string, unknown> => ({
  code: `HQ-${++codes}`,
  nameZh: '楼子营镇储备点',
  nameEn: 'Louziying point',
  regionCode: HEQU,
  tier: 'county',
  kind: 'warehouse',
  organisationId: HEQU_BUREAU,
  latitude: 39.42,
  longitude: 111.22,
  positionBasis: 'surveyed',
  remote: false,
  capacityRule: 'soft',
  ...overrides,
});

/** The parts of an entry that an amendment sends. */
const amendable = (entry: Record<string, unknown>): Record<string, unknown> => {
  const { code: _code, regionCode: _regionCode, tier: _tier, ...rest } = entry;
  return rest;
};

const register = (entry: Record<string, unknown>, as: TestCaller = STOCK_MANAGER) =>
  service.request<DepotWrittenResponse & Problem>('POST', PATH, { as, body: entry });
const amend = (id: string, body: Record<string, unknown>, as: TestCaller = STOCK_MANAGER) =>
  service.request<DepotWrittenResponse & Problem>('PUT', `${PATH}/${id}`, { as, body });
const setState = (id: string, state: string, version: number, as: TestCaller = STOCK_MANAGER) =>
  service.request<DepotWrittenResponse & Problem>('POST', `${PATH}/${id}/state`, {
    as,
    body: { state, version, reason: '年度检修' },
  });
const read = async (id: string, as: TestCaller = STOCK_MANAGER): Promise<DepotEntryResponse> =>
  (await service.request<DepotEntryResponse>('GET', `${PATH}/${id}`, { as })).body;

async function registered(overrides: Record<string, unknown> = {}) {
  const entry = anEntry(overrides);
  const answer = await register(entry);
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
  return { entry, id: answer.body.depotId, regionCode: entry.regionCode as string, code: answer.body.code };
}

const receive = (depotId: string, quantityBase: number) =>
  service.request<Problem>('POST', '/api/v1/supplies/receipts', {
    as: KEEPER,
    body: { depotId, origin: 'purchase', lines: [{ itemCode: TENT, quantityBase, batchNumber: randomUUID() }] },
  });

/** What was written about depots, for requests that must leave no trace. */
async function traces(): Promise<unknown> {
  const tables = ['depots', 'depot_state_changes', 'depot_keepers', 'depot_people_reports', 'depot_zones'];
  tables.push('depot_bins', 'depot_bin_lots', 'pre_positioning_needs');
  const counts = tables.map((table) => `(SELECT count(*) FROM ${table}) AS ${table}`);
  const [row] = await service.database.query(
    `SELECT ${counts.join(', ')}, (SELECT sum(version) FROM depots) AS versions,
            (SELECT count(*) FROM depot_keepers WHERE valid_to IS NOT NULL) AS ended_keepers,
            (SELECT count(*) FROM pre_positioning_needs WHERE valid_to IS NOT NULL) AS ended_needs`,
  );
  return { ...row, ...(await ledgerCounts(service)) };
}

describe('a stock manager registers a depot', () => {
  it.each(['warehouse', 'point', 'enterprise-store', 'leased', 'co-built'])('of the kind %s', async (kind) => {
    const { id } = await registered({ kind, ownerName: '河曲县粮油公司', ownerKind: 'enterprise' });
    expect(await read(id)).toMatchObject({
      kind,
      state: 'open',
      version: 1,
      synthetic: false,
      owner: { name: '河曲县粮油公司', kind: 'enterprise' },
      shelter: null,
      prePositioningNeed: false,
      capacity: { usedCubicCentimetres: 0, usedGrams: 0, volumePercent: null },
      warnings: ['no-keeper'],
    });
  });

  it('and the other services hear of it, and of every change', async () => {
    const { id, entry } = await registered();
    await amend(id, { ...amendable(entry), nameZh: '新名', kind: 'leased', version: 1 });
    await setState(id, 'closed', 2);
    const heard = (await service.published(DepotRegistered)).filter(({ depotId }) => depotId === id);
    expect(heard.map(({ nameZh, kind, state }) => [nameZh, kind, state])).toEqual([
      ['楼子营镇储备点', 'warehouse', 'open'],
      ['新名', 'leased', 'open'],
      ['新名', 'leased', 'closed'],
    ]);
  });

  it('and gets the first answer again for the same key', async () => {
    const entry = anEntry();
    const send = () => service.request('POST', PATH, { as: STOCK_MANAGER, body: entry, key: 'depot-key-0001' });
    const [first, second] = [await send(), await send()];
    expect([second.status, second.body]).toEqual([201, first.body]);
  });

  it('and two who take the same code get one depot', async () => {
    const code = 'HQ-RACE';
    const answers = await Promise.all([1, 2, 3].map(() => register(anEntry({ code }))));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    expect(answers.filter(({ status }) => status === 409).map(({ body }) => body.code)).toEqual([
      'SUPPLIES_DEPOT_CODE_TAKEN',
      'SUPPLIES_DEPOT_CODE_TAKEN',
    ]);
  });

  it.each([
    ['a village that calls itself a township', { regionCode: VILLAGE, tier: 'township' }, 422, '/tier'],
    ['a county depot in a township', { regionCode: '140930101' }, 422, '/tier'],
    ['an owner without a kind', { ownerName: '某公司' }, 422, '/ownerKind'],
    ['a real depot at an invented place', { positionBasis: 'synthetic' }, 422, '/positionBasis'],
    ['a hard capacity that nobody measured', { capacityRule: 'hard' }, 422, '/capacityRule'],
    ['a shelter without places', { kind: 'shelter' }, 422, '/shelterPlaces'],
    ['a kind nobody knows', { kind: 'garage' }, 400, '/kind'],
    ['half a cubic centimetre', { capacityCubicCentimetres: 0.5 }, 400, '/capacityCubicCentimetres'],
    ['a latitude off the globe', { latitude: 91 }, 400, '/latitude'],
    ['a region of seven digits', { regionCode: '1409301' }, 400, '/regionCode'],
    ['a code with a blank', { code: 'HQ 1' }, 400, '/code'],
    ['a need without a source', { prePositioning: { reason: '冬季封路' } }, 400, '/prePositioning/source'],
    ['a field nobody knows', { roof: 'red' }, 400, '/roof'],
  ])('but not %s', async (_what, overrides, status, pointer) => {
    const before = await traces();
    const answer = await register(anEntry(overrides));
    expect(answer.body).toMatchObject({ status, errors: [expect.objectContaining({ pointer })] });
    expect(await traces()).toEqual(before);
  });

  it('but not in a foreign region, nor for another organisation unless the emergency department does it', async () => {
    const before = await traces();
    const foreign = await register(anEntry({ regionCode: '140931' }));
    expect(foreign.body).toMatchObject({ status: 403, code: 'AUTH_REGION_OUT_OF_SCOPE' });
    const entry = anEntry({ organisationId: randomUUID() });
    const water: TestCaller = { ...STOCK_MANAGER, organisationKind: 'water' };
    const refused = await register(entry, water);
    expect(refused.body).toMatchObject({ status: 403, code: 'SUPPLIES_DEPOT_ORGANISATION_FOREIGN' });
    expect(await traces()).toEqual(before);
    expect((await register(entry)).status).toBe(201);
  });
});

describe('the entry of a depot', () => {
  it('is changed whole, and what is left out becomes empty', async () => {
    const { id, entry } = await registered({ openingHours: '8:00-18:00', capacityGrams: 5_000 });
    const answer = await amend(id, { ...amendable(entry), openingHours: undefined, nameEn: 'New', version: 1 });
    expect(answer.body).toMatchObject({ version: 2, state: 'open' });
    expect(await read(id)).toMatchObject({
      nameEn: 'New',
      openingHours: null,
      capacity: { capacityGrams: 5_000 },
      code: entry.code,
      version: 2,
    });
  });

  it('is not changed by somebody who read an older one', async () => {
    const { id, entry } = await registered();
    await amend(id, { ...amendable(entry), nameEn: 'First', version: 1 });
    const before = await traces();
    const late = await amend(id, { ...amendable(entry), nameEn: 'Late', version: 1 });
    expect(late.body).toMatchObject({ status: 409, code: 'SUPPLIES_VERSION_STALE', facts: { version: 2 } });
    expect(await traces()).toEqual(before);
  });

  it('takes one of several changes that were made from the same version at the same time', async () => {
    const { id, entry } = await registered();
    const answers = await Promise.all(
      ['A', 'B', 'C', 'D'].map((nameEn) => amend(id, { ...amendable(entry), nameEn, version: 1 })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
    expect((await read(id)).version).toBe(2);
  });

  it('keeps its region, tier and code', async () => {
    const { id, entry } = await registered();
    for (const field of ['code', 'regionCode', 'tier']) {
      const answer = await amend(id, { ...amendable(entry), [field]: entry[field], version: 1 });
      expect(answer.body).toMatchObject({ status: 400, errors: [expect.objectContaining({ pointer: `/${field}` })] });
    }
  });

  it.each([
    ['a neighbour county', '140931'],
    ['a township below', '140930101'],
    ['another province', '61'],
  ])('is not there for people of %s', async (_who, regionCode) => {
    const { id, entry } = await registered();
    const as = { ...STOCK_MANAGER, regionCode };
    const before = await traces();
    const person = { userId: randomUUID(), name: '王五', phone: '13812345678' };
    const writes = [
      await amend(id, { ...amendable(entry), version: 1 }, as),
      await setState(id, 'closed', 1, as),
      await service.request<Problem>('POST', `${PATH}/${id}/keepers`, { as, body: person }),
      await service.request<Problem>('POST', `${PATH}/${id}/people-reports`, {
        as,
        body: { peoplePresent: 1, priorityPeople: 0 },
      }),
      await service.request<Problem>('POST', `${PATH}/${id}/zones`, { as, body: { code: 'A', name: 'A' } }),
      await service.request<Problem>('POST', `${PATH}/${id}/bins`, { as, body: { label: 'A-1' } }),
    ];
    const reads = ['', '/keepers', '/people-reports', '/zones', '/bins', '/placements'];
    const answers = await Promise.all(
      reads.map((path) => service.request<Problem>('GET', `${PATH}/${id}${path}`, { as })),
    );
    for (const answer of [...writes, ...answers]) {
      expect(answer.body).toMatchObject({ status: 404, code: 'SUPPLIES_DEPOT_NOT_FOUND' });
    }
    expect(await traces()).toEqual(before);
  });

  it('is opened and closed to the roles of the policy and to no others', async () => {
    const { id, entry } = await registered();
    const before = await traces();
    const routes: [Action, string, string, unknown][] = [
      ['depot.manage', 'POST', PATH, anEntry()],
      ['depot.manage', 'PUT', `${PATH}/${id}`, { ...amendable(entry), version: 1 }],
      ['depot.manage', 'POST', `${PATH}/${id}/state`, { state: 'closed', version: 1, reason: 'x' }],
      ['depot.manage', 'POST', `${PATH}/${id}/keepers`, { userId: randomUUID(), name: '王五', phone: '13812345678' }],
      ['shelter.report', 'POST', `${PATH}/${id}/people-reports`, { peoplePresent: 1, priorityPeople: 0 }],
      ['bin.manage', 'POST', `${PATH}/${id}/zones`, { code: 'A', name: 'A' }],
      ['bin.manage', 'POST', `${PATH}/${id}/bins`, { label: 'A-1' }],
    ];
    for (const [action, method, path, body] of routes) {
      for (const role of ROLES.filter((candidate) => !mayDo([candidate], action))) {
        const answer = await service.request<Problem>(method, path, { as: { ...STOCK_MANAGER, roles: [role] }, body });
        expect([path, role, answer.body.code]).toEqual([path, role, 'AUTH_ROLE_MISSING']);
      }
      const keyless = await service.request<Problem>(method, path, { as: STOCK_MANAGER, body, key: null });
      expect(keyless.body.code).toBe('IDEMPOTENCY_KEY_REQUIRED');
    }
    expect(await traces()).toEqual(before);
  });

  it('is found in the list by kind and state', async () => {
    const { id, code } = await registered({ kind: 'co-built' });
    await setState(id, 'suspended', 1);
    const list = await service.request<{ items: { code: string; state: string }[] }>(
      'GET',
      `${PATH}?kind=co-built&state=suspended&limit=200`,
      { as: AUDITOR },
    );
    expect(list.body.items).toContainEqual(expect.objectContaining({ code, state: 'suspended' }));
    const none = await service.request<Problem>('GET', `${PATH}?kind=barn`, { as: AUDITOR });
    expect(none.status).toBe(400);
  });
});

describe('a depot is closed and opened again', () => {
  it('and closed it takes no receipt, is named as closed, and takes goods again when it is open', async () => {
    const { id } = await registered();
    expect((await receive(id, 5)).status).toBe(201);
    expect((await setState(id, 'closed', 1)).body).toMatchObject({ state: 'closed', version: 2 });
    const before = await traces();
    const refused = await receive(id, 5);
    expect(refused.body).toMatchObject({ status: 409, code: 'SUPPLIES_DEPOT_CLOSED', facts: { state: 'closed' } });
    expect(await traces()).toEqual(before);
    expect(await read(id)).toMatchObject({
      state: 'closed',
      stateReason: '年度检修',
      warnings: ['goods-in-closed-depot'],
    });
    expect((await setState(id, 'open', 2)).status).toBe(200);
    expect((await receive(id, 5)).status).toBe(201);
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
    const { id } = await registered();
    await setState(id, 'suspended', 1);
    expect((await receive(id, 5)).body).toMatchObject({ code: 'SUPPLIES_DEPOT_CLOSED', facts: { state: 'suspended' } });
  });

  it.each([
    ['opened twice', ['open'], 'open'],
    ['suspended while it is closed', ['closed'], 'suspended'],
  ])('but not %s', async (_what, path, to) => {
    const { id } = await registered();
    let version = 1;
    for (const state of path.filter((step) => step !== 'open'))
      version = (await setState(id, state, version)).body.version;
    const before = await traces();
    const answer = await setState(id, to, version);
    expect(answer.body).toMatchObject({ status: 409, code: 'SUPPLIES_DEPOT_TRANSITION_FORBIDDEN' });
    expect(await traces()).toEqual(before);
  });

  it('and every receipt at that moment is either in before the closing or refused', async () => {
    const { id } = await registered();
    const [closing, ...receipts] = await Promise.all([
      setState(id, 'closed', 1),
      ...Array(8)
        .fill(0)
        .map(() => receive(id, 1)),
    ]);
    expect(closing.status).toBe(200);
    const taken = receipts.filter(({ status }) => status === 201).length;
    expect(receipts.filter(({ body }) => body.code === 'SUPPLIES_DEPOT_CLOSED').length).toBe(8 - taken);
    expect((await stockOf(service, id)).available).toBe(taken);
    expect((await receive(id, 1)).body.code).toBe('SUPPLIES_DEPOT_CLOSED');
  });
});

describe('the capacity of a depot', () => {
  // A tent of the test weighs 45 kg and takes 150 000 cm³.
  it('shows how much of it the goods take up, held ones too', async () => {
    const { id } = await registered({ capacityCubicCentimetres: 3_000_000, capacityGrams: 1_000_000 });
    await receive(id, 10);
    expect((await read(id)).capacity).toEqual({
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
    const { id } = await registered({ capacityCubicCentimetres: 1_499_999, capacityGrams: 450_000 });
    expect((await receive(id, 10)).status).toBe(201);
    expect(await read(id)).toMatchObject({
      capacity: { volumePercent: 101, weightPercent: 100 },
      warnings: ['volume-over-capacity', 'no-keeper'],
    });
  });

  it('that is hard refuses a receipt over it and takes one that just fits', async () => {
    const { id } = await registered({ capacityGrams: 450_000, capacityRule: 'hard' });
    expect((await receive(id, 6)).status).toBe(201);
    const before = await traces();
    expect((await receive(id, 5)).body).toMatchObject({
      status: 409,
      code: 'SUPPLIES_DEPOT_FULL',
      facts: { capacityGrams: 450_000, wantedGrams: 495_000 },
    });
    expect(await traces()).toEqual(before);
    expect((await receive(id, 4)).status).toBe(201);
    expect((await read(id)).warnings).toEqual(['no-keeper']);
  });

  it('that is hard is not passed by receipts at the same time', async () => {
    const { id } = await registered({ capacityCubicCentimetres: 10 * 150_000, capacityRule: 'hard' });
    const answers = await Promise.all(Array.from({ length: 8 }, () => receive(id, 3)));
    expect(answers.filter(({ status }) => status === 201).length).toBe(3);
    expect((await read(id)).capacity.volumePercent).toBe(90);
  });

  it('that nobody measured has no per cent and warns of nothing', async () => {
    const { id } = await registered();
    await receive(id, 1_000);
    expect(await read(id)).toMatchObject({
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
    service.request<KeeperResponse & Problem>('POST', `${PATH}/${id}/keepers`, { as: STOCK_MANAGER, body });
  const end = (id: string, keeperId: string, validTo: string) =>
    service.request<KeeperResponse & Problem>('POST', `${PATH}/${id}/keepers/${keeperId}/end`, {
      as: STOCK_MANAGER,
      body: { validTo },
    });

  it('are named from a day to a day; the entry shows who keeps it today', async () => {
    const { id } = await registered();
    const now = await appoint(id, person());
    expect(now.body).toMatchObject({ name: '王五', validTo: null });
    await appoint(id, person({ name: '赵六', validFrom: '2020-01-01', validTo: '2020-12-31' }));
    await appoint(id, person({ name: '孙七', validFrom: '2199-01-01' }));
    const entry = await read(id);
    expect(entry.keepers.map(({ name }) => name)).toEqual(['王五']);
    expect(entry.warnings).toEqual([]);
    const all = await service.request<KeepersResponse>('GET', `${PATH}/${id}/keepers?limit=2`, { as: AUDITOR });
    expect(all.body.items.map(({ name }) => name)).toEqual(['孙七', '王五']);
    expect(all.body.total).toBe(3);
  });

  it('stop on their last day', async () => {
    const { id } = await registered();
    const { body } = await appoint(id, person({ validFrom: '2020-01-01' }));
    expect((await end(id, body.id, '2020-06-30')).body).toMatchObject({ validTo: '2020-06-30' });
    expect((await read(id)).keepers).toEqual([]);
    expect((await end(id, body.id, '2019-12-31')).body.code).toBe('REQUEST_INVALID');
    expect((await end(id, randomUUID(), '2020-06-30')).body.code).toBe('SUPPLIES_KEEPER_NOT_FOUND');
    const elsewhere = await registered();
    expect((await end(elsewhere.id, body.id, '2020-06-30')).body.code).toBe('SUPPLIES_KEEPER_NOT_FOUND');
  });

  it('are not named twice for the same time, also not at the same moment', async () => {
    const { id } = await registered();
    const someone = person();
    const answers = await Promise.all([1, 2, 3].map(() => appoint(id, someone)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    const before = await traces();
    expect((await appoint(id, someone)).body).toMatchObject({ code: 'SUPPLIES_KEEPER_CONFLICT' });
    expect((await appoint(id, person({ phone: 'none' }))).status).toBe(400);
    expect((await appoint(id, person({ validFrom: '2026-02-30' }))).status).toBe(400);
    expect(await traces()).toEqual(before);
  });

  it('show their number to those who work with the depot, and only a part of it to others', async () => {
    const { id } = await registered();
    await appoint(id, person());
    expect((await read(id)).keepers[0].phone).toBe('138 1234 5678');
    const outsider: TestCaller = { roles: ['driver'], organisationKind: 'transport', organisationId: randomUUID() };
    expect((await read(id, outsider)).keepers[0].phone).toBe('138****78');
  });
});

describe('a shelter', () => {
  const report = (id: string, body: Record<string, unknown>) =>
    service.request<Problem>('POST', `${PATH}/${id}/people-reports`, { as: DISPATCHER, body });

  it('stores goods, and is a place to deliver to', async () => {
    const { id } = await registered({ kind: 'shelter', shelterPlaces: 200, regionCode: VILLAGE, tier: 'village' });
    expect((await receive(id, 5)).status).toBe(201);
    expect((await read(id)).shelter).toEqual({
      places: 200,
      peoplePresent: null,
      priorityPeople: null,
      countedAt: null,
      freePlaces: null,
      site: { siteId: id, name: '楼子营镇储备点', regionCode: VILLAGE, latitude: 39.42, longitude: 111.22 },
    });
  });

  it('shows the latest count of people, whenever it was reported, and warns when it is overcrowded', async () => {
    const { id } = await registered({ kind: 'shelter', shelterPlaces: 100 });
    await report(id, { peoplePresent: 120, priorityPeople: 30, countedAt: '2026-07-02T08:00:00+08:00' });
    await report(id, { peoplePresent: 80, priorityPeople: 20, countedAt: '2026-07-01T08:00:00+08:00', note: '迟报' });
    const entry = await read(id);
    expect(entry.shelter).toMatchObject({
      peoplePresent: 120,
      priorityPeople: 30,
      countedAt: '2026-07-02T00:00:00.000Z',
      freePlaces: 0,
    });
    expect(entry.warnings).toContain('shelter-overcrowded');
    const all = await service.request<{ items: { peoplePresent: number }[]; total: number }>(
      'GET',
      `${PATH}/${id}/people-reports`,
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
    const { id } = await registered({ kind: 'shelter', shelterPlaces: 100 });
    const before = await traces();
    expect((await report(id, body)).body).toMatchObject({
      status: 400,
      errors: [expect.objectContaining({ pointer })],
    });
    expect(await traces()).toEqual(before);
  });

  it('is the only kind of depot in which people are counted', async () => {
    const { id } = await registered();
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
    const { id } = await registered({
      prePositioning: { reason: '道路险峻', source: '县应急预案', since: '2026-01-01' },
    });
    expect(await read(id)).toMatchObject({
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
    await registered({ regionCode: lonely, tier: 'village', kind: 'point' });
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
    const before = await traces();
    expect((await need({ regionCode: '140931' })).body.code).toBe('AUTH_REGION_OUT_OF_SCOPE');
    expect((await need({ validFrom: '2026-02-01', validTo: '2026-01-01' })).body.code).toBe('REQUEST_INVALID');
    expect((await need({ riskLevel: 'awful' })).status).toBe(400);
    const end = await service.request<Problem>('POST', `${NEEDS}/${body.id}/end`, {
      as: { ...STOCK_MANAGER, regionCode: '140931' },
      body: { validTo: '2199-01-01' },
    });
    expect(end.body).toMatchObject({ status: 404, code: 'SUPPLIES_PRE_POSITIONING_NEED_NOT_FOUND' });
    expect((await service.request<Problem>('GET', `${NEEDS}?region=14`, { as: AUDITOR })).status).toBe(403);
    expect(await traces()).toEqual(before);
    expect(await needs('', { ...AUDITOR, regionCode: '140931' })).toEqual([]);
  });
});

describe('bins of a depot', () => {
  const post = (id: string, what: string, body: Record<string, unknown>) =>
    service.request<{ id: string } & Problem>('POST', `${PATH}/${id}/${what}`, { as: KEEPER, body });
  const place = (id: string, binId: string, lotId: string, quantityBase: number) =>
    service.request<{ unplacedBase: number } & Problem>('PUT', `${PATH}/${id}/bins/${binId}/lots/${lotId}`, {
      as: KEEPER,
      body: { quantityBase },
    });
  const placements = async (id: string, query = '') =>
    (
      await service.request<{
        items: { label: string; quantityBase: number; exceedsBalance: boolean }[];
        total: number;
      }>('GET', `${PATH}/${id}/placements${query}`, { as: AUDITOR })
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
    const bins = await service.request<{ items: unknown[] }>('GET', `${PATH}/${depot.id}/bins`, { as: AUDITOR });
    expect(bins.body.items).toEqual([
      expect.objectContaining({ label: 'A-01', zoneCode: 'A', lotCount: 0 }),
      expect.objectContaining({ label: 'B-01', zoneCode: null, note: '地面', lotCount: 1 }),
    ]);
    const zones = await service.request<{ items: unknown[] }>('GET', `${PATH}/${depot.id}/zones`, { as: AUDITOR });
    expect(zones.body.items).toEqual([expect.objectContaining({ code: 'A', name: '一号库' })]);
  });

  it('never hold more of a lot than the depot does, also when two keepers note at the same time', async () => {
    const { depot, one, two, lot } = await aStore();
    const answers = await Promise.all([place(depot.id, one, lot, 70), place(depot.id, two, lot, 70)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const before = await traces();
    const refused = await place(depot.id, answers[0].status === 200 ? two : one, lot, 31);
    expect(refused.body).toMatchObject({
      code: 'SUPPLIES_QUANTITY_EXCEEDS_BALANCE',
      facts: { balanceBase: 100, elsewhereBase: 70 },
    });
    expect((await place(depot.id, one, randomUUID(), 1)).body.code).toBe('SUPPLIES_QUANTITY_EXCEEDS_BALANCE');
    expect(await traces()).toEqual(before);
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
    const before = await traces();
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
    expect(await traces()).toEqual(before);
    expect((await post(other.depot.id, 'bins', { label: 'Z-01', zoneId: other.zone })).status).toBe(201);
    expect(zone).not.toBe(other.zone);
  });
});
