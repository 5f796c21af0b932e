import { randomUUID } from 'node:crypto';
import { ReserveStock, StockReserved, depotAccount } from '@ledger/contracts';
import { aCause, type TestService } from '@ledger/testing';
import { addDays } from '../src/rotation/domain/months';
import type { ItemPricesResponse, ThresholdsResponse } from '../src/rotation/dto/configuration.dto';
import type { ForecastResponse } from '../src/rotation/dto/alert.dto';
import { STANDINGS, type Standing } from '../src/rotation/domain/standing';
import {
  lotInDepot,
  lotsInDepots,
  LOT_COLUMNS,
  type LotInDepotRow,
  type LotsWanted,
} from '../src/rotation/lots-in-depots';
import { DISPATCH } from '../src/stock/domain/recorder';
import { StockRepository } from '../src/stock/stock.repository';
import { brokenInvariants } from './support/invariants';
import {
  QUILT,
  aLotEndingIn,
  aQuiltInTheCatalogue,
  aThreshold,
  alertsOf,
  dayIn,
  endIn,
  get,
  moveLot,
  post,
  standingsOf,
} from './support/rotation-work';
import {
  AUDITOR,
  KEEPER,
  RICE,
  STOCK_MANAGER,
  TENT,
  aDepot,
  aLot,
  aReserve,
  ledgerCounts,
  startSupplies,
  type Problem,
  type TestDepot,
} from './support/world';

let service: TestService;
let depot: TestDepot;

beforeAll(async () => {
  service = await startSupplies();
  await aQuiltInTheCatalogue(service);
  await aThreshold(service, 'FEFO');
});
afterAll(() => service.stop());
beforeEach(async () => {
  depot = await aDepot(service);
});
afterEach(async () => {
  expect(await brokenInvariants(service.database)).toEqual([]);
});

const rice = (days: number, quantityBase = 100) => aLotEndingIn(service, depot, days, { itemCode: RICE, quantityBase });

describe('an alert', () => {
  it('says where a lot stands in its windows, and by which threshold', async () => {
    await rice(30, 40);
    const { day, items, total } = await alertsOf(service, depot);
    expect(total).toBe(1);
    expect(items[0]).toMatchObject({
      depotCode: depot.code,
      itemCode: RICE,
      ...{ availableBase: 40, reservedBase: 0, quarantineBase: 0 },
      ...{ daysLeft: 30, standing: 'due', orderId: null, thresholdBasis: 'estimate' },
      lifeEnd: addDays(day, 30),
      ...{ noticeOn: addDays(day, -60), actOn: addDays(day, -30), lateOn: addDays(day, 20) },
    });
  });

  it.each([
    [91, []],
    [90, ['notice']],
    [61, ['notice']],
    [60, ['due']],
    [11, ['due']],
    [10, ['overdue']],
    [0, ['overdue']],
    [-1, ['expired']],
  ])('of goods that end in %i days is %j: windows, not one exact date', async (days, standings) => {
    await rice(days);
    expect(await standingsOf(service, depot)).toEqual(standings);
  });

  it('is no stale copy: what left the depot is out of it at once (OpenBoxes 4742)', async () => {
    const lot = await rice(30, 10);
    const other = await aDepot(service);
    await moveLot(service, { from: depot, to: other, lotId: lot, quantityBase: 10 });
    expect(await standingsOf(service, depot)).toEqual([]);
    expect(await standingsOf(service, other)).toEqual(['due']);
  });

  it('is armed anew for both parts when a lot is split over depots', async () => {
    const lot = await rice(30, 10);
    const other = await aDepot(service);
    await moveLot(service, { from: depot, to: other, lotId: lot, quantityBase: 4 });
    expect((await alertsOf(service, depot)).items[0].availableBase).toBe(6);
    expect((await alertsOf(service, other)).items[0].availableBase).toBe(4);
  });

  it('is armed anew when a date is corrected', async () => {
    const lot = await rice(30);
    await endIn(service, lot, 400);
    expect(await standingsOf(service, depot)).toEqual([]);
    await endIn(service, lot, 5);
    expect(await standingsOf(service, depot)).toEqual(['overdue']);
  });

  it('knows the day when it is asked, not when the service started (InvenTree 11517)', async () => {
    await rice(61);
    expect(await standingsOf(service, depot)).toEqual(['notice']);
    expect(await standingsOf(service, depot, `&day=${await dayIn(service, 1)}`)).toEqual(['due']);
    expect(await standingsOf(service, depot, `&day=${await dayIn(service, 51)}`)).toEqual(['overdue']);
    expect(await standingsOf(service, depot, `&day=${await dayIn(service, 62)}`)).toEqual(['expired']);
  });

  it('comes for the most urgent goods first, and only from a standing on', async () => {
    await rice(80);
    await rice(-3);
    await rice(30);
    expect(await standingsOf(service, depot)).toEqual(['expired', 'due', 'notice']);
    expect(await standingsOf(service, depot, '&atLeast=due')).toEqual(['expired', 'due']);
    expect(await standingsOf(service, depot, '&limit=1&offset=1')).toEqual(['due']);
  });

  it('names goods past their date even where no threshold is set', async () => {
    await aLotEndingIn(service, depot, 5, { itemCode: TENT });
    expect(await standingsOf(service, depot)).toEqual([]);
    await aLotEndingIn(service, depot, -1, { itemCode: TENT });
    expect(await standingsOf(service, depot)).toEqual(['expired']);
  });

  it('counts the life of goods without a date from production', async () => {
    const lot = await aLot(service, depot, { itemCode: QUILT });
    await service.database.query(
      `UPDATE lots SET production_date = ((now() AT TIME ZONE 'Asia/Shanghai')::date - interval '6 years')::date
       WHERE id = $1`,
      [lot],
    );
    await aThreshold(service, QUILT, { itemClass: 'item' });
    expect((await alertsOf(service, depot)).items[0]).toMatchObject({ standing: 'overdue', expiryDate: null });
  });

  it('is seen by the own region and those above, and by nobody else', async () => {
    await rice(30);
    const seen = async (regionCode: string) =>
      (await get<{ total: number }>(service, `rotation/alerts?depotId=${depot.id}`, { ...AUDITOR, regionCode })).total;
    expect([await seen('14'), await seen('140930'), await seen('140931')]).toEqual([1, 1, 0]);
  });

  it('is refused for a day that has passed, a region out of scope, and without a role that may look', async () => {
    const path = '/api/v1/supplies/rotation/alerts';
    const ask = async (query: string, as = STOCK_MANAGER) =>
      (await service.request<Problem>('GET', `${path}${query}`, { as })).body.code;
    expect(await ask(`?day=${await dayIn(service, -1)}`)).toBe('REQUEST_INVALID');
    expect(await ask('?day=2026-02-30')).toBe('REQUEST_INVALID');
    expect(await ask('?region=140931')).toBe('AUTH_REGION_OUT_OF_SCOPE');
    expect(await ask('', { roles: ['peer-system'] })).toBe('AUTH_ROLE_MISSING');
  });
});

