import { newId } from '@ledger/platform';
import { aCause, type TestCaller, type TestService } from '@ledger/testing';
import type { ConsumptionResponse } from '../src/reports/dto/consumption.dto';
import type { ExpiringResponse } from '../src/reports/dto/expiring.dto';
import type { HoldersResponse } from '../src/reports/dto/holders.dto';
import type { StockCardResponse } from '../src/reports/dto/stock-card.dto';
import { addDays, chinaDay } from '../src/stock/domain/calendar';
import type { MovementKind } from '../src/stock/domain/movement-kinds';
import type { Posting } from '../src/stock/domain/posting';
import { DISPATCH } from '../src/stock/domain/recorder';
import type { LotResponse } from '../src/stock/dto/lot.dto';
import { StockRepository } from '../src/stock/stock.repository';
import { happenedAt, read, use } from './support/reports';
import { ENTERPRISE, ReserveDesk, anEnterpriseReserve } from './support/reserves';
import { aStockedDepot, giveBack, handOut, reverse } from './support/site-work';
import {
  AUDITOR,
  RICE,
  STOCK_MANAGER,
  TENT,
  aDepot,
  aLot,
  delivered,
  expire,
  issued,
  ordered,
  startSupplies,
  type TestDepot,
} from './support/world';

const today = chinaDay(new Date());
let service: TestService;

beforeAll(async () => {
  service = await startSupplies();
});
afterAll(() => service.stop());

const inRegion = (regionCode: string): TestCaller => ({ ...AUDITOR, regionCode });

describe('stock that will be past its date', () => {
  const region = '140921';
  let depot: TestDepot;
  let township: TestDepot;
  const expiring = (query = '') => read<ExpiringResponse>(service, `stock/expiring?${query}`, inRegion(region));
  const windows = ({ items }: ExpiringResponse) =>
    items.map((row) => row.windows.map(({ toDays, quantityBase, lots }) => [toDays, quantityBase, lots]));

  beforeAll(async () => {
    depot = await aDepot(service, { regionCode: region });
    township = await aDepot(service, { regionCode: `${region}100` });
    await service.database.query(`UPDATE depots SET tier = 'township' WHERE id = $1`, [township.id]);
    const rice = (place: TestDepot, quantityBase: number, days: number) =>
      aLot(service, place, { itemCode: RICE, quantityBase, expiryDate: addDays(today, days) });
    await expire(service, await rice(depot, 5, 3));
    await rice(depot, 10, 0);
    await rice(depot, 20, 7);
    await rice(depot, 40, 8);
    await rice(township, 80, 30);
    await rice(depot, 160, 31);
    await aLot(service, depot, { quantityBase: 999 });
  });

  it('is shown in windows of days, with what is past its date in front', async () => {
    const answer = await expiring('within=30');
    expect(answer).toMatchObject({ today, region, total: 1 });
    expect(windows(answer)).toEqual([
      [
        [-1, 5, 1],
        [7, 30, 2],
        [30, 120, 2],
      ],
    ]);
    expect(answer.items[0]).toMatchObject({ itemCode: RICE, totalBase: 155, earliestExpiry: addDays(today, -1) });
    expect(windows(await expiring('within=31'))[0].at(-1)).toEqual([31, 160, 1]);
  });

  it('is told apart by region, by tier and by lot', async () => {
    const figures = async (by: string) =>
      (await expiring(`within=30&by=${by}`)).items.map((row) => [row.regionCode, row.tier, row.totalBase]);
    expect(await figures('region')).toEqual([
      [region, null, 75],
      [`${region}100`, null, 80],
    ]);
    expect(await figures('tier')).toEqual([
      [null, 'county', 75],
      [null, 'township', 80],
    ]);
    const lots = await expiring('within=30&by=lot&limit=2');
    expect(lots.total).toBe(5);
    expect(lots.items.map(({ depotCode, daysLeft, totalBase }) => [depotCode, daysLeft, totalBase])).toEqual([
      [depot.code, -1, 5],
      [depot.code, 0, 10],
    ]);
  });

  it('can be asked for one depot or item', async () => {
    expect((await expiring(`within=30&depotId=${township.id}`)).items).toMatchObject([{ totalBase: 80 }]);
    expect((await expiring(`within=30&item=${TENT}`)).items).toEqual([]);
  });

  it.each(['within=-1', 'within=3651', 'by=colour', 'region=14'])('is refused for %s', async (query) => {
    expect((await expiring(query)).code).toMatch(/REQUEST_INVALID|AUTH_REGION_OUT_OF_SCOPE/);
  });
});

