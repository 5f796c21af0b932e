import { randomUUID } from 'node:crypto';
import { depotAccount, transitAccount } from '@ledger/contracts';
import { aCause, type TestCaller, type TestService } from '@ledger/testing';
import { DISPATCH } from '../src/stock/domain/recorder';
import type { MovementKind } from '../src/stock/domain/movement-kinds';
import { StockRepository } from '../src/stock/stock.repository';
import { LI, aCount, approve, record, submit, submitted } from './support/counting';
import { aHousehold, registered, serve } from './support/households';
import { readPdf } from './support/read-pdf';
import { aStockedDepot, giveBack, handOut, reverse } from './support/site-work';
import {
  AUDITOR,
  KEEPER,
  RICE,
  TENT,
  aDepot,
  aLot,
  confirm,
  delivered,
  ledgerCounts,
  ordered,
  startSupplies,
  type Problem,
  type TestDepot,
} from './support/world';

let service: TestService;
let depot: TestDepot;
const STRANGER: TestCaller = { ...AUDITOR, regionCode: '140931' };

beforeAll(async () => {
  service = await startSupplies();
  await service.database.query(`UPDATE items SET name_zh = '棉帐篷' WHERE code = $1`, [TENT]);
});
afterAll(() => service.stop());
beforeEach(async () => {
  depot = await aStockedDepot(service);
});

/** A paper as it comes over HTTP. */
async function fetchPaper(path: string, as: TestCaller = AUDITOR) {
  const response = await fetch(`${service.url}/api/v1/supplies/${path}`, {
    headers: { authorization: `Bearer ${await service.token(as)}` },
  });
  return { status: response.status, headers: response.headers, file: Buffer.from(await response.arrayBuffer()) };
}

async function print(path: string, as?: TestCaller) {
  const { status, file } = await fetchPaper(path, as);
  if (status !== 200) throw new Error(`${path} answered ${status}: ${file.toString()}`);
  return readPdf(file);
}

const refusal = async (path: string, as?: TestCaller): Promise<Problem> =>
  JSON.parse((await fetchPaper(path, as)).file.toString()) as Problem;

const receiptOf = async (place: TestDepot): Promise<string> => {
  const [row] = await service.database.query<{ id: string }>(
    `SELECT id FROM movements WHERE depot_id = $1 AND kind = 'receipt' ORDER BY sequence LIMIT 1`,
    [place.id],
  );
  return row.id;
};

/** A movement as another feature writes it. */
const post = async (kind: MovementKind, from: string, to: string, quantityBase: number, lot: string) => {
  const posting = { lotId: lot, itemCode: TENT, expiryDate: null, from, to, quantityBase, lineId: null };
  const header = { businessKey: randomUUID(), kind, recordedBy: DISPATCH } as const;
  const depotId = [from, to].find((account) => account.startsWith('depot:'))?.split(':')[1];
  const posted = await service.database.transaction((tx) =>
    service.running.app.get(StockRepository).post(tx, { ...header, depotId }, [posting as never], aCause()),
  );
  return posted.movementId;
};

