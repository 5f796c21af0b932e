import { randomUUID } from 'node:crypto';
import { ReserveStock, depotAccount } from '@ledger/contracts';
import type { TestCaller, TestService } from '@ledger/testing';
import type { DepotsResponse } from '../src/catalogue/dto/depot.dto';
import type { DepotEntryResponse } from '../src/depots/dto/depot-entry.dto';
import type { ItemsResponse } from '../src/catalogue/dto/item.dto';
import type { IssueOrdersResponse } from '../src/shipments/dto/issue-order.dto';
import type { ShipmentResponse } from '../src/shipments/dto/shipment.dto';
import type { SiteResponse } from '../src/sites/dto/site.dto';
import type { IntegrityResponse } from '../src/stock/dto/integrity.dto';
import type { LotResponse } from '../src/stock/dto/lot.dto';
import type { MovementDetailResponse, MovementsResponse } from '../src/stock/dto/movement.dto';
import type { StockResponse } from '../src/stock/dto/stock.dto';
import {
  AUDITOR,
  KEEPER,
  RICE,
  TENT,
  aDepot,
  aLot,
  aReserve,
  aStandard,
  delivered,
  ordered,
  startSupplies,
  type Journey,
  type Problem,
  type TestDepot,
} from './support/world';

let service: TestService;
let county: TestDepot;
let township: TestDepot;
let neighbour: TestDepot;
let countyTents: string;
let journey: Journey;
let waiting: Journey;

beforeAll(async () => {
  service = await startSupplies();
  county = await aDepot(service);
  township = await aDepot(service, { regionCode: '140930101' });
  neighbour = await aDepot(service, { regionCode: '140931' });
  countyTents = await aLot(service, county, { quantityBase: 100 });
  await aLot(service, township, { quantityBase: 20 });
  await aLot(service, neighbour, { quantityBase: 300 });
  await aLot(service, county, { itemCode: RICE, quantityBase: 50, expiryDate: '2099-01-01' });
  await aLot(service, county, { itemCode: RICE, quantityBase: 30, expiryDate: '2098-01-01' });
  await aStandard(service, county.id, TENT, 10);
  journey = await delivered(service, county, { quantityBase: 40 }, { received: 37, damaged: 1, missing: 2 });
  waiting = await ordered(service, township, { quantityBase: 5 });
});
afterAll(() => service.stop());

const CITY: TestCaller = { ...AUDITOR, regionCode: '1409' };
const get = async <Body>(path: string, as: TestCaller = AUDITOR): Promise<Body & Problem> =>
  (await service.request<Body & Problem>('GET', `/api/v1/supplies/${path}`, { as })).body;

