import { randomUUID } from 'node:crypto';
import {
  DepotRegistered,
  ItemCatalogued,
  MovementPosted,
  ReserveStandardsSet,
  TOPICS,
  TeamRegistered,
  VehicleRegistered,
  depotAccount,
  type Account,
} from '@ledger/contracts';
import { startTestService, waitFor, type TestService } from '@ledger/testing';
import type { z } from 'zod';
import { stockDeltas } from '../src/projections/domain/stock-deltas';
import type { StockView } from '../src/projections/dto/stock.dto';
import { ResourceView } from '../src/projections/resource-view';
import { gatewayService } from '../src/service';

type Movement = z.input<typeof MovementPosted.schema>;
type Posting = Movement['postings'][number];

let service: TestService;

beforeAll(async () => {
  service = await startTestService(gatewayService);
});
afterAll(() => service.stop());

const view = (): ResourceView => service.running.app.get(ResourceView);

function aDepot(change: Partial<z.input<typeof DepotRegistered.schema>> = {}) {
  return { ...DepotRegistered.example, depotId: randomUUID(), ...change };
}
function aMovement(postings: readonly Partial<Posting>[]): Movement {
  return {
    ...MovementPosted.example,
    movementId: randomUUID(),
    postings: postings.map((posting) => ({ ...MovementPosted.example.postings[0], ...posting })),
  };
}
const receipt = (depotId: string, itemCode: string, quantityBase: number, expiryDate: string | null = null): Movement =>
  aMovement([{ itemCode, expiryDate, quantityBase, from: 'supplier', to: depotAccount(depotId, 'available') }]);
const promise = (depotId: string, itemCode: string, quantityBase: number): Movement =>
  aMovement([
    { itemCode, quantityBase, from: depotAccount(depotId, 'available'), to: depotAccount(depotId, 'reserved') },
  ]);

/** Always the same order for one seed, another one for another. */
function shuffled<T>(values: readonly T[], seed: number): T[] {
  const keyed = values.map((value, index) => ({ value, key: Math.sin(seed * 1000 + index) }));
  return keyed.sort((a, b) => a.key - b.key).map(({ value }) => value);
}

describe('stock', () => {
  it('is the sum of the movements, whatever order and however often they come', async () => {
    const depots = [randomUUID(), randomUUID(), randomUUID()];
    const items = ['LRS-101', 'LRS-102'];
    const accounts: Account[] = depots.flatMap((id) => [depotAccount(id, 'available'), depotAccount(id, 'reserved')]);
    const movements = Array.from({ length: 60 }, (_, index) =>
      aMovement(
        [1, 2, 3].map((step) => ({
          itemCode: items[(index + step) % items.length],
          expiryDate: (index + step) % 3 === 0 ? null : `2027-0${1 + ((index + step) % 3)}-01`,
          quantityBase: 1 + ((index * 7 + step * 13) % 50),
          from: accounts[(index * step) % accounts.length],
          to: accounts[(index + step) % accounts.length],
        })),
      ),
    );
    const events = [];
    for (const movement of shuffled(movements, 1)) events.push(await service.publish(MovementPosted, movement));
    for (const event of shuffled(events, 2).slice(0, 30)) await service.publishAgain(event);
    await service.settled();

    const expected = stockDeltas(movements.flatMap(({ postings }) => postings)).map((delta) => ({
      depotId: delta.depotId,
      itemCode: delta.itemCode,
      expiryDate: delta.expiryDate,
      availableBase: String(delta.deltaBase),
    }));
    const rows = await service.database.query(
      `SELECT depot_id AS "depotId", item_code AS "itemCode", nullif(expiry_date, 'infinity')::text AS "expiryDate",
              available_base AS "availableBase"
       FROM projected_stock WHERE item_code = ANY($1) AND available_base <> 0
       ORDER BY depot_id, item_code, projected_stock.expiry_date`,
      [items],
    );
    expect(rows).toEqual(expected);
  });

  it('is shown by depot and date, earliest first, above the reserve standard in force', async () => {
    const near = aDepot({ regionCode: '140930', nameZh: '近库' });
    const far = aDepot({ regionCode: '610822', nameZh: '远库', tier: 'county' });
    const item = 'LRS-103';
    for (const [validFrom, floorBase] of [
      ['2026-01-01', 40],
      ['2025-01-01', 10],
      ['2099-01-01', 999],
    ] as const) {
      await service.publish(ReserveStandardsSet, {
        depotId: near.depotId,
        standards: [{ itemCode: item, floorBase, basis: 'estimate', validFrom }],
      });
    }
    await service.publish(MovementPosted, receipt(near.depotId, item, 30));
    await service.publish(MovementPosted, receipt(near.depotId, item, 20, '2028-05-01'));
    await service.publish(MovementPosted, receipt(near.depotId, item, 10, '2027-05-01'));
    await service.publish(MovementPosted, receipt(far.depotId, item, 5));
    await service.publish(MovementPosted, promise(near.depotId, item, 30));
    await service.settled();
    expect(await view().depotsWithStock(service.database, item)).toEqual([]);

    await service.publish(DepotRegistered, near);
    await service.publish(DepotRegistered, far);
    await service.settled();
    const place = ({ depotId, nameZh, regionCode, tier, latitude, longitude }: typeof near) => ({
      depotId,
      name: nameZh,
      regionCode,
      tier,
      latitude,
      longitude,
    });
    expect(await view().depotsWithStock(service.database, item)).toEqual([
      {
        ...place(near),
        floorBase: 40,
        lots: [
          { expiryDate: '2027-05-01', availableBase: 10 },
          { expiryDate: '2028-05-01', availableBase: 20 },
        ],
      },
      { ...place(far), floorBase: 0, lots: [{ expiryDate: null, availableBase: 5 }] },
    ]);
  });

  it('is answered within the region of the caller, with its age', async () => {
    const item = { ...ItemCatalogued.example, itemCode: 'LRS-104' };
    const [hequ, fugu] = [aDepot({ regionCode: '140930101' }), aDepot({ regionCode: '610822' })];
    await service.publish(ItemCatalogued, item);
    for (const depot of [hequ, fugu]) {
      await service.publish(DepotRegistered, depot);
      await service.publish(MovementPosted, receipt(depot.depotId, item.itemCode, 7));
    }
    await service.settled();
    const ask = (regionCode: string, query = '') =>
      service.request<StockView & { code: string }>('GET', `/api/v1/resources/stock?item=LRS-104${query}`, {
        as: { roles: ['keeper'], regionCode },
      });

    const { status, body } = await ask('140930');
    expect(status).toBe(200);
    expect(body.depots.map(({ depotId }) => depotId)).toEqual([hequ.depotId]);
    expect(body).toMatchObject({
      itemCode: 'LRS-104',
      nameZh: '帐篷',
      unit: '顶',
      ageSeconds: expect.any(Number) as number,
    });
    expect(Date.now() - Date.parse(String(body.asOf))).toBeLessThan(60_000);
    expect((await ask('1409', '&region=140931')).body.depots).toEqual([]);
    expect((await ask('61')).body.depots.map(({ depotId }) => depotId)).toEqual([fugu.depotId]);
    expect(await ask('140930', '&region=1409')).toMatchObject({
      status: 403,
      body: { code: 'AUTH_REGION_OUT_OF_SCOPE' },
    });
  });

  it.each([
    ['?item=LRS-999', 422, 'GATEWAY_ITEM_UNKNOWN'],
    ['?item=tent', 400, 'REQUEST_INVALID'],
    ['', 400, 'REQUEST_INVALID'],
    ['?item=LRS-104&region=1', 400, 'REQUEST_INVALID'],
    ['?item=LRS-104&item=LRS-103', 400, 'REQUEST_INVALID'],
  ])('question %s is answered %i %s', async (query, status, code) => {
    expect(await service.request('GET', `/api/v1/resources/stock${query}`)).toMatchObject({ status, body: { code } });
  });
});

