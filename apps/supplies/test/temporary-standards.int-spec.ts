import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { ReserveStandardsSet, ReserveStock, StockRefused, TemporaryStandardUnfilled } from '@ledger/contracts';
import { waitFor, type TestCaller, type TestService } from '@ledger/testing';
import type { FloorChangesResponse } from '../src/standards/dto/floor.dto';
import type { GapsResponse } from '../src/standards/dto/gap.dto';
import type {
  TemporaryMovesResponse,
  TemporaryStandardDetailResponse,
  TemporaryStandardsResponse,
} from '../src/standards/dto/temporary.dto';
import { addDays, chinaDay } from '../src/stock/domain/calendar';
import { get, post, setRule, standardCounts } from './support/standards';
import {
  KEEPER,
  RICE,
  STOCK_MANAGER,
  TENT,
  aDepot,
  aLot,
  aReserve,
  aStandard,
  startSupplies,
  type TestDepot,
} from './support/world';

const today = chinaDay(new Date());
const inDays = (days: number): string => addDays(today, days);
let service: TestService;
let depot: TestDepot;

beforeAll(async () => {
  service = await startSupplies();
});
beforeEach(async () => {
  depot = await aDepot(service);
  await aStandard(service, depot.id, TENT, 60);
});
afterAll(() => service.stop());

/** In force from today on for a month; filled by today. */
const aPlan = (overrides: Record<string, unknown> = {}) => ({
  ...{ kind: 'season', name: '汛期前置（测试）', depotId: depot.id, source: '县防汛办（测试）', basis: 'estimate' },
  ...{ validFrom: today, validTo: inDays(30), fillUpBy: today, drawDownBy: inDays(45) },
  items: [{ itemCode: TENT, quantityBase: 50 }],
  ...overrides,
});

async function plan(overrides: Record<string, unknown> = {}, as: TestCaller = STOCK_MANAGER): Promise<string> {
  const answer = await post(service, 'standards/temporary', aPlan(overrides), as);
  if (answer.status !== 201) throw new Error(`plan answered ${JSON.stringify(answer.body)}`);
  return answer.body.id;
}

const detail = (id: string) => get<TemporaryStandardDetailResponse>(service, `standards/temporary/${id}`);
const end = (id: string, lastDay: string, as: TestCaller = STOCK_MANAGER) =>
  post(service, `standards/temporary/${id}/end`, { lastDay, reason: '提前结束（测试）' }, as);

/** Lets a standard be planned so many days earlier than it was: the owner moves its dates, as time would. */
async function daysLater(id: string, days: number): Promise<void> {
  const owner = new Client({ connectionString: service.databaseUrls.ownerUrl });
  await owner.connect();
  await owner.query('ALTER TABLE temporary_standards DISABLE TRIGGER temporary_standards_append_only');
  await owner.query(
    `UPDATE temporary_standards SET valid_from = valid_from - $2::int, valid_to = valid_to - $2::int,
       fill_up_by = fill_up_by - $2::int, draw_down_by = draw_down_by - $2::int WHERE id = $1`,
    [id, days],
  );
  await owner.query('ALTER TABLE temporary_standards ENABLE TRIGGER temporary_standards_append_only');
  await owner.end();
}

const announced = async () =>
  (await service.published(ReserveStandardsSet)).filter(({ depotId }) => depotId === depot.id).at(-1)?.standards;

