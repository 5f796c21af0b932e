import { readFileSync } from 'node:fs';
import {
  DepotRegistered,
  ItemCatalogued,
  MovementPosted,
  ReserveContractChanged,
  ReserveStandardsSet,
  depotAccount,
  type EventData,
} from '@ledger/contracts';
import { startTestService, type TestService } from '@ledger/testing';
import { suppliesService } from '../src/service';
import { brokenInvariants } from './support/invariants';

let service: TestService;

beforeAll(async () => {
  service = await startTestService(suppliesService, { seeded: true });
}, 60_000);
afterAll(() => service.stop());

const rowsIn = (file: string): number => readFileSync(`seeds/supplies/${file}`, 'utf8').trim().split('\n').length - 1;
const countOf = async (table: string): Promise<number> => {
  const [row] = await service.database.query<{ count: string }>(`SELECT count(*) FROM ${table}`);
  return Number(row.count);
};

it('announces every row of the files once', async () => {
  expect((await service.published(ItemCatalogued)).length).toBe(rowsIn('catalogue.csv'));
  expect((await service.published(DepotRegistered)).length).toBe(rowsIn('depots.csv'));
  const floors = await service.published(ReserveStandardsSet);
  expect(floors.flatMap(({ standards }) => standards).length).toBe(rowsIn('reserve-standards.csv'));
  const contracts = (await service.published(ReserveContractChanged)).filter(({ change }) => change === 'created');
  expect(contracts.length).toBe(rowsIn('reserve-contracts.csv'));
  const posted = await service.published(MovementPosted);
  expect(posted.flatMap(({ postings }) => postings).length).toBe(rowsIn('opening-stock.csv'));
  expect(posted.every(({ kind }) => kind === 'receipt')).toBe(true);
});

it('announces in the movements exactly the balances of the depots', async () => {
  const announced = new Map<string, number>();
  for (const { postings } of await service.published(MovementPosted)) add(announced, postings);
  const balances = await service.database.query<{ account: string; lot_id: string; quantity_base: string }>(
    'SELECT account, lot_id, quantity_base FROM balances WHERE depot_id IS NOT NULL',
  );
  expect(balances.length).toBeGreaterThan(0);
  expect(new Map(balances.map((row) => [`${row.account} ${row.lot_id}`, Number(row.quantity_base)]))).toEqual(
    announced,
  );
});

it('asks of every region what the rules say, from people who are marked as invented', async () => {
  expect(await countOf('standard_rules')).toBe(rowsIn('standard-rules.csv'));
  expect(await countOf('standard_shares')).toBe(rowsIn('standard-shares.csv'));
  expect(await countOf('region_facts')).toBe(rowsIn('region-facts.csv'));
  const real = await service.database.query(`SELECT 1 FROM region_facts WHERE basis <> 'synthetic'`);
  expect(real).toEqual([]);
});

it('keeps sizes as whole grams and cubic centimetres', async () => {
  const [rice] = (await service.published(ItemCatalogued)).filter(({ itemCode }) => itemCode === 'LIV-002');
  expect(rice).toMatchObject({ weightGrams: 25_200, volumeCubicCentimetres: 35_000 });
});

it('changes nothing when it is loaded again', async () => {
  const tables = [
    'items',
    'depots',
    'reserve_standards',
    'standard_rules',
    'region_facts',
    'standard_shares',
    'demand_rates',
    'lots',
    // Besides the seeds the service does what is due by itself: seals, and opens rotation orders.
    `movements WHERE causation_id = 'seed'`,
    `postings WHERE movement_id IN (SELECT id FROM movements WHERE causation_id = 'seed')`,
    `outbox WHERE envelope::jsonb ->> 'causationid' = 'seed'`,
  ];
  const before = await Promise.all(tables.map(countOf));
  await service.seed();
  expect(await Promise.all(tables.map(countOf))).toEqual(before);
});

it('leaves a ledger without faults', async () => {
  expect(await brokenInvariants(service.database)).toEqual([]);
});

function add(sums: Map<string, number>, postings: EventData<typeof MovementPosted>['postings']): void {
  for (const { to, lotId, quantityBase } of postings) {
    const key = `${to} ${lotId}`;
    sums.set(key, (sums.get(key) ?? 0) + quantityBase);
  }
}

it('puts lots past their date into quarantine and nowhere else', async () => {
  const rows = await service.database.query<{ account: string; depot_id: string; expired: boolean }>(
    `SELECT balance.account, balance.depot_id, lot.expiry_date < (now() AT TIME ZONE 'Asia/Shanghai')::date AS expired
     FROM balances AS balance JOIN lots AS lot ON lot.id = balance.lot_id
     WHERE balance.depot_id IS NOT NULL AND balance.quantity_base > 0`,
  );
  for (const { account, depot_id, expired } of rows) {
    expect(account).toBe(depotAccount(depot_id, expired ? 'quarantine' : 'available'));
  }
});

it('loads the catalogue alone in production: no invented depot and no invented stock', async () => {
  const productive = await startTestService(suppliesService, { seeded: true, environment: { profile: 'production' } });
  try {
    expect((await productive.published(ItemCatalogued)).length).toBe(rowsIn('catalogue.csv'));
    const [rows] = await productive.database.query(
      `SELECT (SELECT count(*)::int FROM depots) AS depots, (SELECT count(*)::int FROM lots) AS lots,
              (SELECT count(*)::int FROM reserve_standards) AS standards,
              (SELECT count(*)::int FROM standard_rules) AS rules, (SELECT count(*)::int FROM region_facts) AS facts`,
    );
    expect(rows).toEqual({ depots: 0, lots: 0, standards: 0, rules: 0, facts: 0 });
  } finally {
    await productive.stop();
  }
});
