import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { spawnSync } from 'node:child_process';
import { LedgerSealed } from '@ledger/contracts';
import { waitFor, type TestCaller, type TestService } from '@ledger/testing';
import { Client } from 'pg';
import { checkChain, checkChainOf, type ChainResult } from '../../../tools/verify/chain';
import type { ChainStateResponse, MovementProofResponse } from '../src/chain/dto/chain.dto';
import { SealLedgerUseCase } from '../src/chain/seal-ledger';
import { AUDITOR, KEEPER, TENT, aDepot, aLot, startSupplies, type Problem, type TestDepot } from './support/world';

const PROJECT_DIR = resolve(__dirname, '../../..');
const VERIFIER = join(PROJECT_DIR, 'tools/verify-chain.cjs');
const MOVEMENTS = 30;

let service: TestService;
let depot: TestDepot;
let owner: Client;
let folder: string;

beforeAll(async () => {
  service = await startSupplies();
  depot = await aDepot(service);
  owner = new Client({ connectionString: service.databaseUrls.ownerUrl });
  await owner.connect();
  folder = await mkdtemp(join(tmpdir(), 'ledger-chain-'));
  for (let lot = 0; lot < MOVEMENTS; lot++) await aLot(service, depot, { quantityBase: 2 });
  await sealed();
});
afterAll(async () => {
  await owner.end();
  await service.stop();
  await rm(folder, { recursive: true, force: true });
});

const state = async () =>
  (await service.request<ChainStateResponse>('GET', '/api/v1/supplies/chain', { as: AUDITOR })).body;
const sealed = () => waitFor('everything to be sealed', async () => (await state()).unsealed === 0);
const check = (head?: string): Promise<ChainResult> =>
  checkChainOf(service.databaseUrls.ownerUrl, { projectDir: PROJECT_DIR, head, progress: () => undefined });
const lotWithNote = (note: string) =>
  service.request('POST', '/api/v1/supplies/receipts', {
    as: KEEPER,
    body: {
      ...{ depotId: depot.id, origin: 'purchase', note },
      lines: [{ itemCode: TENT, batchNumber: `B-${randomUUID()}`, quantityBase: 1 }],
    },
  });

describe('the chain', () => {
  it('seals every movement in the background and fits', async () => {
    const [{ count }] = await service.database.query<{ count: string }>('SELECT count(*) FROM movements');
    const { headHash } = await state();
    expect(await check(String(headHash))).toMatchObject({ isSound: true, movements: Number(count), headHash });
  });

  it('announces each sealing, so that others can keep its hash', async () => {
    const [announced] = (await service.published(LedgerSealed)).slice(-1);
    expect(announced).toMatchObject({ hash: (await state()).headHash });
  });

  it('holds any text that people write', async () => {
    const strange = '"quoted" \\ back, 河曲县 🚒 / <b> é';
    expect((await lotWithNote(strange)).status).toBe(201);
    await sealed();
    expect((await check()).isSound).toBe(true);
  });

  it('leaves out what is on its way, and seals it when it has come, also behind later ones', async () => {
    const slow = new Client({ connectionString: service.databaseUrls.appUrl });
    await slow.connect();
    await slow.query('BEGIN');
    const { rows } = await slow.query<{ sequence: string }>(
      `INSERT INTO movements (id, business_key, kind, recorded_by, correlation_id, causation_id)
       VALUES (gen_random_uuid(), 'slow', 'receipt', 'nobody', 'x', 'x') RETURNING sequence`,
    );
    await aLot(service, depot);
    await waitFor('a look ahead that sees the later one', async () => {
      const [seal] = await service.database.query<{ last: string | null }>(
        `SELECT payload -> 'candidate' ->> 'lastSequence' AS last FROM deadlines WHERE kind = 'ledger-seal'`,
      );
      return Number(seal?.last) > Number(rows[0].sequence);
    });
    expect((await state()).sealedUntilSequence).toBeLessThan(Number(rows[0].sequence));
    await slow.query('COMMIT');
    await slow.end();
    await sealed();
    expect((await check()).isSound).toBe(true);
  });

  it('has one chain when several seal at once', async () => {
    for (let lot = 0; lot < 5; lot++) await aLot(service, depot);
    const useCase = service.running.app.get(SealLedgerUseCase);
    const [{ last_value }] = await service.database.query<{ last_value: string }>(
      'SELECT last_value FROM movements_sequence_seq',
    );
    await Promise.all([1, 2, 3].map(() => service.database.transaction((tx) => useCase.execute(tx, last_value))));
    expect((await check()).isSound).toBe(true);
  });
});