describe('stock', () => {
  const figures = ({ items }: StockResponse) =>
    items.map((row) => [row.itemCode, row.depotCode, row.availableBase, row.reservedBase, row.quarantineBase]);

  it('is added up over the caller’s region and everything below it', async () => {
    expect(figures(await get<StockResponse>('stock'))).toEqual([
      [RICE, null, 80, 0, 0],
      [TENT, null, 75, 5, 0],
    ]);
    expect(figures(await get<StockResponse>('stock?item=LRS-015', CITY))).toEqual([[TENT, null, 375, 5, 0]]);
  });

  it('can be told apart by depot and by lot, earliest expiry first', async () => {
    expect(figures(await get<StockResponse>(`stock?by=depot&item=${TENT}`))).toEqual([
      [TENT, county.code, 60, 0, 0],
      [TENT, township.code, 15, 5, 0],
    ]);
    const lots = await get<StockResponse>(`stock?by=lot&item=${RICE}&depotId=${county.id}`);
    expect(lots.items.map(({ expiryDate, availableBase }) => [expiryDate, availableBase])).toEqual([
      ['2098-01-01', 30],
      ['2099-01-01', 50],
    ]);
  });

  it('comes in pages with the count of all rows', async () => {
    const first = await get<StockResponse>('stock?by=lot&limit=1');
    const second = await get<StockResponse>('stock?by=lot&limit=1&offset=1');
    expect([first.items.length, first.total, second.total]).toEqual([1, 4, 4]);
    expect(first.items[0].lotId).not.toBe(second.items[0].lotId);
  });

  it('of a past moment is made from the postings, and the same whenever it is asked', async () => {
    const movements = await service.database.query<{ posted_at: Date }>(
      'SELECT posted_at FROM movements ORDER BY sequence',
    );
    const moments = movements.map(({ posted_at }) => new Date(posted_at.getTime() + 1).toISOString());
    const ask = (moment: string) => get<StockResponse>(`stock?by=lot&asOf=${encodeURIComponent(moment)}`, CITY);
    const before = await Promise.all(moments.map(ask));
    await aLot(service, neighbour, { quantityBase: 7 });
    expect(await Promise.all(moments.map(ask))).toEqual(before);
    expect(figures(before[0])).toEqual([[TENT, county.code, 100, 0, 0]]);
  });

  it('of this moment is the same from the postings as from the balances', async () => {
    const [{ now }] = await service.database.query<{ now: Date }>('SELECT now() AS now');
    const replayed = await get<StockResponse>(`stock?by=lot&asOf=${now.toISOString()}`, CITY);
    const kept = await get<StockResponse>('stock?by=lot', CITY);
    expect(replayed.items).toEqual(kept.items);
  });

  it.each(['stock?asOf=2199-01-01T00:00:00Z', 'stock?asOf=2026-02-30T00:00:00Z', 'stock?asOf=yesterday'])(
    'refuses %s',
    async (path) => {
      expect(await get(path)).toMatchObject({ status: 400, code: 'REQUEST_INVALID' });
    },
  );
});

describe('the catalogue and the depots', () => {
  it('list items and find them by name', async () => {
    const found = await get<ItemsResponse>(`items?search=${encodeURIComponent('帐篷')}`);
    expect(found).toMatchObject({ total: 1, items: [{ code: TENT, weightGrams: 45_000, recoverable: true }] });
    expect(await get(`items/${TENT}`)).toMatchObject({ code: TENT, unit: '顶' });
    expect(await get('items/XXX-999')).toMatchObject({ status: 404, code: 'SUPPLIES_ITEM_NOT_FOUND' });
  });

  it('list the depots of a region', async () => {
    const codes = async (path: string, as?: TestCaller) =>
      (await get<DepotsResponse>(path, as)).items.map(({ code }) => code).sort();
    expect(await codes('depots')).toEqual([county.code, township.code].sort());
    expect(await codes('depots?region=140930101')).toEqual([township.code]);
    expect(await codes('depots', CITY)).toEqual([county.code, township.code, neighbour.code].sort());
    expect(await codes('depots?tier=village', CITY)).toEqual([]);
  });

  it('show a depot with its reserve standards', async () => {
    const depot = await get<DepotEntryResponse>(`depots/${county.id}`);
    expect(depot.reserveStandards).toEqual([{ itemCode: TENT, floorBase: 10, basis: 'test', validFrom: '2020-01-01' }]);
  });
});

