import { randomUUID } from 'node:crypto';
import type { TestCaller, TestService } from '@ledger/testing';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import type { StockCardResponse } from '../src/reports/dto/stock-card.dto';
import { LedgerWalk, STEP_KINDS } from './support/ledger-walk';
import { happenedAt, read, use } from './support/reports';
import { reverse } from './support/site-work';
import {
  AUDITOR,
  KEEPER,
  RICE,
  TENT,
  aDepot,
  aLot,
  delivered,
  ordered,
  startSupplies,
  stockOf,
  type TestDepot,
} from './support/world';

let service: TestService;
let depot: TestDepot;
let lot: string;

beforeAll(async () => {
  service = await startSupplies();
  depot = await aDepot(service);
  lot = await aLot(service, depot, { quantityBase: 100 });
  await aLot(service, depot, { quantityBase: 50 });
  await use(service, depot.id, lot, 7);
  const undone = await use(service, depot.id, lot, 5);
  await reverse(service, undone);
  await ordered(service, depot, { quantityBase: 20 });
  await delivered(service, depot, { quantityBase: 30 });
});
afterAll(() => service.stop());

const card = (query: string, as: TestCaller = AUDITOR) => read<StockCardResponse>(service, `stock/card?${query}`, as);
const ofDepot = (query = '', as?: TestCaller) => card(`item=${TENT}&depotId=${depot.id}&${query}`, as);
const short = ({ items }: StockCardResponse) =>
  items.map(({ kind, inBase, outBase, balanceBase }) => [kind, inBase, outBase, balanceBase]);

const WHOLE = [
  ['receipt', 100, 0, 100],
  ['receipt', 50, 0, 150],
  ['use', 0, 7, 143],
  ['use', 0, 5, 138],
  ['reversal', 5, 0, 143],
  ['issue', 0, 30, 113],
];