/** Each is done by the owner of the database, who can take the triggers away; `located` is what must be named. */
const TAMPERING: readonly [what: string, statement: string, kind: string][] = [
  ['a quantity is changed', 'UPDATE postings SET quantity_base = quantity_base + 1 WHERE movement_id = $1', 'altered'],
  ['an account is changed', `UPDATE postings SET from_account = 'donor' WHERE movement_id = $1`, 'altered'],
  ['a note is changed', `UPDATE movements SET note = 'nothing happened' WHERE id = $1`, 'altered'],
  [
    'a time is changed',
    `UPDATE movements SET posted_at = posted_at - interval '1 microsecond' WHERE id = $1`,
    'altered',
  ],
  ['a person is changed', `UPDATE movements SET recorded_by = 'somebody else' WHERE id = $1`, 'altered'],
  ['a posting is dropped', 'DELETE FROM postings WHERE movement_id = $1', 'altered'],
  [
    'a posting is inserted',
    `INSERT INTO postings SELECT movement_id, 2, lot_id, from_account, to_account, 1, line_id, depot_id
     FROM postings WHERE movement_id = $1`,
    'altered',
  ],
  [
    'a movement is dropped',
    'WITH gone AS (DELETE FROM postings WHERE movement_id = $1) DELETE FROM movements WHERE id = $1',
    'dropped',
  ],
  [
    'a movement is inserted',
    `INSERT INTO movements (id, sequence, business_key, kind, recorded_by, correlation_id, causation_id)
     SELECT gen_random_uuid(), sequence, 'planted', 'receipt', 'nobody', 'x', 'x' FROM movements WHERE id = $1`,
    'inserted',
  ],
  [
    'a block is rewritten',
    `UPDATE ledger_blocks SET leaves = set_byte(leaves, 5, 1 + get_byte(leaves, 5) % 255)
     WHERE number = 1 AND $1::uuid IS NOT NULL`,
    'block-altered',
  ],
  ['a block is dropped', 'DELETE FROM ledger_blocks WHERE number = 1 AND $1::uuid IS NOT NULL', 'begin-missing'],
];