describe('history', () => {
  it('lists the movements of the region, the latest first, and finds them by allocation, depot, lot and kind', async () => {
    const kinds = async (query: string) =>
      (await get<MovementsResponse>(`movements?${query}`)).items.map(({ kind }) => kind);
    expect(await kinds(`allocationId=${journey.order.allocationId}`)).toEqual(['deliver', 'issue', 'reserve']);
    expect(await kinds(`lotId=${countyTents}`)).toEqual(['deliver', 'issue', 'reserve', 'receipt']);
    expect(await kinds(`depotId=${township.id}`)).toEqual(['reserve', 'receipt']);
    expect(await kinds(`item=${RICE}&kind=receipt`)).toEqual(['receipt', 'receipt']);
    expect(await kinds('kind=receipt&limit=1&offset=1')).toHaveLength(1);
  });

  it('shows one movement with its postings', async () => {
    const [{ id }] = (await get<MovementsResponse>(`movements?kind=deliver`)).items;
    const movement = await get<MovementDetailResponse>(`movements/${id}`);
    expect(movement).toMatchObject({ kind: 'deliver', recordedBy: 'dispatch', note: 'received by Receiver' });
    expect(movement.postings.map(({ to, quantityBase }) => [to, quantityBase])).toEqual([
      [`site:${journey.order.site.siteId}`, 37],
      [`site:${journey.order.site.siteId}:damaged`, 1],
    ]);
  });

  it('of a lot goes over every hand-over, for the region that owns it', async () => {
    const lot = await get<LotResponse>(`lots/${countyTents}`);
    expect(lot.history.map(({ kind, quantityBase }) => [kind, quantityBase])).toEqual([
      ['receipt', 100],
      ['reserve', 40],
      ['issue', 40],
      ['deliver', 37],
      ['deliver', 1],
    ]);
    const balances = new Map(lot.balances.map(({ account, quantityBase }) => [account, quantityBase]));
    expect(balances.get(depotAccount(county.id, 'available'))).toBe(60);
    expect([...balances.values()].reduce((sum, base) => sum + base, 0)).toBe(0);
  });

  it('of a lot shows others only what happened with them', async () => {
    const site = await get<LotResponse>(`lots/${countyTents}`, { ...AUDITOR, regionCode: '140930101' });
    expect(site.history.every(({ kind }) => kind !== 'receipt')).toBe(true);
    expect(site.balances).toEqual([]);
  });

  it('of a movement over two regions shows each its own part', async () => {
    const sources = [county, neighbour].map(({ id }) => ({ depotId: id, quantityBase: 2 }));
    const command = aReserve(sources);
    await service.publish(ReserveStock, command);
    await service.settled();
    const seen = async (as: TestCaller) => {
      const { items } = await get<MovementsResponse>(`movements?allocationId=${command.allocationId}`, as);
      return (await get<MovementDetailResponse>(`movements/${items[0].id}`, as)).postings.map(({ from }) => from);
    };
    const accounts = [county, neighbour].map(({ id }) => depotAccount(id, 'available'));
    expect(await seen(AUDITOR)).toEqual([accounts[0]]);
    expect(await seen({ ...AUDITOR, regionCode: '140931' })).toEqual([accounts[1]]);
    expect((await seen(CITY)).sort()).toEqual([...accounts].sort());
  });
});

describe('what is on its way', () => {
  it('lists the issue orders that wait for a keeper', async () => {
    const { items, total } = await get<IssueOrdersResponse>('issue-orders', KEEPER);
    expect(total).toBe(1);
    expect(items).toEqual([
      expect.objectContaining({
        shipmentId: waiting.order.shipmentId,
        depotCode: township.code,
        useOrder: 'UO-1',
        lines: [expect.objectContaining({ itemCode: TENT, unit: '顶', quantityBase: 5, state: 'open' })],
        trips: waiting.order.trips,
      }),
    ]);
    const done = await get<IssueOrdersResponse>('issue-orders?state=confirmed', KEEPER);
    expect(done.items.map(({ shipmentId, confirmedBy }) => [shipmentId, confirmedBy])).toEqual([
      [journey.order.shipmentId, 'Keeper'],
    ]);
  });

  it('shows a shipment: what left, what is open, what each trip handed over', async () => {
    const shipment = await get<ShipmentResponse>(`shipments/${journey.order.shipmentId}`);
    expect(shipment.lots).toEqual([
      expect.objectContaining({ lotId: countyTents, issuedBase: 40, inTransitBase: 2, expiryDate: null }),
    ]);
    expect(shipment.deliveries).toEqual([
      expect.objectContaining({
        tripId: journey.order.trips[0].tripId,
        lines: [expect.objectContaining({ receivedBase: 37, damagedBase: 1, lostBase: 0, missingBase: 2 })],
      }),
    ]);
  });

  it('shows a site: what is there, by allocation line', async () => {
    const body = {
      allocationId: journey.order.allocationId,
      lines: [{ lineId: journey.order.lines[0].lineId, quantityBase: 30 }],
      peopleReached: 90,
    };
    const { siteId } = journey.order.site;
    await service.request('POST', `/api/v1/supplies/sites/${siteId}/hand-outs`, { as: KEEPER, body });
    expect(await get<SiteResponse>(`sites/${siteId}`)).toMatchObject({
      peopleReached: 90,
      lines: [
        {
          allocationId: journey.order.allocationId,
          itemCode: TENT,
          receivedBase: 37,
          usableBase: 37,
          damagedBase: 1,
          handedOutBase: 30,
          returnedBase: 0,
        },
      ],
    });
  });
});