describe('a threshold', () => {
  it('of an item goes before its category, and that before its rule', async () => {
    await aLotEndingIn(service, depot, 200, { itemCode: TENT });
    const wide = { measure: 'days', actBefore: 0, lateBefore: 0 };
    const thresholdOf = async () => (await alertsOf(service, depot)).items[0]?.thresholdId;
    const byRule = await aThreshold(service, 'INSPECT-ONLY', { ...wide, noticeBefore: 300 });
    expect(await thresholdOf()).toBe(byRule);
    const byCategory = await aThreshold(service, 'living_relief', {
      ...wide,
      noticeBefore: 301,
      itemClass: 'category',
      regionCode: '14',
    });
    expect(await thresholdOf()).toBe(byCategory);
    const byItem = await aThreshold(service, TENT, { ...wide, noticeBefore: 302, itemClass: 'item' });
    expect(await thresholdOf()).toBe(byItem);
  });

  it('of the own tier goes before any tier, and of the nearer region before the wider', async () => {
    const village = await aDepot(service, { regionCode: '140930101200' });
    await aLotEndingIn(service, village, 200, { itemCode: RICE });
    await aLotEndingIn(service, depot, 200, { itemCode: RICE });
    await aThreshold(service, 'FEFO', { tier: 'village', noticeBefore: 250 });
    expect(await standingsOf(service, village)).toEqual(['notice']);
    expect(await standingsOf(service, depot)).toEqual([]);
    await aThreshold(service, 'FEFO', { tier: 'village', regionCode: '140930', noticeBefore: 250, actBefore: 220 });
    expect(await standingsOf(service, village)).toEqual(['due']);
  });

  it('counts from its day on, and the earlier ones stay to be read', async () => {
    await aLotEndingIn(service, depot, 150, { itemCode: RICE });
    await aThreshold(service, 'FEFO', { noticeBefore: 365, validFrom: await dayIn(service, 20) });
    expect(await standingsOf(service, depot)).toEqual([]);
    expect(await standingsOf(service, depot, `&day=${await dayIn(service, 20)}`)).toEqual(['notice']);
    const { items } = await get<ThresholdsResponse>(service, 'rotation/thresholds?itemClass=rule&classValue=FEFO');
    expect(items.length).toBeGreaterThanOrEqual(2);
  });

  it.each([
    ['windows that do not fit', { actBefore: 100 }, 'REQUEST_INVALID'],
    ['a day that has passed', { validFrom: '2020-01-01' }, 'REQUEST_INVALID'],
    ['a source that is not named', { basis: 'sourced' }, 'REQUEST_INVALID'],
    ['a share of more than the whole', { measure: 'share', noticeBefore: 1001 }, 'REQUEST_INVALID'],
    ['a region out of scope', { regionCode: '1404' }, 'AUTH_REGION_OUT_OF_SCOPE'],
    ['a rule that no item has', { classValue: 'NONE' }, 'SUPPLIES_ITEM_UNKNOWN'],
    ['an item that is not in the catalogue', { itemClass: 'item', classValue: 'ZZZ-999' }, 'SUPPLIES_ITEM_UNKNOWN'],
  ])('is refused for %s, and leaves no trace', async (_what, overrides, code) => {
    const base = { itemClass: 'rule', classValue: 'FEFO', regionCode: '140930', validFrom: await dayIn(service, 0) };
    const windows = { measure: 'days', noticeBefore: 90, actBefore: 60, lateBefore: 10, basis: 'estimate' };
    const before = await ledgerCounts(service);
    const answer = await post(service, 'rotation/thresholds', { ...base, ...windows, ...overrides });
    expect(answer.body.code).toBe(code);
    expect(await ledgerCounts(service)).toEqual(before);
  });

  it('is set by stock managers only', async () => {
    expect((await post(service, 'rotation/thresholds', {}, KEEPER)).body.code).toBe('AUTH_ROLE_MISSING');
  });
});