describe('an inbound slip', () => {
  it('is a PDF whose Chinese text can be read, found and copied', async () => {
    const movementId = await receiptOf(depot);
    const { status, headers, file } = await fetchPaper(`movements/${movementId}/slip.pdf`);
    expect([status, headers.get('content-type')]).toEqual([200, 'application/pdf']);
    expect(headers.get('content-disposition')).toMatch(/^inline; filename="RK-20\d\d-\d{8}\.pdf"$/);
    expect(file.subarray(0, 5).toString()).toBe('%PDF-');
    const { texts } = readPdf(file);
    expect(texts).toEqual(expect.arrayContaining(['入库单', '物资名称', '棉帐篷', '顶', '100', '第 1 页／共 1 页']));
    expect(texts).toEqual(
      expect.arrayContaining([`${depot.code} 库`, '收货入库', '供货单位', 'Keeper', '仓库保管员：']),
    );
    expect(texts).toContain('合计：共 1 行，数量合计 100 顶');
    expect(file.length).toBeLessThan(80_000);
  });

  it('is the same file however often it is printed, and printing it changes nothing', async () => {
    const path = `movements/${await receiptOf(depot)}/slip.pdf`;
    const before = await ledgerCounts(service);
    const files = [await fetchPaper(path), await fetchPaper(path)].map(({ file }) => file.toString('base64'));
    expect(files[0]).toBe(files[1]);
    expect(await ledgerCounts(service)).toEqual(before);
  });

  it('bears the mark of invented goods on every page', async () => {
    const { texts } = await print(`movements/${await receiptOf(depot)}/slip.pdf`);
    expect(texts).toEqual(expect.arrayContaining(['演示数据 synthetic', '演示数据 SYNTHETIC']));
    const real = await aDepot(service);
    await service.database.query('UPDATE depots SET synthetic = false WHERE id = $1', [real.id]);
    await aLot(service, real);
    const plain = await print(`movements/${await receiptOf(real)}/slip.pdf`);
    expect(plain.texts.join()).not.toMatch(/演示数据/);
  });

  it('says that it was undone', async () => {
    const movementId = await receiptOf(depot);
    await reverse(service, movementId);
    expect((await print(`movements/${movementId}/slip.pdf`)).texts).toContain('已冲销 REVERSED');
  });

  it('of a return says what is held back', async () => {
    const journey = await delivered(service, depot, { quantityBase: 20 });
    const { body } = await giveBack(service, depot, journey, { usable: 15, damaged: 3, lost: 2 });
    const { texts } = await print(`movements/${body.movementId}/slip.pdf`);
    expect(texts).toEqual(
      expect.arrayContaining(['归还入库', '楼子营村安置点', '15', '3', '待检／隔离', '2', '丢失核销']),
    );
  });
});

describe('an outbound slip', () => {
  it('of an issue names the use order, the site and who carries', async () => {
    const { order } = await ordered(service, depot, { quantityBase: 20 });
    const { body } = await confirm(service, order);
    const { texts } = await print(`movements/${body.movementId}/slip.pdf`);
    expect(texts).toEqual(
      expect.arrayContaining(['出库单', '应急调运出库', 'UO-1', '楼子营村安置点', '晋H-演0001 Driver', '承运人：']),
    );
  });

  it.each([
    ['use', 'consumed', '领用出库', '消耗'],
    ['scrap', 'scrapped', '报废出库', '报废'],
    ['rotate', 'rotated-out', '轮换出库', '轮换'],
  ] as const)('of kind %s', async (kind, to, business, end) => {
    const lot = await aLot(service, depot);
    const movementId = await post(kind, depotAccount(depot.id, 'available'), to, 4, lot);
    const { texts } = await print(`movements/${movementId}/slip.pdf`);
    expect(texts).toEqual(expect.arrayContaining(['出库单', business, end, '4']));
  });
});

describe('a transfer slip', () => {
  it('names both depots once the goods have arrived, and the road before', async () => {
    const target = await aDepot(service);
    const lot = await aLot(service, depot);
    const road = transitAccount(randomUUID());
    const out = await post('transfer-out', depotAccount(depot.id, 'available'), road, 4, lot);
    const before = await print(`movements/${out}/slip.pdf?form=transfer`);
    expect(before.texts).toEqual(expect.arrayContaining(['调拨单', `${depot.code} 库`, '在途，待入库登记']));
    const into = await post('transfer-in', road, depotAccount(target.id, 'available'), 4, lot);
    for (const [movementId, title] of [
      [out, '出库单'],
      [into, '入库单'],
    ]) {
      const slip = await print(`movements/${movementId}/slip.pdf?form=transfer`);
      expect(slip.texts).toEqual(expect.arrayContaining(['调拨单', `${depot.code} 库`, `${target.code} 库`]));
      expect((await print(`movements/${movementId}/slip.pdf`)).texts).toContain(title);
    }
  });
});