describe('who holds what', () => {
  const county = '140922';

  it('names depots with what is free and what is promised', async () => {
    const depot = await aDepot(service, { regionCode: county });
    await aLot(service, depot, { quantityBase: 100 });
    await ordered(service, depot, { quantityBase: 20 });
    const holders = (as: TestCaller = inRegion(county)) => read<HoldersResponse>(service, `items/${TENT}/holders`, as);
    expect(await holders()).toMatchObject({
      ...{ itemCode: TENT, region: county, total: 1, totals: [{ holder: 'depot', quantityBase: 100 }] },
      items: [{ holder: 'depot', id: depot.id, code: depot.code, availableBase: 80, reservedBase: 20, lots: 1 }],
    });
  });

  it('follows goods on the road to the site, and names who lent them out', async () => {
    const depot = await aDepot(service);
    await aLot(service, depot, { quantityBase: 100 });
    const road = await issued(service, depot, { quantityBase: 10 });
    const there = await delivered(service, depot, { quantityBase: 15 }, { received: 13, damaged: 2 });
    const neighbour = await aDepot(service, { regionCode: '140931' });
    const lent = await aLot(service, neighbour, { quantityBase: 6 });
    await service.database.query(`UPDATE lots SET owner_region_code = '140930' WHERE id = $1`, [lent]);
    const { items, totals } = await read<HoldersResponse>(service, `items/${TENT}/holders`, AUDITOR);
    const of = (holder: string, id: string) => items.find((row) => row.holder === holder && row.id === id);
    expect(of('transit', road.order.shipmentId)).toMatchObject({
      quantityBase: 10,
      code: depot.code,
      regionCode: '140930',
    });
    expect(of('site', there.order.site.siteId)).toMatchObject({
      ...{ name: '楼子营村安置点', code: null, regionCode: '140930101200', availableBase: 13, quarantineBase: 2 },
    });
    expect(of('loan', neighbour.id)).toMatchObject({
      quantityBase: 6,
      ownerRegionCode: '140930',
      regionCode: '140931',
    });
    const sums = Object.fromEntries(totals.map(({ holder, quantityBase }) => [holder, quantityBase]));
    for (const holder of ['depot', 'loan', 'transit', 'site']) {
      const rows = items.filter((row) => row.holder === holder);
      expect(sums[holder]).toBe(rows.reduce((sum, { quantityBase }) => sum + quantityBase, 0));
    }
    const page = await read<HoldersResponse>(service, `items/${TENT}/holders?holder=loan&limit=1`, AUDITOR);
    expect([page.items.length, page.total, page.items[0].holder]).toEqual([1, 1, 'loan']);
  });

  it('names the enterprises that keep it under contract', async () => {
    const region = '140923';
    const manager: TestCaller = { ...STOCK_MANAGER, regionCode: region };
    await new ReserveDesk(service).contract(anEnterpriseReserve({ serves: [region] }), manager);
    const { items, totals } = await read<HoldersResponse>(service, `items/${TENT}/holders`, inRegion(region));
    expect(totals).toEqual([{ holder: 'enterprise', quantityBase: 800 }]);
    expect(items).toMatchObject([{ holder: 'enterprise', id: ENTERPRISE, quantityBase: 800, ownerRegionCode: region }]);
  });

  it('shows nothing to those who neither hold nor own', async () => {
    const answer = await read<HoldersResponse>(service, `items/${TENT}/holders`, inRegion('140823'));
    expect(answer).toMatchObject({ items: [], totals: [], total: 0 });
    expect(await read(service, 'items/XXX-999/holders', AUDITOR)).toMatchObject({ code: 'SUPPLIES_ITEM_NOT_FOUND' });
    expect(await read(service, `items/${TENT}/holders?region=14`, AUDITOR)).toMatchObject({ status: 403 });
  });
});

