import { randomUUID } from 'node:crypto';
import { DepotRegistered, ROLES, mayDo, type Action } from '@ledger/contracts';
import type { TestCaller, TestService } from '@ledger/testing';
import { DEPOTS, DepotDesk, VILLAGE, amendable, anEntry } from './support/depot-desk';
import { AUDITOR, STOCK_MANAGER, startSupplies, type Problem } from './support/world';

let service: TestService;
let desk: DepotDesk;

beforeAll(async () => {
  service = await startSupplies();
  desk = new DepotDesk(service);
});
afterAll(() => service.stop());

describe('a stock manager registers a depot', () => {
  it.each(['warehouse', 'point', 'enterprise-store', 'leased', 'co-built'])('of the kind %s', async (kind) => {
    const { id } = await desk.registered({ kind, ownerName: '河曲县粮油公司', ownerKind: 'enterprise' });
    expect(await desk.read(id)).toMatchObject({
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
    const { id, entry } = await desk.registered();
    await desk.amend(id, { ...amendable(entry), nameZh: '新名', kind: 'leased', version: 1 });
    await desk.setState(id, 'closed', 2);
    const heard = (await service.published(DepotRegistered)).filter(({ depotId }) => depotId === id);
    expect(heard.map(({ nameZh, kind, state }) => [nameZh, kind, state])).toEqual([
      ['楼子营镇储备点', 'warehouse', 'open'],
      ['新名', 'leased', 'open'],
      ['新名', 'leased', 'closed'],
    ]);
  });

  it('and gets the first answer again for the same key', async () => {
    const entry = anEntry();
    const send = () => service.request('POST', DEPOTS, { as: STOCK_MANAGER, body: entry, key: 'depot-key-0001' });
    const [first, second] = [await send(), await send()];
    expect([second.status, second.body]).toEqual([201, first.body]);
  });

  it('and two who take the same code get one depot', async () => {
    const code = 'HQ-RACE';
    const answers = await Promise.all([1, 2, 3].map(() => desk.register(anEntry({ code }))));
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
    const before = await desk.traces();
    const answer = await desk.register(anEntry(overrides));
    expect(answer.body).toMatchObject({ status, errors: [expect.objectContaining({ pointer })] });
    expect(await desk.traces()).toEqual(before);
  });

  it('but not in a foreign region, nor for another organisation unless the emergency department does it', async () => {
    const before = await desk.traces();
    const foreign = await desk.register(anEntry({ regionCode: '140931' }));
    expect(foreign.body).toMatchObject({ status: 403, code: 'AUTH_REGION_OUT_OF_SCOPE' });
    const entry = anEntry({ organisationId: randomUUID() });
    const water: TestCaller = { ...STOCK_MANAGER, organisationKind: 'water' };
    const refused = await desk.register(entry, water);
    expect(refused.body).toMatchObject({ status: 403, code: 'SUPPLIES_DEPOT_ORGANISATION_FOREIGN' });
    expect(await desk.traces()).toEqual(before);
    expect((await desk.register(entry)).status).toBe(201);
  });
});

describe('the entry of a depot', () => {
  it('is changed whole, and what is left out becomes empty', async () => {
    const { id, entry } = await desk.registered({ openingHours: '8:00-18:00', capacityGrams: 5_000 });
    const answer = await desk.amend(id, { ...amendable(entry), openingHours: undefined, nameEn: 'New', version: 1 });
    expect(answer.body).toMatchObject({ version: 2, state: 'open' });
    expect(await desk.read(id)).toMatchObject({
      nameEn: 'New',
      openingHours: null,
      capacity: { capacityGrams: 5_000 },
      code: entry.code,
      version: 2,
    });
  });

  it('is not changed by somebody who read an older one', async () => {
    const { id, entry } = await desk.registered();
    await desk.amend(id, { ...amendable(entry), nameEn: 'First', version: 1 });
    const before = await desk.traces();
    const late = await desk.amend(id, { ...amendable(entry), nameEn: 'Late', version: 1 });
    expect(late.body).toMatchObject({ status: 409, code: 'SUPPLIES_VERSION_STALE', facts: { version: 2 } });
    expect(await desk.traces()).toEqual(before);
  });

  it('takes one of several changes that were made from the same version at the same time', async () => {
    const { id, entry } = await desk.registered();
    const answers = await Promise.all(
      ['A', 'B', 'C', 'D'].map((nameEn) => desk.amend(id, { ...amendable(entry), nameEn, version: 1 })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
    expect((await desk.read(id)).version).toBe(2);
  });

  it('keeps its region, tier and code', async () => {
    const { id, entry } = await desk.registered();
    for (const field of ['code', 'regionCode', 'tier']) {
      const answer = await desk.amend(id, { ...amendable(entry), [field]: entry[field], version: 1 });
      expect(answer.body).toMatchObject({ status: 400, errors: [expect.objectContaining({ pointer: `/${field}` })] });
    }
  });

  it.each([
    ['a neighbour county', '140931'],
    ['a township below', '140930101'],
    ['another province', '61'],
  ])('is not there for people of %s', async (_who, regionCode) => {
    const { id, entry } = await desk.registered();
    const as = { ...STOCK_MANAGER, regionCode };
    const before = await desk.traces();
    const person = { userId: randomUUID(), name: '王五', phone: '13812345678' };
    const writes = [
      await desk.amend(id, { ...amendable(entry), version: 1 }, as),
      await desk.setState(id, 'closed', 1, as),
      await service.request<Problem>('POST', `${DEPOTS}/${id}/keepers`, { as, body: person }),
      await service.request<Problem>('POST', `${DEPOTS}/${id}/people-reports`, {
        as,
        body: { peoplePresent: 1, priorityPeople: 0 },
      }),
      await service.request<Problem>('POST', `${DEPOTS}/${id}/zones`, { as, body: { code: 'A', name: 'A' } }),
      await service.request<Problem>('POST', `${DEPOTS}/${id}/bins`, { as, body: { label: 'A-1' } }),
    ];
    const reads = ['', '/keepers', '/people-reports', '/zones', '/bins', '/placements'];
    const answers = await Promise.all(
      reads.map((path) => service.request<Problem>('GET', `${DEPOTS}/${id}${path}`, { as })),
    );
    for (const answer of [...writes, ...answers]) {
      expect(answer.body).toMatchObject({ status: 404, code: 'SUPPLIES_DEPOT_NOT_FOUND' });
    }
    expect(await desk.traces()).toEqual(before);
  });

  it('is opened and closed to the roles of the policy and to no others', async () => {
    const { id, entry } = await desk.registered();
    const before = await desk.traces();
    const routes: [Action, string, string, unknown][] = [
      ['depot.manage', 'POST', DEPOTS, anEntry()],
      ['depot.manage', 'PUT', `${DEPOTS}/${id}`, { ...amendable(entry), version: 1 }],
      ['depot.manage', 'POST', `${DEPOTS}/${id}/state`, { state: 'closed', version: 1, reason: 'x' }],
      ['depot.manage', 'POST', `${DEPOTS}/${id}/keepers`, { userId: randomUUID(), name: '王五', phone: '13812345678' }],
      ['shelter.report', 'POST', `${DEPOTS}/${id}/people-reports`, { peoplePresent: 1, priorityPeople: 0 }],
      ['bin.manage', 'POST', `${DEPOTS}/${id}/zones`, { code: 'A', name: 'A' }],
      ['bin.manage', 'POST', `${DEPOTS}/${id}/bins`, { label: 'A-1' }],
    ];
    for (const [action, method, path, body] of routes) {
      for (const role of ROLES.filter((candidate) => !mayDo([candidate], action))) {
        const answer = await service.request<Problem>(method, path, { as: { ...STOCK_MANAGER, roles: [role] }, body });
        expect([path, role, answer.body.code]).toEqual([path, role, 'AUTH_ROLE_MISSING']);
      }
      const keyless = await service.request<Problem>(method, path, { as: STOCK_MANAGER, body, key: null });
      expect(keyless.body.code).toBe('IDEMPOTENCY_KEY_REQUIRED');
    }
    expect(await desk.traces()).toEqual(before);
  });

  it('is found in the list by kind and state', async () => {
    const { id, code } = await desk.registered({ kind: 'co-built' });
    await desk.setState(id, 'suspended', 1);
    const list = await service.request<{ items: { code: string; state: string }[] }>(
      'GET',
      `${DEPOTS}?kind=co-built&state=suspended&limit=200`,
      { as: AUDITOR },
    );
    expect(list.body.items).toContainEqual(expect.objectContaining({ code, state: 'suspended' }));
    const none = await service.request<Problem>('GET', `${DEPOTS}?kind=barn`, { as: AUDITOR });
    expect(none.status).toBe(400);
  });
});
