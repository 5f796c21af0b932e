import { ROLES, mayDo, type Action } from '@ledger/contracts';
import type { TestService } from '@ledger/testing';
import type { KitsResponse, RecipesResponse } from '../src/kits/dto/recipe.dto';
import { brokenInvariants } from './support/invariants';
import { BAG, CITY, FOOD, KIT, KitBench, RADIO, TORCH } from './support/kit-bench';
import {
  AUDITOR,
  KEEPER,
  STOCK_MANAGER,
  aDepot,
  aLot,
  expire,
  ledgerCounts,
  setQuality,
  startSupplies,
  type Problem,
} from './support/world';

let service: TestService;
let bench: KitBench;

beforeAll(async () => {
  service = await startSupplies();
  bench = await KitBench.open(service);
});
afterAll(async () => {
  expect(await brokenInvariants(service.database)).toEqual([]);
  await service.stop();
});

describe('a stock manager asks how many kits a depot could build', () => {
  it('and learns the number, and which part is short for one more or for as many as are wanted', async () => {
    const { depot, food } = await bench.aStore({ torches: 20, food: 31 });
    const held = await aLot(service, depot, { itemCode: FOOD, quantityBase: 50 });
    await setQuality(service, held, 'held');
    expect((await bench.complete(depot)).body).toMatchObject({
      kitCode: KIT,
      revision: 1,
      depotCode: depot.code,
      buildableKits: 10,
      limitedBy: [FOOD],
      components: [
        { itemCode: TORCH, usableBase: 20, kits: 20, shortBase: 0, required: true },
        { itemCode: FOOD, usableBase: 31, unusableBase: 50, kits: 10, shortBase: 2, unit: '个' },
        { itemCode: RADIO, usableBase: 0, kits: 0, shortBase: 11, required: false },
      ],
    });
    expect((await bench.complete(depot, '&kits=25')).body.components.map(({ shortBase }) => shortBase)).toEqual([
      5, 44, 25,
    ]);
    await expire(service, food);
    expect((await bench.complete(depot)).body).toMatchObject({ buildableKits: 0, limitedBy: [FOOD] });
    const before = await ledgerCounts(service);
    expect((await bench.build(depot, 1)).status).toBe(409);
    expect(await ledgerCounts(service)).toEqual(before);
    await setQuality(service, held, 'good');
  });

  it('and not for a depot elsewhere, nor for what is no kit', async () => {
    const far = await aDepot(service, { regionCode: '140931' });
    expect((await bench.complete(far)).body).toMatchObject({ status: 404, code: 'SUPPLIES_DEPOT_NOT_FOUND' });
    const depot = await aDepot(service);
    const none = await service.request<Problem>(
      'GET',
      `/api/v1/supplies/kits/${TORCH}/completeness?depotId=${depot.id}`,
      { as: STOCK_MANAGER },
    );
    expect(none.body).toMatchObject({ status: 404, code: 'SUPPLIES_KIT_NOT_FOUND' });
    expect((await bench.complete(depot, '&kits=0')).status).toBe(400);
  });

  it('and what is in a lot of kits is shown to those who own, built or hold it, and to nobody else', async () => {
    const { depot } = await bench.aStore();
    const lot = (await bench.build(depot, 1)).body.lots[0].lotId;
    const see = (regionCode: string) =>
      service.request<Problem>('GET', `/api/v1/supplies/kit-lots/${lot}`, { as: { ...AUDITOR, regionCode } });
    expect((await see('1409')).status).toBe(200);
    expect((await see('140931')).body).toMatchObject({ status: 404, code: 'SUPPLIES_LOT_NOT_FOUND' });
  });
});

