import { randomUUID } from 'node:crypto';
import { RunningService } from '@ledger/platform';
import { waitFor, type TestService } from '@ledger/testing';
import { ImportWorker } from '../src/imports/import-worker';
import { ImportsRepository, LeaseLostError, type ImportRecord, type Lease } from '../src/imports/imports.repository';
import { PostImport } from '../src/imports/post-import';
import { CheckImport } from '../src/imports/check-import';
import { RowRanges } from '../src/imports/row-ranges';
import { suppliesService } from '../src/service';
import {
  BRINGER,
  IMPORTS,
  act,
  checked,
  committed,
  csv,
  errorsOf,
  importOf,
  inspected,
  map,
  send,
  settled,
} from './support/import-work';
import { brokenInvariants } from './support/invariants';
import { KEEPER, TENT, aDepot, balanceOf, ledgerCounts, startSupplies, stockOf, type TestDepot } from './support/world';

const HEADINGS = ['日期', '业务类型', '仓库', '物资编码', '批号', '数量', '单据号'];

let service: TestService;
let worker: ImportWorker;
let imports: ImportsRepository;
let post: PostImport;

beforeAll(async () => {
  service = await startSupplies();
  worker = service.running.app.get(ImportWorker);
  imports = service.running.app.get(ImportsRepository);
  post = service.running.app.get(PostImport);
});
afterEach(() => worker.onApplicationBootstrap());
afterAll(async () => {
  expect(await brokenInvariants(service.database)).toEqual([]);
  await service.stop();
});

/** A ledger of one batch in each depot that comes in and is used piece by piece, 50 times. */
function ledgerOf(depots: readonly TestDepot[], batch: string): string {
  const rows = depots.flatMap(({ code }) => [
    ['2026-5-1', '入库', code, TENT, batch, 100, 'RK'],
    ...Array.from({ length: 50 }, (_, use) => ['2026-5-2', '领用', code, TENT, batch, 1, `CK-${use}`]),
  ]);
  return csv(HEADINGS, ...rows);
}

const movementsOf = async (id: string): Promise<number> => {
  const [row] = await service.database.query<{ count: string }>(
    `SELECT count(*) AS count FROM movements WHERE correlation_id = $1 AND business_key LIKE 'import:%'`,
    [id],
  );
  return Number(row.count);
};

/** A checked import that is to be posted and that nobody works on: the worker of the service rests. */
async function waiting(bytes: string, body: object = {}): Promise<string> {
  const work = await checked(service, { kind: 'movements', bytes });
  await worker.onModuleDestroy();
  const answer = await act(service, work.id, 'commit', { body });
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
  return work.id;
}

/** Takes the job as a copy of the service does. */
async function take(): Promise<{ record: ImportRecord; lease: Lease }> {
  const owner = randomUUID();
  const record = await imports.lease(owner);
  if (!record) throw new Error('nothing waits');
  return { record, lease: { importId: record.id, owner } };
}

/** The job is nobody's any more, as after a minute without a sign of life. */
const letGo = (id: string) =>
  service.database.query(`UPDATE imports SET lease_until = now() - interval '1 second' WHERE id = $1`, [id]);

async function postOnePortion(record: ImportRecord, lease: Lease): Promise<void> {
  const [job] = await service.running.app.get(RowRanges).jobs(record.id, 10);
  await post.postNext(record, lease, job);
}