describe('the stock card', () => {
  it('shows every movement with what came in, went out and was there after it', async () => {
    const whole = await ofDepot();
    expect(short(whole)).toEqual(WHOLE);
    expect(whole).toMatchObject({
      openingBase: 0,
      closingBase: 113,
      next: null,
      nameZh: '帐篷',
      unit: '顶',
      region: null,
    });
    expect(whole.items[4]).toMatchObject({ reversesMovementId: whole.items[3].movementId, recordedBy: 'Manager' });
    expect(whole.items[5]).toMatchObject({ siteName: '楼子营村安置点', depotCodes: [depot.code] });
  });

  it('ends with what the balances hold, in every state', async () => {
    const [last] = (await ofDepot('order=latest&limit=1&states=true')).items;
    const stock = await stockOf(service, depot.id);
    expect([last.availableBase, last.reservedBase, last.quarantineBase]).toEqual([
      stock.available,
      stock.reserved,
      stock.quarantine,
    ]);
    expect(last.balanceBase).toBe(stock.available + stock.reserved + stock.quarantine);
  });

  it('leaves out what only changes between states, unless that is asked for', async () => {
    const withStates = short(await ofDepot('states=true'));
    expect(withStates.filter(([kind]) => kind === 'reserve')).toEqual([
      ['reserve', 0, 0, 143],
      ['reserve', 0, 0, 143],
    ]);
    expect(withStates.filter(([kind]) => kind !== 'reserve')).toEqual(WHOLE);
  });

  it.each(['oldest', 'latest'])(
    'is paged from its %s end, each page with its own opening and closing balance',
    async (order) => {
      const pages: StockCardResponse[] = [];
      let cursor: number | null = null;
      do {
        const page: StockCardResponse = await ofDepot(
          `order=${order}&limit=4${cursor === null ? '' : `&cursor=${cursor}`}`,
        );
        pages.push(page);
        cursor = page.next;
      } while (cursor !== null);
      expect(pages.map(({ items }) => items.length)).toEqual([4, 2]);
      const rows = pages.flatMap(short);
      expect(order === 'latest' ? rows.toReversed() : rows).toEqual(WHOLE);
      for (const { openingBase, closingBase, items } of pages) {
        const changes = items.reduce((sum, { inBase, outBase }) => sum + inBase - outBase, openingBase);
        expect(changes).toBe(closingBase);
      }
      const [first, second] = order === 'latest' ? pages.toReversed() : pages;
      expect([first.openingBase, second.openingBase]).toEqual([0, first.closingBase]);
    },
  );

  it('of a page after the last one has nothing but the balance', async () => {
    const end = (await ofDepot('order=latest&limit=1')).items[0].sequence;
    expect(await ofDepot(`cursor=${end}`)).toMatchObject({ items: [], openingBase: 113, closingBase: 113, next: null });
  });

  it('as of a past moment is the card as it was then', async () => {
    const { items } = await ofDepot();
    const moment = new Date(new Date(items[3].postedAt).getTime() + 1).toISOString();
    const then = await ofDepot(`asOf=${encodeURIComponent(moment)}`);
    expect(short(then)).toEqual(WHOLE.slice(0, 4));
    expect(then.closingBase).toBe(138);
    expect(await ofDepot('asOf=2199-01-01T00:00:00Z')).toMatchObject({ status: 400, code: 'REQUEST_INVALID' });
  });

  it('of a region is the sum over its depots', async () => {
    const township = await aDepot(service, { regionCode: '140930101' });
    await aLot(service, township, { quantityBase: 11 });
    const county = await card(`item=${TENT}`);
    expect(county).toMatchObject({ depotId: null, region: '140930', closingBase: 124 });
    expect(await card(`item=${TENT}&region=140930101`)).toMatchObject({ closingBase: 11 });
    expect(await card(`item=${TENT}`, { ...AUDITOR, regionCode: '140931' })).toMatchObject({
      items: [],
      closingBase: 0,
    });
  });

  it.each([
    ['a region out of scope', `item=${TENT}&region=1409`, 403, 'AUTH_REGION_OUT_OF_SCOPE'],
    ['an item that nobody knows', 'item=XXX-999', 404, 'SUPPLIES_ITEM_NOT_FOUND'],
    ['no item', '', 400, 'REQUEST_INVALID'],
    ['a depot that is not there', `item=${TENT}&depotId=${randomUUID()}`, 404, 'SUPPLIES_DEPOT_NOT_FOUND'],
    ['a day that does not exist', `item=${TENT}&from=2026-02-30`, 400, 'REQUEST_INVALID'],
    ['more than a page', `item=${TENT}&limit=201`, 400, 'REQUEST_INVALID'],
  ])('is refused for %s', async (_what, query, status, code) => {
    expect(await card(query)).toMatchObject({ status, code });
  });

  it('of a neighbour’s depot is not there', async () => {
    const refused = await ofDepot('', { ...KEEPER, regionCode: '140931' });
    expect(refused).toMatchObject({ status: 404, code: 'SUPPLIES_DEPOT_NOT_FOUND' });
  });
});

describe('days on a stock card', () => {
  it('are days in China: half past midnight on the first of July is July, and no date shifts', async () => {
    const place = await aDepot(service);
    const batch = await aLot(service, place, { quantityBase: 40 });
    const [receipt] = (await card(`item=${TENT}&depotId=${place.id}`)).items;
    const early = await use(service, place.id, batch, 3);
    const late = await use(service, place.id, batch, 2);
    await happenedAt(service, receipt.movementId, '2026-06-30T23:59:59+08:00');
    await happenedAt(service, early, '2026-07-01T00:30:00+08:00');
    await happenedAt(service, late, '2026-07-31T23:59:59.999+08:00');
    const july = await card(`item=${TENT}&depotId=${place.id}&from=2026-07-01&to=2026-07-31`);
    expect(july.items.map(({ movementId, day }) => [movementId, day])).toEqual([
      [early, '2026-07-01'],
      [late, '2026-07-31'],
    ]);
    expect(july).toMatchObject({ openingBase: 40, closingBase: 35 });
    const june = await card(`item=${TENT}&depotId=${place.id}&from=2026-06-01&to=2026-06-30`);
    expect(june).toMatchObject({ openingBase: 0, closingBase: 40, items: [{ day: '2026-06-30' }] });
    const august = await card(`item=${TENT}&depotId=${place.id}&from=2026-08-01&to=2026-08-31`);
    expect(august).toMatchObject({ openingBase: 35, closingBase: 35, items: [] });
  });
});