describe('first expired, first out', () => {
  it('never begins with the lot that has expired already', async () => {
    const expired = await rice(-1, 10);
    const next = await rice(30, 10);
    const last = await rice(60, 10);
    const reserve = aReserve([{ depotId: depot.id, quantityBase: 15 }], {
      itemCode: RICE,
      usableUntil: await dayIn(service, 1),
    });
    await service.publish(ReserveStock, reserve);
    await service.settled();
    const [reserved] = (await service.published(StockReserved)).filter(
      ({ reservationId }) => reservationId === reserve.reservationId,
    );
    const lots = reserved.shares.map(({ lotId, quantityBase }) => [lotId, quantityBase]);
    expect(lots).toEqual(
      expect.arrayContaining([
        [next, 10],
        [last, 5],
      ]),
    );
    expect(lots.map(([lotId]) => lotId)).not.toContain(expired);
  });
});

describe('the query and the rule', () => {
  it('say the same of lots of every kind and age', async () => {
    await service.database.query(
      `INSERT INTO lots (id, item_code, batch_number, production_date, expiry_date, origin, owner_region_code, created_at)
       SELECT gen_random_uuid(), (ARRAY['${RICE}', '${QUILT}', '${TENT}'])[1 + number % 3], 'P' || number,
              CASE WHEN number % 2 = 0 THEN DATE '2024-02-29' - number * 3 END,
              CASE WHEN number % 5 <> 0 THEN DATE '2024-02-29' + number * 11 END, 'purchase', '140930',
              TIMESTAMPTZ '2023-12-31T16:30:00Z' + number * interval '31 hours'
       FROM generate_series(1, 300) AS number`,
    );
    const lots = await service.database.query<{ lotId: string; itemCode: string }>(
      `SELECT id AS "lotId", item_code AS "itemCode" FROM lots WHERE batch_number ~ '^P[0-9]+$'`,
    );
    await receiveAll(lots);
    await aThreshold(service, QUILT, { itemClass: 'item', measure: 'share', noticeBefore: 501, actBefore: 333 });
    await aThreshold(service, TENT, {
      itemClass: 'item',
      measure: 'share',
      noticeBefore: 777,
      actBefore: 1,
      lateBefore: 0,
    });
    for (const day of ['2024-02-29', '2026-03-31', '2028-12-31', await dayIn(service, 0)]) {
      const rowsOf = (wanted: LotsWanted) =>
        service.database.query<LotInDepotRow & { standing: Standing; life_end: string; act: string }>(
          `SELECT ${LOT_COLUMNS}, lot.standing, lot.life_end::text, lot.act_on::text AS act
           FROM ${lotsInDepots({ places: 'depot.id = $2', ...wanted })} AS lot`,
          [day, depot.id],
        );
      const rows = await rowsOf({});
      expect(rows.length).toBeGreaterThan(200);
      for (const row of rows) {
        const lot = lotInDepot(row, day);
        expect([row.standing, row.life_end, row.act]).toEqual([lot.standing, lot.life.end, lot.window?.actOn ?? null]);
      }
      for (const [reached, least] of [
        ['notice', 'notice'],
        ['act', 'due'],
      ] as const) {
        const inWindow = (row: { standing: Standing }) => STANDINGS.indexOf(row.standing) >= STANDINGS.indexOf(least);
        const lotsOf = (of: typeof rows) =>
          of
            .filter(inWindow)
            .map((row) => row.lot_id)
            .sort();
        expect(lotsOf(await rowsOf({ reached }))).toEqual(lotsOf(rows));
      }
    }
  });

  const receiveAll = (lots: readonly { readonly lotId: string; readonly itemCode: string }[]) =>
    service.database.transaction((tx) => {
      const goods = { expiryDate: null, from: 'supplier', to: depotAccount(depot.id, 'available') } as const;
      const postings = lots.map((lot) => ({ ...goods, ...lot, quantityBase: 1, lineId: null }));
      const movement = { businessKey: randomUUID(), kind: 'receipt', recordedBy: DISPATCH } as const;
      return service.running.app.get(StockRepository).post(tx, movement, postings, aCause());
    });
});

