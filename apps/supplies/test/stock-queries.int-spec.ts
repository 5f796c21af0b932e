import type { TestService } from '@ledger/testing';
import type { PicksResponse, StockResponse } from '../src/stock/dto/stock.dto';
import {
  AUDITOR,
  RICE,
  TENT,
  aDepot,
  aLot,
  expire,
  startSupplies,
  type Problem,
  type TestDepot,
} from './support/world';

let service: TestService;
let county: TestDepot;
let town: TestDepot;
let village: TestDepot;

beforeAll(async () => {
  service = await startSupplies();
  county = await aDepot(service, { regionCode: '140930' });
  town = await aDepot(service, { regionCode: '140930101' });
  village = await aDepot(service, { regionCode: '140930101200' });
  const elsewhere = await aDepot(service, { regionCode: '140931' });
  for (const [depot, quantityBase] of [
    [county, 100],
    [town, 20],
    [village, 3],
    [elsewhere, 5],
  ] as const) {
    await aLot(service, depot, { quantityBase });
  }
});
afterAll(() => service.stop());

const CITY = { ...AUDITOR, regionCode: '1409' };
const stock = (query: string) =>
  service.request<StockResponse & Problem>('GET', `/api/v1/supplies/stock?${query}`, { as: CITY });
const picks = (query: string) =>
  service.request<PicksResponse & Problem>('GET', `/api/v1/supplies/stock/picks?${query}`, { as: CITY });

describe('stock rolled up by region', () => {
  const byRegion = async (query: string) =>
    (await stock(`item=${TENT}&by=region&${query}`)).body.items.map((row) => [row.regionCode, row.availableBase]);

  it('tells the tier below apart, and counts what lies deeper with it', async () => {
    expect(await byRegion('region=1409')).toEqual([
      ['140930', 123],
      ['140931', 5],
    ]);
    expect(await byRegion('region=140930')).toEqual([
      ['140930', 100],
      ['140930101', 23],
    ]);
  });

  it('tells any tier apart that is asked for, of the past as well', async () => {
    const townships = [
      ['140930', 100],
      ['140930101', 23],
      ['140931', 5],
    ];
    expect(await byRegion('region=1409&tier=township')).toEqual(townships);
    expect(await byRegion(`region=1409&tier=township&asOf=${new Date(Date.now() - 1).toISOString()}`)).toEqual(
      townships,
    );
  });

  it('knows no other tiers', async () => {
    expect((await stock('by=region&tier=continent')).status).toBe(400);
  });
});

describe('what to take first', () => {
  let late: string;
  let early: string;
  let expired: string;
  let ageless: string;

  beforeAll(async () => {
    late = await aLot(service, county, { itemCode: RICE, quantityBase: 50, expiryDate: '2090-01-01' });
    early = await aLot(service, town, { itemCode: RICE, quantityBase: 30, expiryDate: '2080-01-01' });
    expired = await aLot(service, county, { itemCode: RICE, quantityBase: 40, expiryDate: '2099-01-01' });
    await expire(service, expired);
    ageless = await aLot(service, county, { itemCode: TENT, quantityBase: 7 });
  });
  const taken = ({ picks: list }: PicksResponse) => list.map(({ lotId, quantityBase }) => [lotId, quantityBase]);

  it('is what expires first, over all depots of the region; expired goods are not in it', async () => {
    const { body } = await picks(`item=${RICE}&quantityBase=60`);
    expect(taken(body)).toEqual([
      [early, 30],
      [late, 30],
    ]);
    expect(body).toMatchObject({ askedBase: 60, foundBase: 60, isCut: false });
  });

  it('lasts until the day asked for', async () => {
    const { body } = await picks(`item=${RICE}&quantityBase=60&usableUntil=2085-06-01`);
    expect(taken(body)).toEqual([[late, 50]]);
    expect(body.foundBase).toBe(50);
  });

  it('can be asked of one depot', async () => {
    expect(taken((await picks(`item=${RICE}&quantityBase=5&depotId=${county.id}`)).body)).toEqual([[late, 5]]);
  });

  it('takes held lots in no case, and goods that do not age last', async () => {
    const { body } = await picks(`item=${TENT}&quantityBase=500&depotId=${county.id}`);
    expect(body.foundBase).toBe(107);
    await service.database.query(`UPDATE lots SET quality = 'held' WHERE id = $1`, [ageless]);
    expect((await picks(`item=${TENT}&quantityBase=500&depotId=${county.id}`)).body.foundBase).toBe(100);
  });

  it('goes on over more lots than are read at once', async () => {
    const depot = await aDepot(service);
    for (let lot = 0; lot < 45; lot++) await aLot(service, depot, { quantityBase: 1 });
    const { body } = await picks(`item=${TENT}&quantityBase=44&depotId=${depot.id}`);
    expect([body.foundBase, body.picks.length, body.isCut]).toEqual([44, 44, false]);
  });

  it.each([
    ['nothing', `item=${TENT}&quantityBase=0`],
    ['half a piece', `item=${TENT}&quantityBase=0.5`],
    ['no item', 'quantityBase=1'],
    ['a day that does not exist', `item=${TENT}&quantityBase=1&usableUntil=2026-02-30`],
  ])('is not asked for %s', async (_what, query) => {
    expect((await picks(query)).status).toBe(400);
  });

  it('is not told of other regions', async () => {
    expect((await picks(`item=${TENT}&quantityBase=1&region=610822`)).status).toBe(403);
  });
});