describe('the history of a lot', () => {
  it('names the depot, the site and the receiver of every hand-over', async () => {
    const depot = await aDepot(service);
    const lot = await aLot(service, depot, { quantityBase: 30 });
    const journey = await delivered(service, depot, { quantityBase: 12 });
    expect((await handOut(service, journey, 5)).status).toBe(201);
    expect((await giveBack(service, depot, journey, { usable: 4 })).status).toBe(201);
    const { history } = await read<LotResponse>(service, `lots/${lot}`, AUDITOR);
    const steps = history.map(({ kind, depotCode, siteName, receiverName }) => [
      kind,
      depotCode,
      siteName,
      receiverName,
    ]);
    expect(steps).toEqual([
      ['receipt', depot.code, null, null],
      ['reserve', depot.code, null, null],
      ['issue', depot.code, expect.anything(), null],
      ['deliver', null, '楼子营村安置点', 'Receiver'],
      ...steps.slice(4),
    ]);
    expect(steps.at(-1)?.slice(0, 3)).toEqual(['return', depot.code, '楼子营村安置点']);
    expect(history[2]).toMatchObject({ useOrder: 'UO-1', depotName: '库' });
  });
});

describe('goods that go from depot to depot', () => {
  const post = (kind: MovementKind, from: Posting['from'], to: Posting['to'], lotId: string, quantityBase: number) =>
    service.database.transaction((tx) =>
      service.running.app
        .get(StockRepository)
        .post(
          tx,
          { businessKey: newId(), kind, recordedBy: DISPATCH },
          [{ lotId, itemCode: TENT, expiryDate: null, from, to, quantityBase, lineId: null }],
          aCause(),
        ),
    );

  it('are followed over every hand-over: on the road, lent to a neighbour, and back', async () => {
    const [here, there] = [
      await aDepot(service, { regionCode: '140924' }),
      await aDepot(service, { regionCode: '140925' }),
    ];
    const lot = await aLot(service, here, { quantityBase: 30 });
    const road = `transit:${newId()}` as const;
    const owner = inRegion('140924');
    const holders = async (as = owner) => {
      const { items } = await read<HoldersResponse>(service, `items/${TENT}/holders`, as);
      return items.map(({ holder, code, quantityBase }) => [holder, code, quantityBase]);
    };
    await post('transfer-out', `depot:${here.id}:available`, road, lot, 12);
    expect(await holders()).toEqual([
      ['depot', here.code, 18],
      ['transit', here.code, 12],
    ]);
    await post('lend', road, `depot:${there.id}:available`, lot, 12);
    expect(await holders()).toEqual([
      ['depot', here.code, 18],
      ['loan', there.code, 12],
    ]);
    expect(await holders(inRegion('140925'))).toEqual([['loan', there.code, 12]]);
    await post('give-back', `depot:${there.id}:available`, road, lot, 10);
    await post('transfer-in', road, `depot:${here.id}:available`, lot, 10);
    const steps = async (as: TestCaller) =>
      (await read<LotResponse>(service, `lots/${lot}`, as)).history.map(({ kind, depotCode, depotName }) => [
        ...[kind, depotCode, depotName],
      ]);
    expect(await steps(owner)).toEqual([
      ['receipt', here.code, '库'],
      ['transfer-out', here.code, '库'],
      ['lend', there.code, '库'],
      ['give-back', there.code, '库'],
      ['transfer-in', here.code, '库'],
    ]);
    expect((await steps(inRegion('140925'))).map(([kind]) => kind)).toEqual(['lend', 'give-back']);
    const card = await read<StockCardResponse>(service, `stock/card?item=${TENT}`, owner);
    expect(card.items.map(({ kind, inBase, outBase, balanceBase }) => [kind, inBase, outBase, balanceBase])).toEqual([
      ['receipt', 30, 0, 30],
      ['transfer-out', 0, 12, 18],
      ['transfer-in', 10, 0, 28],
    ]);
  });
});