describe('the forecast', () => {
  const forecast = (query = '') => get<ForecastResponse>(service, `rotation/forecast?depotId=${depot.id}${query}`);
  const price = async (priceFen: number, overrides: Record<string, unknown> = {}) =>
    post(service, 'rotation/prices', {
      ...{ itemCode: RICE, regionCode: '140930', validFrom: await dayIn(service, 0), priceFen, basis: 'estimate' },
      ...overrides,
    });

  it('adds up by month, tier and item what comes to its end, with what it costs to buy it again', async () => {
    await price(12_000);
    await rice(-40, 3);
    await rice(200, 10);
    await rice(200, 5);
    await rice(365 * 4, 1_000);
    const { items, totalCostFen, totalUnpricedBase } = await forecast();
    const month = (await dayIn(service, 200)).slice(0, 7);
    expect(items).toEqual([
      expect.objectContaining({ past: true, quantityBase: 3, costFen: 36_000, tier: 'county', itemCode: RICE }),
      expect.objectContaining({ past: false, month, quantityBase: 15, costFen: 180_000, estimated: true }),
    ]);
    expect([totalCostFen, totalUnpricedBase]).toEqual([216_000, 0]);
    expect((await forecast('&years=5')).items).toHaveLength(3);
  });

  it('counts goods without a price, and puts none on them', async () => {
    await aLotEndingIn(service, depot, 100, { itemCode: TENT, quantityBase: 7 });
    const { items, totalUnpricedBase } = await forecast();
    expect(items[0]).toMatchObject({ costFen: 0, unpricedBase: 7, estimated: false });
    expect(totalUnpricedBase).toBe(7);
  });

  it('takes the price of the nearer region, and of the day on which the goods end', async () => {
    await price(100, { regionCode: '140930', basis: 'contract', source: 'framework agreement 7' });
    await price(900, { validFrom: await dayIn(service, 300), basis: 'contract', source: 'framework agreement 8' });
    await rice(200, 1);
    await rice(500, 1);
    const { items } = await forecast();
    expect(items.map(({ costFen, estimated }) => [costFen, estimated])).toEqual([
      [100, false],
      [900, false],
    ]);
    const { items: prices } = await get<ItemPricesResponse>(service, `rotation/prices?item=${RICE}`);
    expect(prices.map(({ priceFen }) => priceFen)).toEqual(expect.arrayContaining([900, 100]));
  });

  it.each([
    ['a price below nothing', { priceFen: -1 }, 'REQUEST_INVALID'],
    ['a part of a fen', { priceFen: 1.5 }, 'REQUEST_INVALID'],
    ['a contract without its number', { basis: 'contract' }, 'REQUEST_INVALID'],
    ['goods that are not in the catalogue', { itemCode: 'ZZZ-999' }, 'SUPPLIES_ITEM_UNKNOWN'],
    ['a region out of scope', { regionCode: '14' }, 'AUTH_REGION_OUT_OF_SCOPE'],
  ])('takes no price for %s', async (_what, overrides, code) => {
    expect((await price(1, overrides)).body.code).toBe(code);
  });
});