describe('what is registered', () => {
  it('is replaced by a later event and not by an earlier one that comes again', async () => {
    const depot = aDepot();
    const first = await service.publish(DepotRegistered, { ...depot, nameZh: '旧名' });
    await service.publish(DepotRegistered, { ...depot, nameZh: '新名' });
    await service.settled();
    // As after a loss of the inbox: the old event is seen as if it were new.
    await service.database.query('DELETE FROM inbox WHERE event_id = $1', [first.id]);
    await service.database.query('DELETE FROM inbox_sequences WHERE partition_key = $1', [depot.depotId]);
    await service.publishAgain(first);
    await service.settled();
    const rows = await service.database.query('SELECT name_zh FROM projected_depots WHERE depot_id = $1', [
      depot.depotId,
    ]);
    expect(rows).toEqual([{ name_zh: '新名' }]);
  });

  it('may be a depot of any kind and in any state, also as older writers put it', async () => {
    const kinds = ['enterprise-store', 'leased', 'co-built', 'shelter'] as const;
    const depots = [aDepot(), ...kinds.map((kind) => aDepot({ kind, positionBasis: 'surveyed', state: 'closed' }))];
    for (const depot of depots) await service.publish(DepotRegistered, depot);
    await service.settled();
    const rows = await service.database.query('SELECT depot_id FROM projected_depots WHERE depot_id = ANY($1)', [
      depots.map(({ depotId }) => depotId),
    ]);
    expect(rows.length).toBe(depots.length);
  });

  it('follows teams and vehicles', async () => {
    const [teamId, vehicleId] = [randomUUID(), randomUUID()];
    await service.publish(TeamRegistered, { ...TeamRegistered.example, teamId, typeCode: 'FLD-07' });
    await service.publish(VehicleRegistered, { ...VehicleRegistered.example, vehicleId, typeCode: 'TRK-07' });
    await service.settled();
    const known = await service.database.query(
      `SELECT type_code FROM projected_teams WHERE team_id = $1
       UNION ALL SELECT type_code FROM projected_vehicles WHERE vehicle_id = $2`,
      [teamId, vehicleId],
    );
    expect(known).toEqual([{ type_code: 'FLD-07' }, { type_code: 'TRK-07' }]);
  });

  it('keeps every field of the recorded events', async () => {
    await service.publish(ItemCatalogued, ItemCatalogued.example);
    await service.settled();
    const { category: _category, ...item } = ItemCatalogued.example;
    expect(await view().item(service.database, item.itemCode)).toEqual(item);
    expect(await view().item(service.database, 'LRS-000')).toBeUndefined();
  });
});

it('parks what it cannot read and goes on with the next', async () => {
  const depotId = randomUUID();
  const parked = async () =>
    (await service.database.query<{ code: string }>(`SELECT code FROM parked_events ORDER BY position`)).map(
      ({ code }) => code,
    );
  const before = (await parked()).length;
  await service.publishRaw(TOPICS.suppliesEvents, depotId, '{"broken":');
  await service.publish(DepotRegistered, { ...aDepot({ depotId }), latitude: 39 }, { data: { depotId } });
  const next = aDepot();
  await service.publish(DepotRegistered, next);
  await waitFor(
    'the next depot',
    async () =>
      (await service.database.query('SELECT 1 FROM projected_depots WHERE depot_id = $1', [next.depotId])).length,
  );
  await waitFor('both to be parked', async () => (await parked()).length === before + 2);
  expect((await parked()).slice(before)).toEqual(['EVENT_MALFORMED', 'EVENT_MALFORMED']);
});