describe('tampering', () => {
  let tamperer: Client;

  /** All in one transaction that never ends well: every case is undone, and the service sees none of it. */
  beforeAll(async () => {
    tamperer = new Client({ connectionString: service.databaseUrls.superuserUrl });
    await tamperer.connect();
    await tamperer.query('BEGIN');
    for (const table of ['movements', 'postings', 'ledger_blocks']) {
      await tamperer.query(`ALTER TABLE ${table} DISABLE TRIGGER ALL`);
    }
    await tamperer.query('ALTER TABLE postings DROP CONSTRAINT fk_postings_movement');
    await tamperer.query('ALTER TABLE movements DROP CONSTRAINT uq_movements_sequence');
  });
  afterAll(async () => {
    await tamperer.query('ROLLBACK');
    await tamperer.end();
  });

  async function afterTampering(statement: string, parameters: string[], head?: string): Promise<ChainResult> {
    await tamperer.query('SAVEPOINT untouched');
    await tamperer.query(statement, parameters);
    const result = await checkChain(tamperer, { projectDir: PROJECT_DIR, head, progress: () => undefined });
    await tamperer.query('ROLLBACK TO untouched');
    return result;
  }
  const movements = async (): Promise<{ id: string; sequence: string }[]> =>
    (await tamperer.query<{ id: string; sequence: string }>('SELECT id, sequence FROM movements ORDER BY sequence'))
      .rows;

  it.each(TAMPERING)('is found and located when %s', async (_what, statement, kind) => {
    const { id, sequence } = (await movements())[10];
    const result = await afterTampering(statement, [id]);
    const named = result.faults.filter((fault) => fault.kind === kind);
    expect(named.length).toBeGreaterThan(0);
    if (kind === 'altered' || kind === 'dropped') expect(named[0].sequence).toBe(sequence);
  });

  it('of a hundred places is found where it was done', async () => {
    const fields = ['note', 'recorded_by', 'correlation_id', 'business_key'];
    const places = await movements();
    for (let time = 0; time < 100; time++) {
      const { id, sequence } = places[(time * 7) % places.length];
      const statement = `UPDATE movements SET ${fields[time % 4]} = 'x' || $2 WHERE id = $1`;
      const { faults } = await afterTampering(statement, [id, String(time)]);
      expect(faults).toEqual([{ kind: 'altered', block: expect.any(String) as string, sequence, movement: id }]);
    }
  });

  it('by cutting off the end is found by a hash that was kept elsewhere', async () => {
    const { rows } = await tamperer.query<{ hash: string }>(
      'SELECT hash FROM ledger_blocks ORDER BY number DESC LIMIT 1',
    );
    const cut = 'DELETE FROM ledger_blocks WHERE number = (SELECT max(number) FROM ledger_blocks)';
    expect((await afterTampering(cut, [])).isSound).toBe(true);
    expect((await afterTampering(cut, [], rows[0].hash)).faults).toEqual([
      expect.objectContaining({ kind: 'end-missing' }),
    ]);
  });
});

describe('an auditor', () => {
  const ask = <Body>(path: string, as: TestCaller = AUDITOR) =>
    service.request<Body & Problem>('GET', `/api/v1/supplies/chain${path}`, { as });
  const run = (file: string, ...more: string[]) => {
    const { status, stdout } = spawnSync(process.execPath, [VERIFIER, file, '--json', ...more], {
      cwd: folder,
      encoding: 'utf8',
    });
    return { status, result: JSON.parse(stdout) as ChainResult };
  };
  const exported = async (): Promise<string> => {
    const response = await fetch(`${service.url}/api/v1/supplies/chain/export?blocks=20`, {
      headers: { authorization: `Bearer ${await service.token(AUDITOR)}` },
    });
    expect(response.headers.get('content-type')).toContain('application/x-ndjson');
    return response.text();
  };

  it('checks an export with a program of its own and nothing else', async () => {
    await sealed();
    const { headHash } = await state();
    const file = join(folder, 'export.ndjson');
    await writeFile(file, await exported());
    expect(run(file, '--head', String(headHash))).toMatchObject({ status: 0, result: { isSound: true, headHash } });
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace(`"${depot.id}"`, `"${randomUUID()}"`));
    expect(run(file)).toMatchObject({ status: 1, result: { isSound: false } });
  });

  it('proves one movement without seeing the others', async () => {
    const [{ id }] = await service.database.query<{ id: string }>('SELECT id FROM movements ORDER BY sequence LIMIT 1');
    const { body } = await ask<MovementProofResponse>(`/movements/${id}/proof`);
    const file = join(folder, 'proof.ndjson');
    await writeFile(file, body.lines.join('\n'));
    const { result } = run(file, '--part');
    expect(result.faults.filter(({ kind }) => kind !== 'dropped')).toEqual([]);
    expect(result.faults.some(({ sequence }) => sequence === String(body.sequence))).toBe(false);
  });

  it('of a county exports nothing of others, and a keeper nothing at all', async () => {
    const elsewhere = await aDepot(service, { regionCode: '610822' });
    expect((await ask('/export')).body.code).toBe('AUTH_REGION_OUT_OF_SCOPE');
    await service.database.query('DELETE FROM depots WHERE id = $1', [elsewhere.id]);
    expect((await ask('/export', KEEPER)).status).toBe(403);
  });
});