describe('what was used up', () => {
  const region = '140930';
  let depot: TestDepot;
  const consumption = (query: string, as: TestCaller = AUDITOR) =>
    read<ConsumptionResponse>(service, `stock/consumption?${query}`, as);
  const rice = async (query: string) =>
    (await consumption(`item=${RICE}&${query}`)).items.map(({ month, routine, emergency }) => [
      month,
      routine.usedBase,
      routine.totalBase,
      emergency.issuedBase,
      emergency.consumedBase,
    ]);
  const month = today.slice(0, 7);

  beforeAll(async () => {
    depot = await aStockedDepot(service);
  });

  it('in a flood does not look like what a depot uses day by day', async () => {
    const lot = await aLot(service, depot, { itemCode: RICE, quantityBase: 60, expiryDate: '2098-01-01' });
    await use(service, depot.id, lot, 4);
    const journey = await delivered(service, depot, { itemCode: RICE, quantityBase: 50 });
    expect((await handOut(service, journey, 40)).status).toBe(201);
    expect((await giveBack(service, depot, journey, { usable: 8, lost: 2 })).status).toBe(201);
    const [row] = (await consumption(`item=${RICE}&from=${month}&to=${month}`)).items;
    expect(row).toMatchObject({
      ...{ month, itemCode: RICE, regionCode: null },
      routine: { usedBase: 4, rotatedBase: 0, scrappedBase: 0, writtenOffBase: 0, totalBase: 4 },
      emergency: { issuedBase: 50, returnedBase: 8, consumedBase: 40, lostBase: 2 },
    });
  });

  it('is told apart by the region of the depot, and of the site where it was handed out', async () => {
    const rows = (await consumption(`item=${RICE}&from=${month}&to=${month}&by=region`)).items;
    expect(
      rows.map(({ regionCode, routine, emergency }) => [regionCode, routine.usedBase, emergency.consumedBase]),
    ).toEqual([
      [region, 4, 0],
      ['140930101200', 0, 40],
    ]);
  });

  it('and was undone counts against the month of the reversal', async () => {
    const lot = await aLot(service, depot, { itemCode: RICE, quantityBase: 9, expiryDate: '2098-02-01' });
    const used = await use(service, depot.id, lot, 9);
    await happenedAt(service, used, '2026-03-31T23:59:59+08:00');
    const undone = await reverse(service, used);
    await happenedAt(service, undone.body.movementId!, '2026-04-01T00:00:00+08:00');
    expect(await rice('from=2026-03&to=2026-04')).toEqual([
      ['2026-03', 9, 9, 0, 0],
      ['2026-04', -9, -9, 0, 0],
    ]);
  });

  it('at half past midnight on the first of July belongs to July', async () => {
    const lot = await aLot(service, depot, { itemCode: RICE, quantityBase: 9, expiryDate: '2098-03-01' });
    await happenedAt(service, await use(service, depot.id, lot, 3), '2026-07-01T00:30:00+08:00');
    await happenedAt(service, await use(service, depot.id, lot, 2), '2026-06-30T23:59:59.999+08:00');
    expect(await rice('from=2026-07&to=2026-07')).toEqual([['2026-07', 3, 3, 0, 0]]);
    expect(await rice('from=2026-06&to=2026-06')).toEqual([['2026-06', 2, 2, 0, 0]]);
  });

  it.each([
    ['backwards', 'from=2026-07&to=2026-06', 400, 'REQUEST_INVALID'],
    ['over six years', 'from=2020-01&to=2026-01', 400, 'REQUEST_INVALID'],
    ['without months', '', 400, 'REQUEST_INVALID'],
    ['in the thirteenth month', 'from=2026-13&to=2026-13', 400, 'REQUEST_INVALID'],
    ['of the city', 'from=2026-07&to=2026-07&region=1409', 403, 'AUTH_REGION_OUT_OF_SCOPE'],
  ])('is refused %s', async (_what, query, status, code) => {
    expect(await consumption(query)).toMatchObject({ status, code });
  });
});