describe('a slip is refused', () => {
  it('to another county, and for no movement', async () => {
    const path = `movements/${await receiptOf(depot)}/slip.pdf`;
    expect(await refusal(path, STRANGER)).toMatchObject({ code: 'SUPPLIES_MOVEMENT_NOT_FOUND', status: 404 });
    expect(await refusal(`movements/${randomUUID()}/slip.pdf`)).toMatchObject({ code: 'SUPPLIES_MOVEMENT_NOT_FOUND' });
    expect(await refusal('movements/1/slip.pdf')).toMatchObject({ code: 'REQUEST_INVALID' });
  });

  it('for what has no paper', async () => {
    const movementId = await receiptOf(depot);
    expect(await refusal(`movements/${movementId}/slip.pdf?form=transfer`)).toMatchObject({
      code: 'SUPPLIES_PAPER_UNAVAILABLE',
      status: 409,
    });
    expect(await refusal(`movements/${movementId}/slip.pdf?form=own&colour=pink`)).toMatchObject({
      code: 'REQUEST_INVALID',
    });
    await ordered(service, depot, { quantityBase: 1 });
    const [promise] = await service.database.query<{ id: string }>(
      `SELECT id FROM movements WHERE kind = 'reserve' ORDER BY sequence DESC LIMIT 1`,
    );
    expect(await refusal(`movements/${promise.id}/slip.pdf`)).toMatchObject({ code: 'SUPPLIES_PAPER_UNAVAILABLE' });
  });
});

describe('a count sheet', () => {
  it('has everything but quantities when the count is blind', async () => {
    const odd = await aDepot(service);
    await aLot(service, odd, { quantityBase: 7_531 });
    const count = await aCount(service, { depotId: odd.id, kind: 'full' });
    const { texts } = await print(`counts/${count.id}/sheet.pdf`, KEEPER);
    expect(texts).toEqual(
      expect.arrayContaining(['盘点表', '棉帐篷', '实盘数', '全面盘点（盲盘），第 1 轮', '盘点人：']),
    );
    expect(texts.join()).not.toMatch(/7,?531|账面数/);
    await record(service, count.id, [{ lineId: count.lineItems[0].id, countedBase: 4_000 }]);
    await submit(service, count.id);
    const again = await print(`counts/${count.id}/sheet.pdf`, LI);
    expect(again.texts).toEqual(expect.arrayContaining(['复盘表', '全面盘点（盲盘），第 2 轮']));
    expect(again.texts.join()).not.toMatch(/7,?531|4,?000/);
  });

  it('has what the books say when it is not, and the adjustment is a paper of its own', async () => {
    const open = await aDepot(service);
    await aLot(service, open, { quantityBase: 7_531 });
    const count = await aCount(service, { depotId: open.id, kind: 'full', blind: false });
    expect((await print(`counts/${count.id}/sheet.pdf`)).texts).toEqual(expect.arrayContaining(['账面数', '7,531']));
    const other = await aDepot(service);
    await aLot(service, other, { quantityBase: 100 });
    const { body } = await approve(service, (await submitted(service, other, 90)).id);
    const { texts } = await print(`movements/${body.movementIds[0]}/slip.pdf`);
    expect(texts).toEqual(expect.arrayContaining(['盘点盈亏单', '−10', '盘亏']));
  });

  it('of a large depot is printed in parts, over several pages, and refused as a whole', async () => {
    const large = await aDepot(service);
    const lot = await aLot(service, large);
    const count = await aCount(service, { depotId: large.id, kind: 'full' });
    await service.database.query(
      `INSERT INTO count_lines (id, count_id, position, depot_id, place, origin, item_code, batch_number, snapshot_base)
       SELECT gen_random_uuid(), $1, number, $2, 'shelf', 'found', $3, 'M-' || number, 0
       FROM generate_series(2, 2001) AS number`,
      [count.id, large.id, TENT],
    );
    expect(await refusal(`counts/${count.id}/sheet.pdf`)).toMatchObject({
      code: 'SUPPLIES_PAPER_TOO_LONG',
      status: 422,
    });
    const { pages, texts } = await print(`counts/${count.id}/sheet.pdf?fromLine=101&lines=100`);
    expect([pages.length, texts.includes('M-101'), texts.includes('M-200'), texts.includes('M-100')]).toEqual([
      4,
      true,
      true,
      false,
    ]);
    expect(pages.map((page) => /第 \d 页／共 4 页/.exec(page)?.[0])).toEqual(
      [1, 2, 3, 4].map((page) => `第 ${page} 页／共 4 页`),
    );
    expect(lot).toBeDefined();
  });

  it('is refused to another county', async () => {
    const count = await aCount(service, { depotId: depot.id, kind: 'full' });
    expect(await refusal(`counts/${count.id}/sheet.pdf`, STRANGER)).toMatchObject({ code: 'SUPPLIES_COUNT_NOT_FOUND' });
  });
});