describe('a service that dies in the middle', () => {
  it('of posting: another copy goes on where it stopped, and nothing is posted twice', async () => {
    const depots = [await aDepot(service), await aDepot(service), await aDepot(service)];
    const id = await waiting(ledgerOf(depots, 'K-1'));
    const first = await take();
    await postOnePortion(first.record, first.lease);
    expect(await movementsOf(id)).toBe(51);
    expect(await importOf(service, id)).toMatchObject({ state: 'committing', progress: { percent: 33 } });

    await letGo(id);
    worker.onApplicationBootstrap();
    expect(await settled(service, id)).toMatchObject({ state: 'committed', rows: { posted: 153, valid: 153 } });
    expect(await movementsOf(id)).toBe(153);
    for (const depot of depots) expect((await stockOf(service, depot.id)).available).toBe(50);
  });

  it('of checking: the check begins again, and finds every row once', async () => {
    const depots = [await aDepot(service), await aDepot(service)];
    const work = await inspected(service, { kind: 'movements', bytes: ledgerOf(depots, 'K-2') });
    if (work.state === 'inspected') await map(service, work);
    await worker.onModuleDestroy();
    await act(service, work.id, 'check');
    const { record, lease } = await take();
    await service.running.app.get(CheckImport).run(record, lease);
    await service.database.query(`UPDATE imports SET state = 'checking' WHERE id = $1`, [work.id]);
    worker.onApplicationBootstrap();
    expect((await settled(service, work.id)).rows).toMatchObject({ read: 102, valid: 102 });
    const [{ count }] = await service.database.query<{ count: string }>(
      'SELECT count(*) AS count FROM import_rows WHERE import_id = $1',
      [work.id],
    );
    expect(Number(count)).toBe(102);
    await act(service, work.id, 'cancellation');
  });

  it('and wakes up as a zombie posts nothing any more', async () => {
    const depot = await aDepot(service);
    const id = await waiting(ledgerOf([depot], 'K-3'));
    const zombie = await take();
    await letGo(id);
    const heir = await take();
    await expect(post.run(zombie.record, zombie.lease)).rejects.toBeInstanceOf(LeaseLostError);
    await expect(postOnePortion(zombie.record, zombie.lease)).rejects.toBeInstanceOf(LeaseLostError);
    expect(await movementsOf(id)).toBe(0);
    await post.run(heir.record, heir.lease);
    expect((await importOf(service, id)).rows.posted).toBe(51);
  });

  it('two copies that believe in the same job post every row once', async () => {
    const depots = [await aDepot(service), await aDepot(service), await aDepot(service)];
    const id = await waiting(ledgerOf(depots, 'K-4'));
    const { record, lease } = await take();
    await Promise.allSettled([post.run(record, lease), post.run(record, lease), post.run(record, lease)]);
    expect(await importOf(service, id)).toMatchObject({ state: 'committed', rows: { posted: 153 } });
    expect(await movementsOf(id)).toBe(153);
  });
});

it('a second copy of the service takes part in the work', async () => {
  const depot = await aDepot(service);
  const work = await checked(service, { kind: 'movements', bytes: ledgerOf([depot], 'C-1') });
  await worker.onModuleDestroy();
  await act(service, work.id, 'commit');
  const copy = await RunningService.start(suppliesService, service.settings);
  try {
    await waitFor('the copy to post it', async () => (await importOf(service, work.id)).state === 'committed');
    expect(await movementsOf(work.id)).toBe(51);
  } finally {
    await copy.stop();
  }
});

describe('rows that the ledger refuses although the check found them good', () => {
  const takeOut = async (depot: TestDepot, quantityBase: number) => {
    const [lot] = await service.database.query<{ lot_id: string }>(
      'SELECT lot_id FROM balances WHERE depot_id = $1 AND in_stock',
      [depot.id],
    );
    return service.request('POST', '/api/v1/supplies/movements', {
      as: KEEPER,
      body: { kind: 'use', depotId: depot.id, lines: [{ lotId: lot.lot_id, quantityBase }] },
    });
  };
  const uses = (depot: TestDepot): string =>
    csv(HEADINGS, ...[1, 2, 3, 4].map((use) => ['2026-5-2', '领用', depot.code, TENT, '', 2, `U-${use}`]));
  const stocked = async (): Promise<TestDepot> => {
    const depot = await aDepot(service);
    await committed(service, {
      kind: 'opening-stock',
      bytes: csv(['仓库', '物资编码', '数量', '批号'], [depot.code, TENT, 8, 'L-1']),
    });
    return depot;
  };

  it('stand alone in the end: the others are posted, and the list says which were not', async () => {
    const depot = await stocked();
    const id = await waiting(uses(depot));
    expect((await takeOut(depot, 3)).status).toBe(201);
    worker.onApplicationBootstrap();
    expect(await settled(service, id)).toMatchObject({ state: 'committed', rows: { posted: 2, valid: 2, refused: 2 } });
    expect(await errorsOf(service, id)).toEqual([
      '4 quantity quantity-exceeds-balance',
      '5 quantity quantity-exceeds-balance',
    ]);
    expect((await stockOf(service, depot.id)).available).toBe(1);
  });

  it('with all or nothing nothing is posted, and the import says why', async () => {
    const depot = await stocked();
    const before = await ledgerCounts(service);
    const id = await waiting(uses(depot), { allOrNothing: true });
    expect((await takeOut(depot, 3)).status).toBe(201);
    worker.onApplicationBootstrap();
    expect(await settled(service, id)).toMatchObject({
      state: 'failed',
      failure: { code: 'SUPPLIES_IMPORT_HAS_ERRORS', detail: 'is more than the depot held then' },
      rows: { posted: 0, valid: 4 },
    });
    expect(await movementsOf(id)).toBe(0);
    expect(Number((await ledgerCounts(service)).movements)).toBe(Number(before.movements) + 1);
    expect((await stockOf(service, depot.id)).available).toBe(5);
  });

  it('a depot that was closed, or is full, meanwhile takes nothing more', async () => {
    const [closed, full] = [await aDepot(service), await aDepot(service)];
    const id = await waiting(
      csv(
        HEADINGS,
        ['2026-5-1', '入库', closed.code, TENT, 'M-1', 5, ''],
        ['2026-5-1', '入库', full.code, TENT, 'M-1', 5, ''],
      ),
    );
    await service.database.query(`UPDATE depots SET state = 'closed' WHERE id = $1`, [closed.id]);
    await service.database.query(
      `UPDATE depots SET capacity_rule = 'hard', capacity_cubic_centimetres = 1 WHERE id = $1`,
      [full.id],
    );
    worker.onApplicationBootstrap();
    expect((await settled(service, id)).rows).toMatchObject({ posted: 0, refused: 2 });
    expect(await errorsOf(service, id)).toEqual(['2 quantity depot-closed', '3 quantity depot-full']);
  });

  it('a row that another import posted meanwhile is not posted again', async () => {
    const depot = await aDepot(service);
    const row = ['2026-5-1', '入库', depot.code, TENT, 'O-1', 5, 'RK-9'];
    const other = await checked(service, { kind: 'movements', bytes: csv(HEADINGS, row) });
    const id = await waiting(csv(HEADINGS, row, ['2026-5-2', '入库', depot.code, TENT, 'O-1', 6, 'RK-10']));
    worker.onApplicationBootstrap();
    expect((await settled(service, id)).rows.posted).toBe(2);
    await act(service, other.id, 'commit');
    expect((await settled(service, other.id)).rows).toMatchObject({ posted: 0, repeated: 1, valid: 0 });
    expect((await stockOf(service, depot.id)).available).toBe(11);
  });
});

