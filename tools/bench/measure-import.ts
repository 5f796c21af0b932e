import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from 'pg';
import type { BenchServer, BenchService } from './bench-server';
import { importSheet, type ImportSheet } from './import-sheet';
import type { Measurement } from './rounds';
import { createSetbasedImport, importSetbased } from './setbased-import';
import { fillLedger } from './stock-data';

const ROWS = 100_000;
const LOTS = 6_000;
const POLL_MS = 100;
const MEBIBYTE = 1024 ** 2;

interface ImportAnswer {
  readonly id: string;
  readonly state: string;
  readonly rows: { readonly posted: number; readonly refused: number };
  readonly failure: { readonly code: string } | null;
}

/**
 * A sheet of 100,000 movements from the upload to the last row posted, as a person brings it in: stored, looked at,
 * checked, posted. Beside it the same rows by COPY and one posting over all of them. Publishing and sealing are measured
 * elsewhere; here they would go on after the one and beside the other.
 */
export async function measureImport(server: BenchServer): Promise<Measurement> {
  const service = await server.startService('import');
  const owner = await service.connectAsOwner();
  await fillLedger(owner, LOTS, 1_000);
  await createSetbasedImport(owner);
  await holdRelay(owner);
  await stopSealing(owner);
  const token = await server.identity.token();
  const caller = new ImportCaller(service, token);
  await caller.remember();
  let rounds = 0;
  let growth = 0;
  return {
    cells: {
      setbased: () => importSetbased(owner, importSheet(ROWS, `S${++rounds}`), `S${rounds}`),
      import: async () => {
        const measured = await caller.bring(importSheet(ROWS, `I${++rounds}`));
        growth = measured.growthMebibytes;
        return measured.rowsPerSecond;
      },
      growth: () => Promise.resolve(growth),
    },
    ratios: { import_over_setbased: ({ import: own, setbased }) => own / setbased },
    unit: 'rows a second; growth: MiB of memory while one sheet comes in',
    close: () => owner.end(),
  };
}

/** The relay works while it has this lock. */
const RELAY_LOCK = 4_711_002;
const holdRelay = (owner: Client): Promise<unknown> => owner.query('SELECT pg_advisory_lock($1)', [RELAY_LOCK]);

/** A seal in hand plans the next one when it ends: what is taken away once may come back. */
async function stopSealing(owner: Client): Promise<void> {
  for (let tries = 0; tries < 10; tries++) {
    await owner.query(`DELETE FROM deadlines WHERE kind = 'ledger-seal'`);
    await pause(200);
  }
}

class ImportCaller {
  constructor(
    private readonly service: BenchService,
    private readonly token: string,
  ) {}

  /** The first sheet of its kind is mapped by a person; those after it are known. */
  async remember(): Promise<void> {
    const { id } = await this.upload(importSheet(20, 'first'));
    const work = await this.rest(id);
    const { sheet: _sheet, basis: _basis, ...mapping } = work.mapping;
    await this.ask('PUT', `/${id}/mapping`, mapping);
  }

  async bring(sheet: ImportSheet): Promise<{ rowsPerSecond: number; growthMebibytes: number }> {
    const before = await this.memory();
    let most = before;
    const watch = async (): Promise<void> => void (most = Math.max(most, await this.memory()));
    const started = performance.now();
    const { id } = await this.upload(sheet);
    await this.rest(id, watch);
    await this.ask('POST', `/${id}/check`, {});
    await this.rest(id, watch);
    await this.ask('POST', `/${id}/commit`, {});
    const done = await this.rest(id, watch);
    const seconds = (performance.now() - started) / 1_000;
    if (done.rows.posted !== sheet.rows) throw new Error(`the import ended as ${JSON.stringify(done)}`);
    return { rowsPerSecond: sheet.rows / seconds, growthMebibytes: (most - before) / MEBIBYTE };
  }

  private async upload({ csv }: ImportSheet): Promise<ImportAnswer> {
    return this.send('POST', '?kind=movements', new Uint8Array(csv), 'text/csv');
  }

  private ask(method: string, path: string, body: object): Promise<ImportAnswer> {
    return this.send(method, path, JSON.stringify(body), 'application/json');
  }

  private async rest(id: string, watch?: () => Promise<void>) {
    for (let polls = 0; ; polls++) {
      const work = (await this.send('GET', `/${id}`)) as ImportAnswer & { mapping: Record<string, unknown> };
      if (!['uploaded', 'checking', 'committing'].includes(work.state)) return work;
      if (watch && polls % 10 === 0) await watch();
      await pause(POLL_MS);
    }
  }

  private async send(
    method: string,
    path: string,
    body?: string | Uint8Array<ArrayBuffer>,
    type?: string,
  ): Promise<ImportAnswer> {
    const response = await fetch(`http://127.0.0.1:${this.service.port}/api/v1/supplies/imports${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        'idempotency-key': randomUUID(),
        ...(type === undefined ? {} : { 'content-type': type }),
      },
      body,
    });
    const answer = (await response.json()) as ImportAnswer;
    if (!response.ok) throw new Error(`${method} ${path} answered ${JSON.stringify(answer)}`);
    return answer;
  }

  /** Resident memory of the service, in bytes. */
  private async memory(): Promise<number> {
    const text = await (await fetch(`http://127.0.0.1:${this.service.port}/metrics`)).text();
    return Number(/^process_resident_memory_bytes (\S+)$/m.exec(text)?.[1] ?? NaN);
  }
}