describe('a hand-out list', () => {
  it('has masked names, who signed and room for the others', async () => {
    const journey = await delivered(service, depot, { itemCode: RICE, quantityBase: 20 });
    const signature = { signerName: '王小明', signedFor: 'family' };
    const { body } = await serve(service, journey, [
      { household: aHousehold({ headName: '王秀英', elderlyCount: 1 }), quantityBase: 2, signature },
      { household: aHousehold({ headName: '李强', phone: '13812345678', peopleCount: 4 }) },
    ]);
    const { texts } = await print(`hand-outs/${body.handoutId}/list.pdf`, KEEPER);
    expect(texts).toEqual(
      expect.arrayContaining(['救灾物资发放清单', '楼子营村安置点', '王*', '李*', '老1', '大米 2 袋']),
    );
    expect(texts).toEqual(expect.arrayContaining(['已签：王*（家属）', '合计：2 户，6 人', '签领（签字或按印）']));
    expect(texts.join()).not.toMatch(/秀英|李强|小明|138/);
  });

  it('of a hand-out without a list has the goods and the head count', async () => {
    const journey = await delivered(service, depot, { itemCode: RICE, quantityBase: 20 });
    const answer = await handOut(service, journey, 15);
    const { handoutId } = answer.body as unknown as { handoutId: string };
    expect((await print(`hand-outs/${handoutId}/list.pdf`)).texts).toEqual(
      expect.arrayContaining(['大米', '15', '合计：45 人（无名单发放）']),
    );
  });

  it('is printed before the hand-out for those who wait, and is refused when nobody does', async () => {
    const journey = await delivered(service, depot, { itemCode: RICE, quantityBase: 20 });
    const path = `sites/${journey.order.site.siteId}/households/list.pdf?waitingFor=${RICE}`;
    expect(await refusal(path)).toMatchObject({ code: 'SUPPLIES_PAPER_UNAVAILABLE' });
    const [wang] = await registered(service, journey, [
      aHousehold({ headName: '王秀英' }),
      aHousehold({ headName: '李强' }),
    ]);
    expect((await print(path)).texts).toEqual(expect.arrayContaining(['王*', '李*', '合计：2 户，4 人']));
    await serve(service, journey, [{ householdId: wang }]);
    expect((await print(path)).texts).not.toContain('王*');
  });

  it('is refused to another county and to those who may not read households', async () => {
    const journey = await delivered(service, depot, { itemCode: RICE, quantityBase: 20 });
    const { body } = await serve(service, journey, [{ household: aHousehold() }]);
    const path = `hand-outs/${body.handoutId}/list.pdf`;
    expect(await refusal(path, STRANGER)).toMatchObject({ code: 'SUPPLIES_HANDOUT_NOT_FOUND', status: 404 });
    expect(await refusal(path, { roles: ['driver'] })).toMatchObject({ code: 'AUTH_ROLE_MISSING', status: 403 });
    const open = `sites/${journey.order.site.siteId}/households/list.pdf`;
    expect(await refusal(open, STRANGER)).toMatchObject({ code: 'SUPPLIES_SITE_NOT_FOUND' });
  });
});
