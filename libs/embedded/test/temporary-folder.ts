import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EmbeddedPostgres, type PostgresOptions, startPostgres } from '@ledger/embedded';

const made: string[] = [];
const started: EmbeddedPostgres[] = [];

/** A folder of its own for one test; `removeAll` removes it. */
export async function makeTemporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'ledger-embedded-'));
  made.push(folder);
  return folder;
}

/** Starts PostgreSQL as tests want it; `removeAll` stops it. */
export async function startTestPostgres(options: PostgresOptions): Promise<EmbeddedPostgres> {
  const server = await startPostgres({ durable: false, ...options });
  started.push(server);
  return server;
}

/** For `afterEach`: stops every server that still runs and removes the folders, also what was placed outside of them. */
export async function removeAll(): Promise<void> {
  const servers = started.splice(0);
  // All of them first: two may have run on one folder, one after the other.
  for (const server of servers) await server.stop();
  for (const { placement } of servers) {
    const isOutside = !made.some((folder) => placement.clusterDir.startsWith(folder));
    if (isOutside) await rm(join(placement.clusterDir, '..'), { recursive: true, force: true });
  }
  for (const folder of made.splice(0)) await rm(folder, { recursive: true, force: true });
}