it('a check with errors is not posted as all or nothing', async () => {
  const depot = await aDepot(service);
  const bytes = csv(['仓库', '物资编码', '数量'], [depot.code, TENT, 5], [depot.code, TENT, 0]);
  const work = await checked(service, { kind: 'opening-stock', bytes });
  const before = await ledgerCounts(service);
  const answer = await act(service, work.id, 'commit', { body: { allOrNothing: true } });
  expect([answer.status, answer.body.code]).toEqual([409, 'SUPPLIES_IMPORT_HAS_ERRORS']);
  expect(await ledgerCounts(service)).toEqual(before);
});

it('an import that is called off while it is checked stops, and its file may come again', async () => {
  const depot = await aDepot(service);
  const bytes = ledgerOf([depot], 'X-1');
  const work = await inspected(service, { kind: 'movements', bytes });
  if (work.state === 'inspected') await map(service, work);
  await worker.onModuleDestroy();
  await act(service, work.id, 'check');
  const { record, lease } = await take();
  await act(service, work.id, 'cancellation');
  await expect(service.running.app.get(CheckImport).run(record, lease)).rejects.toBeInstanceOf(LeaseLostError);
  expect(await importOf(service, work.id)).toMatchObject({ state: 'cancelled', rows: { posted: 0 } });
  worker.onApplicationBootstrap();
  const again = await send(service, { kind: 'movements', bytes });
  expect(again.body).toMatchObject({ repeated: false });
  await settled(service, again.body.id);
});

it('what is not gone on with ends after two weeks; of what ended only the file and the staged rows go', async () => {
  const depot = await aDepot(service);
  const work = await checked(service, { kind: 'movements', bytes: ledgerOf([depot], 'Y-1') });
  const passTime = () =>
    service.database.query(`UPDATE deadlines SET due_at = now() WHERE kind = 'import-end' AND subject_id = $1`, [
      work.id,
    ]);
  await passTime();
  await waitFor('it to end', async () => (await importOf(service, work.id)).state === 'cancelled');
  const [counts] = await service.database.query(
    `SELECT (SELECT count(*)::int FROM import_rows WHERE import_id = $1) AS rows,
            (SELECT count(*)::int FROM imports WHERE id = $1 AND file_id IS NOT NULL) AS files`,
    [work.id],
  );
  expect(counts).toEqual({ rows: 0, files: 0 });
  expect((await act(service, work.id, 'check')).body.code).toBe('SUPPLIES_IMPORT_STATE');
});

it('progress is told while it goes on', async () => {
  const depots = [await aDepot(service), await aDepot(service)];
  const id = await waiting(ledgerOf(depots, 'P-1'));
  expect((await importOf(service, id)).progress).toMatchObject({ percent: 0 });
  const { record, lease } = await take();
  await postOnePortion(record, lease);
  const { progress } = await importOf(service, id);
  expect(progress).toMatchObject({ percent: 50 });
  expect(progress?.rowsPerSecond).toBeGreaterThan(0);
  await letGo(id);
  worker.onApplicationBootstrap();
  expect(await settled(service, id)).toMatchObject({ progress: null, rows: { posted: 102 } });
  expect(await balanceOf(service, `depot:${depots[0].id}:available`)).toBe(50);
  const list = await service.request('GET', `${IMPORTS}?state=committing`, { as: BRINGER });
  expect(list.body).toEqual({ items: [], total: 0 });
});
