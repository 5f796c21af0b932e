import type { TestCaller, TestService } from '@ledger/testing';
import type { DraftOrdersResponse } from '../src/standards/dto/draft-orders.dto';
import { aFramework, anOrder, post } from './support/purchases';
import { aFixedRuleRequest, setRule, standardCounts } from './support/standards';
import { KEEPER, RICE, STOCK_MANAGER, TENT, aDepot, aLot, startSupplies, type TestDepot } from './support/world';

let service: TestService;
let county: TestDepot;
let township: TestDepot;
let cheap: string;

beforeAll(async () => {
  service = await startSupplies();
  county = await aDepot(service);
  township = await aDepot(service, { regionCode: '140930101' });
  await aLot(service, county, { quantityBase: 60 });
  const fixed = aFixedRuleRequest(100);
  await setRule(service, fixed);
  await setRule(service, { ...fixed, tier: 'township', amountBase: 20 });
  await setRule(service, { ...fixed, tier: 'village', regionCode: '140930101200', amountBase: 5 });
  await setRule(service, { ...fixed, itemCode: RICE, amountBase: 30 });
  await setRule(service, { ...fixed, itemCode: undefined, category: 'livelihood', amountBase: 40 });
  await aFramework(service);
  cheap = (await aFramework(service, {}, { unitPriceFen: 9_000, leadTimeDays: 9 })).frameworkId;
});
afterAll(() => service.stop());

const draft = (body: Record<string, unknown> = {}, as: TestCaller = STOCK_MANAGER, key?: string) =>
  post<DraftOrdersResponse>(service, 'gaps/draft-orders', body, as, key);
const orders = async () =>
  Number((await service.database.query<{ count: string }>('SELECT count(*) FROM purchase_orders'))[0].count);

describe('draft orders from the gap list', () => {
  it.each([
    ['by a keeper', {}, KEEPER, 403, 'AUTH_ROLE_MISSING'],
    ['of the city', { region: '1409' }, STOCK_MANAGER, 403, 'AUTH_REGION_OUT_OF_SCOPE'],
    ['with a choice of nothing', { choices: [{ itemCode: RICE }] }, STOCK_MANAGER, 400, 'REQUEST_INVALID'],
    [
      'with tents for food',
      { choices: [{ category: 'livelihood', itemCode: TENT }] },
      ...[STOCK_MANAGER, 400, 'REQUEST_INVALID'],
    ],
    ['in advance of no season', { kind: 'advance' }, STOCK_MANAGER, 400, 'REQUEST_INVALID'],
  ] as [string, Record<string, unknown>, TestCaller, number, string][])(
    'are refused %s, and leave no trace',
    async (_what, body, as, status, code) => {
      const before = [await orders(), await standardCounts(service)];
      expect((await draft(body, as)).body).toMatchObject({ status, code });
      expect([await orders(), await standardCounts(service)]).toEqual(before);
    },
  );

  it('go to the depot of each place, villages without one to their township, under the cheapest agreement', async () => {
    const answer = await draft({}, STOCK_MANAGER, 'draft-orders-once');
    expect(answer.status).toBe(201);
    const { orders: drafted, unmet, unplaced } = answer.body;
    expect(
      drafted.map(({ depotId, frameworkId, lines }) => [depotId, frameworkId, lines.map((line) => line.quantityBase)]),
    ).toEqual([
      [county.id, cheap, [40]],
      [township.id, cheap, [25]],
    ]);
    expect(drafted[1].lines[0].need).toContain('140930101200: 5 short of 5');
    expect(await anOrder(service, drafted[0].orderId)).toMatchObject({ state: 'draft' });
    expect(unmet).toMatchObject([{ itemCode: RICE, quantityBase: 30, why: 'no-framework' }]);
    expect(unplaced).toMatchObject([{ category: 'livelihood', gapBase: 10, why: 'no-item' }]);
    const again = await draft({}, STOCK_MANAGER, 'draft-orders-once');
    expect(again.body).toEqual(answer.body);
  });

  it('are not made again for what is in hand, also when two ask at once', async () => {
    const before = await orders();
    const answers = await Promise.all([draft({ item: TENT }), draft({ item: TENT })]);
    expect(answers.map(({ status, body }) => [status, body.orders])).toEqual([
      [201, []],
      [201, []],
    ]);
    await setRule(service, aFixedRuleRequest(107));
    const raced = await Promise.all([draft({ item: TENT }), draft({ item: TENT })]);
    const quantities = raced.flatMap(({ body }) =>
      body.orders.flatMap(({ lines }) => lines.map((line) => line.quantityBase)),
    );
    expect(quantities).toEqual([7]);
    expect(await orders()).toBe(before + 1);
  });

  it('buy the item that was chosen for a category, in time if there is a day', async () => {
    await aFramework(service, {}, { itemCode: RICE, leadTimeDays: 20 });
    const choices = [{ category: 'livelihood', itemCode: RICE }];
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
    const late = await draft({ category: 'livelihood', choices, neededBy: tomorrow });
    expect(late.body).toMatchObject({ orders: [], unmet: [{ why: 'too-late' }], unplaced: [] });
    const inTime = await draft({ category: 'livelihood', choices });
    expect(inTime.body.orders).toMatchObject([{ depotId: county.id, lines: [{ itemCode: RICE, quantityBase: 40 }] }]);
  });
});