describe('a recipe', () => {
  const part = (itemCode: string, required = true) => ({ itemCode, quantityPerKit: 1, required });

  it('holds from its first day; kits that were built before keep what is in them', async () => {
    await bench.setRecipe(BAG, [part(TORCH)], 0);
    const later = await bench.setRecipe(BAG, [part(TORCH), part(RADIO)], 1, { validFrom: '2199-01-01' });
    expect(later.body).toMatchObject({ revision: 2, validFrom: '2199-01-01' });
    const { body } = await service.request<RecipesResponse>('GET', `/api/v1/supplies/kits/${BAG}/recipes`, {
      as: KEEPER,
    });
    expect(body.items.map(({ revision, inForce, components }) => [revision, inForce, components.length])).toEqual([
      [2, false, 2],
      [1, true, 1],
    ]);
    await bench.setRecipe(BAG, [part(FOOD)], 2);
    const list = await service.request<KitsResponse>('GET', '/api/v1/supplies/kits', { as: KEEPER });
    expect(list.body.items).toContainEqual(expect.objectContaining({ kitCode: BAG, revision: 3, componentCount: 1 }));
  });

  it('is set once by those who set it at the same time from the same revision', async () => {
    const answers = await Promise.all([1, 2, 3].map(() => bench.setRecipe('LRS-015', [part(TORCH)], 0)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    expect(answers.find(({ status }) => status === 409)?.body.code).toBe('SUPPLIES_VERSION_STALE');
  });

  it.each([
    ['that holds itself', [part(FOOD)], FOOD, 'SUPPLIES_KIT_RECIPE_INVALID', '/components/0/itemCode'],
    [
      'that names a part twice',
      [part(TORCH), part(TORCH)],
      FOOD,
      'SUPPLIES_KIT_RECIPE_INVALID',
      '/components/1/itemCode',
    ],
    ['in which nothing is required', [part(TORCH, false)], FOOD, 'SUPPLIES_KIT_RECIPE_INVALID', '/components'],
    ['of a part nobody knows', [part('XXX-999')], FOOD, 'SUPPLIES_ITEM_UNKNOWN', '/components/0/itemCode'],
    ['of a kit that holds it', [part(KIT)], FOOD, 'SUPPLIES_KIT_RECIPE_INVALID', '/components'],
    ['of nothing', [], FOOD, 'REQUEST_INVALID', '/components'],
    [
      'of half a part',
      [{ ...part(TORCH), quantityPerKit: 0.5 }],
      FOOD,
      'REQUEST_INVALID',
      '/components/0/quantityPerKit',
    ],
  ])('%s is refused', async (_what, components, kit, code, pointer) => {
    const before = await bench.traces();
    const answer = await bench.setRecipe(kit, components, 0);
    expect(answer.body).toMatchObject({ code, errors: [expect.objectContaining({ pointer })] });
    expect(await bench.traces()).toEqual(before);
  });

  it('of yesterday, of an unknown kit, or by a county is refused', async () => {
    const before = await bench.traces();
    expect((await bench.setRecipe(FOOD, [part(TORCH)], 0, { validFrom: '2020-01-01' })).body.code).toBe(
      'SUPPLIES_KIT_RECIPE_INVALID',
    );
    expect((await bench.setRecipe('XXX-999', [part(TORCH)], 0)).body.code).toBe('SUPPLIES_ITEM_NOT_FOUND');
    const county = await service.request<Problem>('POST', `/api/v1/supplies/kits/${FOOD}/recipes`, {
      as: STOCK_MANAGER,
      body: { components: [part(TORCH)], followsRevision: 0, source: 'x' },
    });
    expect(county.body.code).toBe('SUPPLIES_CATALOGUE_TIER_TOO_LOW');
    expect(await bench.traces()).toEqual(before);
  });

  it('and what is built by it are open to the roles of the policy and to no others', async () => {
    const { depot } = await bench.aStore();
    const before = await bench.traces();
    const routes: [Action, string, unknown][] = [
      ['catalogue.manage', `kits/${BAG}/recipes`, { components: [part(TORCH)], followsRevision: 3, source: 'x' }],
      ['kit.build', `kits/${KIT}/build`, { depotId: depot.id, kits: 1 }],
      [
        'kit.build',
        `kits/${KIT}/break`,
        { depotId: depot.id, lotId: depot.id, kits: 1, from: 'available', reason: 'x' },
      ],
    ];
    for (const [action, path, body] of routes) {
      for (const role of ROLES.filter((candidate) => !mayDo([candidate], action))) {
        const as = { ...CITY, roles: [role] };
        const answer = await service.request<Problem>('POST', `/api/v1/supplies/${path}`, { as, body });
        expect([path, role, answer.body.code]).toEqual([path, role, 'AUTH_ROLE_MISSING']);
      }
      const keyless = await service.request<Problem>('POST', `/api/v1/supplies/${path}`, { as: CITY, body, key: null });
      expect(keyless.body.code).toBe('IDEMPOTENCY_KEY_REQUIRED');
    }
    expect(await bench.traces()).toEqual(before);
  });
});