describe('the stock card as a file', () => {
  const file = async (query: string, as: TestCaller = AUDITOR) => {
    const answer = await fetch(`${service.url}/api/v1/supplies/stock/card.csv?${query}`, {
      headers: { authorization: `Bearer ${await service.token(as)}` },
    });
    return { answer, bytes: Buffer.from(await answer.arrayBuffer()) };
  };

  it('opens in a spreadsheet: marked as UTF-8, with an opening line, and no formula in it', async () => {
    const place = await aDepot(service);
    const batch = await aLot(service, place, { quantityBase: 9 });
    await use(service, place.id, batch, 4, '=HYPERLINK("http://evil","x")');
    const { answer, bytes } = await file(`item=${TENT}&depotId=${place.id}`);
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="stock-card-${TENT}.csv"`);
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const rows = parse(bytes, { bom: true, columns: true }) as Record<string, string>[];
    const figures = rows.map((row) => [row['类型 Kind'], row['收入 In'], row['发出 Out'], row['结存 Balance']]);
    expect(figures).toEqual([
      ['期初结存 Opening balance', '', '', '0'],
      ['入库', '9', '0', '9'],
      ['日常领用', '0', '4', '5'],
    ]);
    expect(rows[2]['摘要 Note']).toBe('\'=HYPERLINK("http://evil","x")');
    expect(
      bytes
        .toString('utf8')
        .split('\r\n')
        .every((line) => !/(^|,)"?[=+\-@]/.test(line)),
    ).toBe(true);
  });

  it('is refused like the card itself', async () => {
    const { answer, bytes } = await file(`item=${TENT}&depotId=${depot.id}`, { ...KEEPER, regionCode: '140931' });
    expect(answer.status).toBe(404);
    expect(JSON.parse(bytes.toString())).toMatchObject({ code: 'SUPPLIES_DEPOT_NOT_FOUND' });
  });
});

describe('after any sequence of movements', () => {
  /** One page after the other until the end; every page has to begin where the one before ended. */
  async function wholeCard(query: string): Promise<StockCardResponse['items']> {
    const items: StockCardResponse['items'] = [];
    let cursor: number | null = null;
    let closing = 0;
    do {
      const page: StockCardResponse = await card(
        `${query}&states=true&limit=7${cursor === null ? '' : `&cursor=${cursor}`}`,
      );
      expect(page.openingBase).toBe(closing);
      closing = page.closingBase;
      items.push(...page.items);
      cursor = page.next;
    } while (cursor !== null);
    return items;
  }

  it('the card ends with the balances, never falls below zero, and that of the region is the sum', async () => {
    await fc.assert(
      fc.asyncProperty(walks, async (steps) => {
        const regionCode = `140930${++walked + 500}`;
        const depots = [await aDepot(service, { regionCode }), await aDepot(service, { regionCode })];
        const walk = new LedgerWalk(service, depots, 0);
        await walk.stockUp();
        for (const step of steps) await walk.take(step);
        for (const item of [TENT, RICE]) {
          const sums = [0, 0, 0];
          for (const { id } of depots) {
            const rows = await wholeCard(`item=${item}&depotId=${id}`);
            const last = rows[rows.length - 1];
            const states = [last.availableBase, last.reservedBase, last.quarantineBase];
            expect(states).toEqual(await statesOf(id, item));
            states.forEach((base, index) => (sums[index] += base));
            for (const row of rows) {
              expect(row.availableBase + row.reservedBase + row.quarantineBase).toBe(row.balanceBase);
              expect(Math.min(row.availableBase, row.reservedBase, row.quarantineBase)).toBeGreaterThanOrEqual(0);
            }
          }
          const region = await card(`item=${item}&order=latest&limit=1&states=true`, { ...AUDITOR, regionCode });
          const [end] = region.items;
          expect([end.availableBase, end.reservedBase, end.quarantineBase]).toEqual(sums);
        }
      }),
      { numRuns: 3, seed: 20260701 },
    );
  });
});

let walked = 0;
const walks = fc.array(
  fc.record({
    kind: fc.constantFrom(...STEP_KINDS),
    choices: fc.array(fc.nat(1_000), { minLength: 6, maxLength: 6 }),
  }),
  { minLength: 40, maxLength: 40 },
);

async function statesOf(depotId: string, itemCode: string): Promise<number[]> {
  const [row] = await service.database.query<{ states: number[] }>(
    `SELECT ARRAY[available_base, reserved_base, quarantine_base]::int[] AS states FROM stock_totals
     WHERE depot_id = $1 AND item_code = $2`,
    [depotId, itemCode],
  );
  return row.states;
}