describe('a standard for a season in a depot', () => {
  it('raises the floor while it is in force and lets it fall back by its date', async () => {
    await aLot(service, depot, { quantityBase: 120 });
    await plan();
    await service.publish(ReserveStock, aReserve([{ depotId: depot.id, quantityBase: 11 }]));
    await service.settled();
    const refused = (await service.published(StockRefused)).at(-1);
    expect(refused).toMatchObject({ reason: expect.stringContaining('standard of 110') as string });
    const { inForce } = await get<FloorChangesResponse>(service, `depots/${depot.id}/floors`);
    expect(inForce).toEqual([{ itemCode: TENT, standingBase: 60, temporaryBase: 50, floorBase: 110, freeBase: 120 }]);
    const [floors] = await service.database.query(
      `SELECT reserve_floor($1, $2, $3::date + 30)::int AS last_day, reserve_floor($1, $2, $3::date + 31)::int AS after`,
      [depot.id, TENT, today],
    );
    expect(floors).toEqual({ last_day: 110, after: 60 });
  });

  it('is told to those who plan, with its end, so that no job has to end it', async () => {
    await plan({ validFrom: inDays(5), fillUpBy: inDays(4) });
    expect(await announced()).toEqual([
      { itemCode: TENT, validFrom: '2020-01-01', floorBase: 60, basis: 'test' },
      { itemCode: TENT, validFrom: inDays(5), floorBase: 110, basis: 'temporary' },
      { itemCode: TENT, validFrom: inDays(31), floorBase: 60, basis: 'test' },
    ]);
  });

  it('that ends early falls back early, also for those who were told otherwise', async () => {
    const id = await plan();
    expect((await end(id, inDays(10))).status).toBe(201);
    expect(await announced()).toEqual([
      { itemCode: TENT, validFrom: today, floorBase: 110, basis: 'temporary' },
      { itemCode: TENT, validFrom: inDays(11), floorBase: 60, basis: 'test' },
      { itemCode: TENT, validFrom: inDays(31), floorBase: 60, basis: 'test' },
    ]);
    expect(await detail(id)).toMatchObject({ validTo: inDays(30), lastDay: inDays(10), endReason: '提前结束（测试）' });
  });

  it('says what has to be moved in by when, what comes back after, and when it is late', async () => {
    await aLot(service, depot, { quantityBase: 80 });
    const id = await plan();
    const moves = async () =>
      (await get<TemporaryMovesResponse>(service, `standards/temporary/moves?depotId=${depot.id}`)).items;
    expect(await moves()).toMatchObject([
      { direction: 'in', itemCode: TENT, quantityBase: 30, by: today, overdue: false },
      { direction: 'back', itemCode: TENT, quantityBase: 20, from: inDays(31), by: inDays(45), overdue: false },
    ]);
    await daysLater(id, 1);
    expect(await moves()).toMatchObject([
      { direction: 'in', quantityBase: 30, by: inDays(-1), overdue: true },
      { direction: 'back', overdue: false },
    ]);
    await aLot(service, depot, { quantityBase: 30 });
    expect(await moves()).toMatchObject([{ direction: 'back', quantityBase: 50 }]);
    await daysLater(id, 30);
    expect(await detail(id)).toMatchObject({ state: 'draw-down' });
    expect(await moves()).toMatchObject([{ direction: 'back', from: today, by: inDays(14), overdue: false }]);
    await daysLater(id, 15);
    expect(await detail(id)).toMatchObject({ state: 'over' });
    expect(await moves()).toMatchObject([{ direction: 'back', quantityBase: 50, by: inDays(-1), overdue: true }]);
    await daysLater(id, 60);
    expect(await moves()).toEqual([]);
  });

  it('asks for no piece twice when two of them stand in one depot', async () => {
    await aLot(service, depot, { quantityBase: 130 });
    const first = await plan();
    const second = await plan({
      fillUpBy: inDays(1),
      drawDownBy: inDays(50),
      items: [{ itemCode: TENT, quantityBase: 30 }],
    });
    const figures = async (id: string) => {
      const [{ toMoveInBase, toTakeBackBase }] = (await detail(id)).items;
      return [toMoveInBase, toTakeBackBase];
    };
    expect([await figures(first), await figures(second)]).toEqual([
      [0, 50],
      [10, 20],
    ]);
  });
});

