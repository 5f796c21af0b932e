import { randomUUID } from 'node:crypto';
import { MovementPosted } from '@ledger/contracts';
import type { TestService } from '@ledger/testing';
import { brokenInvariants } from './support/invariants';
import { FOOD, KIT, KitBench, RADIO, TORCH } from './support/kit-bench';
import {
  KEEPER,
  NEXT_WEEK,
  NEXT_YEAR,
  STOCK_MANAGER,
  aDepot,
  aLot,
  balanceOf,
  expire,
  ordered,
  setQuality,
  startSupplies,
  stockOf,
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

describe('a keeper builds kits', () => {
  it('in one movement that takes the parts and brings the kits, and everybody hears of it', async () => {
    const { depot, torch, food } = await bench.aStore();
    const { status, body } = await bench.build(depot, 5, { note: '备汛' });
    expect(status).toBe(201);
    expect(body).toMatchObject({ depotId: depot.id, revision: 1, lots: [{ kits: 5, expiryDate: NEXT_YEAR }] });
    const [lot] = body.lots;
    expect(await bench.freeOf(depot, KIT)).toEqual({ [lot.lotId]: 5 });
    expect(await bench.freeOf(depot, TORCH)).toEqual({ [torch]: 15 });
    expect(await bench.freeOf(depot, FOOD)).toEqual({ [food]: 45 });
    const heard = (await service.published(MovementPosted)).find(({ movementId }) => movementId === body.movementId);
    expect(heard?.kind).toBe('kit-build');
    expect(heard?.postings.map(({ itemCode, from, to, quantityBase }) => [itemCode, from, to, quantityBase])).toEqual([
      [TORCH, `depot:${depot.id}:available`, 'kitted', 5],
      [FOOD, `depot:${depot.id}:available`, 'kitted', 15],
      [KIT, 'kitted', `depot:${depot.id}:available`, 5],
    ]);
    const [row] = await service.database.query(
      'SELECT origin, owner_region_code, production_date IS NOT NULL AS dated, synthetic FROM lots WHERE id = $1',
      [lot.lotId],
    );
    expect(row).toEqual({ origin: 'kit', owner_region_code: '140930', dated: true, synthetic: false });
    expect(await bench.kitLot(lot.lotId)).toMatchObject({
      kitCode: KIT,
      revision: 1,
      builtKits: 5,
      brokenKits: 0,
      movementId: body.movementId,
      contents: [
        { lotId: torch, itemCode: TORCH, quantityPerKit: 1 },
        { lotId: food, itemCode: FOOD, quantityPerKit: 3, expiryDate: NEXT_YEAR },
      ],
    });
  });

  it('from what expires first; kits of other dates are other lots, and for each it is known what is in it', async () => {
    const { depot, food } = await bench.aStore();
    const soon = await aLot(service, depot, { itemCode: FOOD, quantityBase: 7, expiryDate: NEXT_WEEK });
    const { body } = await bench.build(depot, 4);
    expect(body.lots.map(({ kits, expiryDate }) => [kits, expiryDate])).toEqual([
      [2, NEXT_WEEK],
      [1, NEXT_WEEK],
      [1, NEXT_YEAR],
    ]);
    const contents = await Promise.all(body.lots.map(async ({ lotId }) => (await bench.kitLot(lotId)).contents));
    const foodOf = (index: number) =>
      Object.fromEntries(
        contents[index].filter(({ itemCode }) => itemCode === FOOD).map((part) => [part.lotId, part.quantityPerKit]),
      );
    expect([foodOf(0), foodOf(1), foodOf(2)]).toEqual([{ [soon]: 3 }, { [soon]: 1, [food]: 2 }, { [food]: 3 }]);
  });

  it('with an optional part when it is asked for', async () => {
    const { depot } = await bench.aStore();
    await aLot(service, depot, { itemCode: RADIO, quantityBase: 2 });
    expect((await bench.build(depot, 3, { optionalComponents: [RADIO] })).body).toMatchObject({
      code: 'SUPPLIES_KIT_COMPONENTS_SHORT',
      facts: { itemCode: RADIO, neededBase: 3, usableBase: 2 },
    });
    expect((await bench.build(depot, 2, { optionalComponents: [RADIO] })).status).toBe(201);
    expect(await bench.freeOf(depot, RADIO)).toEqual({});
    expect((await bench.build(depot, 1)).status).toBe(201);
  });

  it.each([
    ['expired since it came', (lot: string) => expire(service, lot)],
    ['held', (lot: string) => setQuality(service, lot, 'held')],
    ['recalled', (lot: string) => setQuality(service, lot, 'recalled')],
  ])('but not from food that is %s', async (_what, spoil) => {
    const { depot, food } = await bench.aStore();
    await spoil(food);
    const before = await bench.traces();
    expect((await bench.build(depot, 1)).body).toMatchObject({
      status: 409,
      code: 'SUPPLIES_KIT_COMPONENTS_SHORT',
      facts: { itemCode: FOOD, neededBase: 3, usableBase: 0, unusableBase: 60 },
    });
    expect(await bench.traces()).toEqual(before);
    await setQuality(service, food, 'good');
  });

  it('but not from goods that are promised, of another owner, or gone before the day the kits shall last to', async () => {
    const { depot } = await bench.aStore({ food: 3 });
    const promised = (await bench.aStore({ torches: 3 })).depot;
    await ordered(service, promised, { itemCode: TORCH, quantityBase: 2 });
    expect((await bench.build(promised, 2)).body.facts).toMatchObject({
      itemCode: TORCH,
      neededBase: 2,
      usableBase: 1,
    });
    expect((await bench.build(depot, 2)).body.facts).toMatchObject({ itemCode: FOOD, neededBase: 6, usableBase: 3 });
    expect((await bench.build(depot, 1, { ownerRegionCode: '1409' })).body).toMatchObject({
      code: 'SUPPLIES_KIT_COMPONENTS_SHORT',
      facts: { usableBase: 0 },
    });
    expect((await bench.build(depot, 1, { usableUntil: '2199-01-01' })).body.facts).toMatchObject({ itemCode: FOOD });
    expect((await bench.build(depot, 1, { usableUntil: NEXT_YEAR })).status).toBe(201);
  });

  it('and of two who want the last part one gets it', async () => {
    const { depot } = await bench.aStore({ torches: 1 });
    const answers = await Promise.all([bench.build(depot, 1), bench.build(depot, 1), bench.build(depot, 1)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    expect(await bench.freeOf(depot, TORCH)).toEqual({});
    expect(Object.values(await bench.freeOf(depot, KIT))).toEqual([1]);
  });

  it('and ten at a time never build more than there is', async () => {
    const { depot } = await bench.aStore({ torches: 12 });
    const answers = await Promise.all(Array.from({ length: 10 }, () => bench.build(depot, 2)));
    expect(answers.filter(({ status }) => status === 201).length).toBe(6);
    expect(answers.every(({ status }) => status === 201 || status === 409)).toBe(true);
    expect((await stockOf(service, depot.id)).available).toBe(12 + (60 - 36));
  });

  it('and sent twice it is done once', async () => {
    const { depot } = await bench.aStore();
    const send = () =>
      service.request('POST', `/api/v1/supplies/kits/${KIT}/build`, {
        as: KEEPER,
        body: { depotId: depot.id, kits: 2 },
        key: 'kit-build-0001',
      });
    const [first, second] = [await send(), await send()];
    expect(second.body).toEqual(first.body);
    expect(Object.values(await bench.freeOf(depot, KIT))).toEqual([2]);
  });

  it.each([
    ['no kits', { kits: 0 }, 400, 'REQUEST_INVALID'],
    ['half a kit', { kits: 0.5 }, 400, 'REQUEST_INVALID'],
    ['more kits than one line may hold', { kits: 100_001 }, 400, 'REQUEST_INVALID'],
    ['a part that is not optional', { optionalComponents: [TORCH] }, 400, 'REQUEST_INVALID'],
    ['a part nobody knows', { optionalComponents: ['XXX-999'] }, 400, 'REQUEST_INVALID'],
    ['a depot nobody knows', { depotId: randomUUID() }, 404, 'SUPPLIES_DEPOT_NOT_FOUND'],
  ])('but not %s', async (_what, more, status, code) => {
    const { depot } = await bench.aStore();
    const before = await bench.traces();
    expect((await bench.build(depot, 1, more)).body).toMatchObject({ status, code });
    expect(await bench.traces()).toEqual(before);
  });

  it('but not in a closed depot, not elsewhere, and not what has no recipe', async () => {
    const { depot } = await bench.aStore();
    const before = await bench.traces();
    for (const regionCode of ['140931', '140930101', '61']) {
      expect((await bench.build(depot, 1, {}, { ...KEEPER, regionCode })).body.code).toBe('SUPPLIES_DEPOT_NOT_FOUND');
    }
    const bare = await service.request<Problem>('POST', `/api/v1/supplies/kits/${TORCH}/build`, {
      as: KEEPER,
      body: { depotId: depot.id, kits: 1 },
    });
    expect(bare.body).toMatchObject({ status: 404, code: 'SUPPLIES_KIT_NOT_FOUND' });
    await service.database.query(`UPDATE depots SET state = 'closed' WHERE id = $1`, [depot.id]);
    expect((await bench.build(depot, 1)).body.code).toBe('SUPPLIES_DEPOT_CLOSED');
    expect(await bench.traces()).toEqual(before);
  });
});

describe('a keeper takes kits apart', () => {
  it('and has back the same pieces of the same lots, in one movement', async () => {
    const { depot, torch, food } = await bench.aStore();
    const lot = (await bench.build(depot, 5)).body.lots[0].lotId;
    const { status, body } = await bench.take(depot, lot, 2);
    expect(status).toBe(201);
    expect(body.components.map(({ lotId, quantityBase, state }) => [lotId, quantityBase, state])).toEqual([
      [torch, 2, 'available'],
      [food, 6, 'available'],
    ]);
    expect([await bench.freeOf(depot, TORCH), await bench.freeOf(depot, FOOD)]).toEqual([
      { [torch]: 17 },
      { [food]: 51 },
    ]);
    expect(await bench.freeOf(depot, KIT)).toEqual({ [lot]: 3 });
    expect(await bench.kitLot(lot)).toMatchObject({ builtKits: 5, brokenKits: 2 });
    const heard = (await service.published(MovementPosted)).find(({ movementId }) => movementId === body.movementId);
    expect([heard?.kind, heard?.postings.length]).toEqual(['kit-break', 3]);
    await bench.take(depot, lot, 3);
    expect([await bench.freeOf(depot, TORCH), await bench.freeOf(depot, FOOD)]).toEqual([
      { [torch]: 20 },
      { [food]: 60 },
    ]);
    expect(await bench.freeOf(depot, KIT)).toEqual({});
  });

  it('and what has expired in the meantime goes to quarantine, the rest to the shelf', async () => {
    const { depot, torch, food } = await bench.aStore();
    const lot = (await bench.build(depot, 1)).body.lots[0].lotId;
    await expire(service, food);
    const { body } = await bench.take(depot, lot, 1);
    expect(body.components).toEqual([
      expect.objectContaining({ lotId: torch, state: 'available' }),
      expect.objectContaining({ lotId: food, quantityBase: 3, state: 'quarantine' }),
    ]);
  });

  it('and all parts of kits that are held themselves go to quarantine, out of which the kits come', async () => {
    const { depot } = await bench.aStore();
    const lot = (await bench.build(depot, 2)).body.lots[0].lotId;
    const aside = await service.request('POST', '/api/v1/supplies/movements', {
      as: KEEPER,
      body: { kind: 'quarantine', depotId: depot.id, lines: [{ lotId: lot, quantityBase: 2 }], note: '受潮' },
    });
    expect(aside.status).toBe(201);
    expect((await bench.take(depot, lot, 1)).body.code).toBe('SUPPLIES_QUANTITY_EXCEEDS_BALANCE');
    await setQuality(service, lot, 'held');
    const { body } = await bench.take(depot, lot, 2, 'quarantine');
    expect(body.components.map(({ state }) => state)).toEqual(['quarantine', 'quarantine']);
  });

  it('and two who take apart the last one get it apart once', async () => {
    const { depot, torch } = await bench.aStore();
    const lot = (await bench.build(depot, 1)).body.lots[0].lotId;
    const answers = await Promise.all([
      bench.take(depot, lot, 1),
      bench.take(depot, lot, 1),
      bench.take(depot, lot, 1),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    expect(await bench.freeOf(depot, TORCH)).toEqual({ [torch]: 20 });
  });

  it('but not more than there are, not where they are not, and not what was bought ready made', async () => {
    const { depot } = await bench.aStore();
    const other = await aDepot(service);
    const lot = (await bench.build(depot, 2)).body.lots[0].lotId;
    const bought = await aLot(service, depot, { itemCode: KIT, quantityBase: 5 });
    const torches = Object.keys(await bench.freeOf(depot, TORCH))[0];
    const before = await bench.traces();
    expect((await bench.take(depot, lot, 3)).body).toMatchObject({
      code: 'SUPPLIES_QUANTITY_EXCEEDS_BALANCE',
      facts: { unbrokenKits: 2 },
    });
    expect((await bench.take(other, lot, 1)).body.code).toBe('SUPPLIES_QUANTITY_EXCEEDS_BALANCE');
    expect((await bench.take(depot, bought, 1)).body).toMatchObject({
      status: 409,
      code: 'SUPPLIES_KIT_NOT_BREAKABLE',
    });
    expect((await bench.take(depot, torches, 1)).body).toMatchObject({ status: 404, code: 'SUPPLIES_LOT_NOT_FOUND' });
    expect((await bench.take(depot, lot, 1, 'available', { ...KEEPER, regionCode: '140931' })).body.code).toBe(
      'SUPPLIES_DEPOT_NOT_FOUND',
    );
    expect(await bench.traces()).toEqual(before);
  });

  it('and neither is undone by a reversal: each has its opposite', async () => {
    const { depot } = await bench.aStore();
    const { movementId } = (await bench.build(depot, 1)).body;
    const undone = await service.request<Problem>('POST', `/api/v1/supplies/movements/${movementId}/reversal`, {
      as: STOCK_MANAGER,
      body: { reason: '误操作' },
    });
    expect(undone.body.code).toBe('SUPPLIES_MOVEMENT_NOT_REVERSIBLE');
  });
});

it('what is in the account of kits is what is in whole kits, after any order of building and taking apart', async () => {
  const { depot } = await bench.aStore();
  const lots = [...(await bench.build(depot, 3)).body.lots, ...(await bench.build(depot, 4)).body.lots];
  await Promise.all(lots.map(({ lotId }) => bench.take(depot, lotId, 1)));
  await bench.build(depot, 2);
  const whole = Object.values(await bench.freeOf(depot, KIT)).reduce((sum, kits) => sum + kits, 0);
  const [row] = await service.database.query<{ torches: string }>(
    `SELECT sum(balance.quantity_base) AS torches FROM balances AS balance
     WHERE balance.account = 'kitted' AND balance.item_code = $1 AND balance.lot_id IN (
       SELECT lot_id FROM balances WHERE depot_id = $2)`,
    [TORCH, depot.id],
  );
  expect([whole, Number(row.torches)]).toEqual([7, 7]);
  expect(await balanceOf(service, 'kitted')).toBeGreaterThan(0);
  expect(await brokenInvariants(service.database)).toEqual([]);
});