describe('the check of the ledger', () => {
  it('says that it is sound, and what is still held for an allocation', async () => {
    const report = await get<IntegrityResponse>(`integrity?allocationId=${journey.order.allocationId}`);
    expect(report).toMatchObject({
      region: '140930',
      isSound: true,
      allocation: { reservedBase: 0, inTransitBase: 2, atSiteBase: 38 },
    });
    const held = await get<IntegrityResponse>(`integrity?allocationId=${waiting.order.allocationId}`);
    expect(held.allocation).toMatchObject({ reservedBase: 5, inTransitBase: 0 });
  });

  it('says nothing of an allocation in which the region has no stake', async () => {
    const path = `integrity?allocationId=${journey.order.allocationId}`;
    expect((await get<IntegrityResponse>(path, { ...AUDITOR, regionCode: '140931' })).allocation).toBeNull();
  });

  it('counts what does not add up', async () => {
    const change = (base: number) =>
      service.database.query(
        `UPDATE balances SET quantity_base = quantity_base + $2 WHERE lot_id = $1 AND account = 'supplier'`,
        [countyTents, base],
      );
    await change(1);
    const report = await get<IntegrityResponse>('integrity');
    await change(-1);
    expect(report.isSound).toBe(false);
    expect(report.checks.map(({ id, faults }) => [id, faults])).toEqual([
      ['supplies.lot-sums-to-zero', 1],
      ['supplies.balance-equals-postings', 1],
      ['supplies.reserved-equals-promises', 0],
    ]);
  });
});

describe('a reader', () => {
  it.each(['depots', 'stock', 'issue-orders', 'integrity'])(
    'may not name a region outside the own one: %s',
    async (path) => {
      expect(await get(`${path}?region=140931`)).toMatchObject({ status: 403, code: 'AUTH_REGION_OUT_OF_SCOPE' });
    },
  );

  it('finds nothing of another region by its id', async () => {
    const stranger: TestCaller = { ...AUDITOR, regionCode: '610822' };
    const [{ id: movementId }] = await service.database.query<{ id: string }>('SELECT id FROM movements LIMIT 1');
    const paths = [
      `depots/${county.id}`,
      `lots/${countyTents}`,
      `movements/${movementId}`,
      `shipments/${journey.order.shipmentId}`,
      `sites/${journey.order.site.siteId}`,
    ];
    for (const path of paths) expect([path, (await get(path, stranger)).status]).toEqual([path, 404]);
    for (const path of ['depots', 'stock', 'movements', 'issue-orders']) {
      expect([path, (await get<{ items: unknown[] }>(path, stranger)).items]).toEqual([path, []]);
    }
  });

  it.each([
    'stock?by=colour',
    'stock?item=tent',
    'stock?depotId=7',
    'stock?limit=201',
    'stock?limit=0',
    'stock?limit=1.5',
    'stock?offset=-1',
    'stock?region=1',
    'stock?region=14093010',
    'stock?unknown=1',
    'stock?item=LRS-015&item=LRS-016',
    'items?search=',
    'items?search=%00',
    'depots?tier=moon',
    'movements?kind=theft',
    'movements?allocationId=7',
    'issue-orders?state=lost',
    'lots/7',
    'lots/00000000-0000-0000-0000-000000000000?limit=x',
    'items/lrs-015',
    'allocations/7/reservations',
    'integrity?allocationId=x',
  ])('gets a problem document for %s', async (path) => {
    const answer = await service.request<Problem>('GET', `/api/v1/supplies/${path}`, { as: AUDITOR });
    expect([answer.status, answer.body.code]).toEqual([400, 'REQUEST_INVALID']);
    expect(answer.headers.get('content-type')).toMatch('application/problem+json');
  });

  it.each(['depots', 'lots', 'movements', 'shipments', 'sites'])(
    'gets 404 for an id nobody knows: %s',
    async (path) => {
      expect((await get(`${path}/${randomUUID()}`)).status).toBe(404);
    },
  );
});