describe('the fill-up date', () => {
  const due = (id: string) =>
    service.database.query(`UPDATE deadlines SET due_at = now() - interval '1 second' WHERE subject_id = $1`, [id]);
  const waiting = async (id: string) =>
    (await service.database.query('SELECT 1 FROM deadlines WHERE subject_id = $1', [id])).length;
  const warnings = async (id: string) =>
    (await service.published(TemporaryStandardUnfilled)).filter(({ standardId }) => standardId === id);

  it('is waited for until the end of its day in China', async () => {
    const id = await plan({ fillUpBy: inDays(3) });
    const rows = await service.database.query<{ due: string; owner: string }>(
      `SELECT to_char(due_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI') AS due, owner FROM deadlines WHERE subject_id = $1`,
      [id],
    );
    expect(rows).toEqual([{ due: `${inDays(4)} 00:00`, owner: 'stock-manager' }]);
  });

  it('that passes unfilled is said once, with what is missing', async () => {
    const id = await plan({
      items: [
        { itemCode: TENT, quantityBase: 50 },
        { itemCode: RICE, quantityBase: 10 },
      ],
    });
    await aLot(service, depot, { itemCode: RICE, quantityBase: 10, expiryDate: inDays(90) });
    await aLot(service, depot, { quantityBase: 85 });
    await daysLater(id, 1);
    await due(id);
    await waitFor('the deadline to be taken', async () => (await waiting(id)) === 0);
    expect(await warnings(id)).toEqual([
      {
        ...{ standardId: id, name: '汛期前置（测试）', regionCode: '140930', depotId: depot.id },
        ...{ fillUpBy: inDays(-1), validFrom: inDays(-1), lastDay: inDays(29) },
        missing: [{ itemCode: TENT, quantityBase: 50, missingBase: 25 }],
      },
    ]);
  });

  it.each([
    ['was filled', async () => void (await aLot(service, depot, { quantityBase: 110 }))],
    ['was ended', async (id: string) => void (await end(id, inDays(-1)))],
  ])('of one that %s passes in silence', async (_what, prepare) => {
    const id = await plan();
    await prepare(id);
    await due(id);
    await waitFor('the deadline to be taken', async () => (await waiting(id)) === 0);
    expect(await warnings(id)).toEqual([]);
  });
});

describe('a standard for an event in a region', () => {
  it('is asked for on top of the rules, and moved in until the region has both', async () => {
    const regionCode = '140930105';
    await setRule(
      service,
      { tier: 'township', regionCode, measure: 'fixed', perPeople: undefined, amountBase: 40 },
      STOCK_MANAGER,
    );
    const place = await aDepot(service, { regionCode });
    await aLot(service, place, { quantityBase: 55 });
    const id = await plan({ kind: 'event', depotId: undefined, regionCode });
    expect((await detail(id)).items).toMatchObject([
      { heldBase: 55, requiredInForceBase: 90, requiredAfterBase: 40, toMoveInBase: 35, toTakeBackBase: 15 },
    ]);
    const gap = await get<GapsResponse>(service, `gaps?region=${regionCode}`);
    expect(gap.items[0].own).toMatchObject({ requiredBase: 90, gapBase: 35 });
    const later = await get<GapsResponse>(service, `gaps?region=${regionCode}&day=${inDays(31)}`);
    expect(later.items).toEqual([]);
  });

  it('is listed by state in its region and not in others', async () => {
    const region = '140930106';
    const ids = [
      await plan({ depotId: undefined, regionCode: region, validFrom: inDays(10), fillUpBy: inDays(9) }),
      await plan({ depotId: undefined, regionCode: region }),
    ];
    const list = async (query: string, as: TestCaller = STOCK_MANAGER) =>
      (await get<TemporaryStandardsResponse>(service, `standards/temporary?${query}`, as)).items?.map(
        ({ id, state }) => [id, state],
      );
    expect(await list(`region=${region}`)).toEqual([
      [ids[0], 'planned'],
      [ids[1], 'in-force'],
    ]);
    expect(await list(`region=${region}&state=planned`)).toEqual([[ids[0], 'planned']]);
    expect(await list('', { ...STOCK_MANAGER, regionCode: '140931' })).toEqual([]);
    const neighbour = { ...STOCK_MANAGER, regionCode: '140931' };
    expect(await get(service, `standards/temporary/${ids[0]}`, neighbour)).toMatchObject({
      ...{ status: 404, code: 'SUPPLIES_STANDARD_NOT_FOUND' },
    });
  });
});

describe('what is refused leaves no trace:', () => {
  const refused = async (request: () => Promise<{ body: unknown }>, status: number, code: string) => {
    const before = await standardCounts(service);
    expect((await request()).body).toMatchObject({ status, code });
    expect(await standardCounts(service)).toEqual(before);
  };

  it.each([
    ['planned by a keeper', () => ({}), KEEPER, 403, 'AUTH_ROLE_MISSING'],
    ['in no place', () => ({ depotId: undefined }), STOCK_MANAGER, 400, 'REQUEST_INVALID'],
    ['in two places', () => ({ regionCode: '140930' }), STOCK_MANAGER, 400, 'REQUEST_INVALID'],
    ['in a depot of others', () => ({}), { ...STOCK_MANAGER, regionCode: '140931' }, 404, 'SUPPLIES_DEPOT_NOT_FOUND'],
    ['in the city', () => ({ depotId: undefined, regionCode: '1409' }), STOCK_MANAGER, 403, 'AUTH_REGION_OUT_OF_SCOPE'],
    [
      'for a region by the forest department',
      () => ({ depotId: undefined, regionCode: '140930' }),
      { ...STOCK_MANAGER, organisationKind: 'forestry' as const },
      ...[403, 'SUPPLIES_STANDARD_NOT_YOURS'],
    ],
    [
      'that is over',
      () => ({ validFrom: '2020-01-01', validTo: '2020-02-01' }),
      STOCK_MANAGER,
      422,
      'SUPPLIES_STANDARD_DATES_INVALID',
    ],
    ['to be filled yesterday', () => ({ fillUpBy: inDays(-1) }), STOCK_MANAGER, 422, 'SUPPLIES_STANDARD_DATES_INVALID'],
    [
      'to be drawn down before it ends',
      () => ({ drawDownBy: inDays(30) }),
      STOCK_MANAGER,
      422,
      'SUPPLIES_STANDARD_DATES_INVALID',
    ],
    [
      'of an item that nobody knows',
      () => ({ items: [{ itemCode: 'XXX-999', quantityBase: 1 }] }),
      STOCK_MANAGER,
      422,
      'SUPPLIES_ITEM_UNKNOWN',
    ],
    ['of nothing', () => ({ items: [{ itemCode: TENT, quantityBase: 0 }] }), STOCK_MANAGER, 400, 'REQUEST_INVALID'],
    [
      'of an item twice',
      () => ({ items: [1, 2].map((quantityBase) => ({ itemCode: TENT, quantityBase })) }),
      ...[STOCK_MANAGER, 400, 'REQUEST_INVALID'],
    ],
    [
      'of more than can be counted',
      () => ({ items: [{ itemCode: TENT, quantityBase: 1_000_000_000 }] }),
      ...[STOCK_MANAGER, 400, 'REQUEST_INVALID'],
    ],
  ] as [string, () => Record<string, unknown>, TestCaller, number, string][])(
    'one %s',
    async (_what, overrides, as, status, code) => {
      await refused(() => post(service, 'standards/temporary', aPlan(overrides()), as), status, code);
    },
  );

  it('an end that comes too late, twice, or from others', async () => {
    const id = await plan();
    await refused(() => end(id, inDays(30)), 422, 'SUPPLIES_STANDARD_DATES_INVALID');
    await refused(() => end(id, inDays(-2)), 422, 'SUPPLIES_STANDARD_DATES_INVALID');
    const neighbour = { ...STOCK_MANAGER, regionCode: '140931' };
    await refused(() => end(id, inDays(5), neighbour), 404, 'SUPPLIES_STANDARD_NOT_FOUND');
    await refused(() => end(randomUUID(), inDays(5)), 404, 'SUPPLIES_STANDARD_NOT_FOUND');
    const answers = await Promise.all([end(id, inDays(5)), end(id, inDays(6))]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    await refused(() => end(id, inDays(4)), 409, 'SUPPLIES_STANDARD_ENDED');
  });
});
