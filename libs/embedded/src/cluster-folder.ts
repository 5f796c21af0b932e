import { spawn } from 'node:child_process';
import { chown, mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Account } from './account';
import { programOf } from './binaries';
import type { Placement } from './placement';
import { POSTGRES_ENVIRONMENT, initdbArguments } from './postgres-settings';
import { StartError, diskFull, explainFileError, saysDiskFull } from './start-errors';

/** Written into the folder after initdb has finished, before the folder gets its final name. */
const MARKER = 'ledger-cluster.json';
const FINISHED_FILES = [MARKER, 'PG_VERSION'];

/** initdb takes about a second; on a very slow disk, a minute. */
const INITDB_MS = 180_000;

export type ClusterState =
  { readonly kind: 'absent' } | { readonly kind: 'complete' } | { readonly kind: 'half'; readonly missing: string };

/** Tells from the names in a database folder whether it is one. @param names  null when the folder does not exist */
export function classifyCluster(names: readonly string[] | null): ClusterState {
  if (names === null || names.length === 0) return { kind: 'absent' };
  const missing = FINISHED_FILES.find((file) => !names.includes(file));
  return missing === undefined ? { kind: 'complete' } : { kind: 'half', missing };
}

/**
 * Looks whether a finished database is there, made by the same major version.
 * @returns false when there is none yet
 * @throws StartError DATA_FOLDER_HALF_INITIALISED, DATA_FOLDER_OTHER_VERSION, DATA_FOLDER_NOT_WRITABLE
 */
export async function hasCluster(clusterDir: string, majorVersion: string): Promise<boolean> {
  const state = classifyCluster(await namesIn(clusterDir));
  if (state.kind === 'half') {
    const line = `The database folder ${clusterDir} is half initialised (${state.missing} is missing); nothing was changed. Remove it if it holds nothing you need, else restore it from a backup.`;
    throw new StartError('DATA_FOLDER_HALF_INITIALISED', line);
  }
  if (state.kind === 'absent') return false;
  const found = (await readFile(join(clusterDir, 'PG_VERSION'), 'utf8')).trim();
  if (found === majorVersion) return true;
  const line = `The database in ${clusterDir} was made by PostgreSQL ${found}; this release brings PostgreSQL ${majorVersion}. Move the data with pg_dump and pg_restore.`;
  throw new StartError('DATA_FOLDER_OTHER_VERSION', line);
}

export interface InitialiseOptions {
  readonly placement: Placement;
  readonly superuserPassword: string;
  readonly durable: boolean;
}

/**
 * Makes a database in `<clusterDir>.init` and renames it when it is finished: an interrupted run leaves nothing that
 * could be taken for a database, and its remains are removed at the next start.
 * @throws StartError DISK_FULL, DATA_FOLDER_NOT_WRITABLE, DATABASE_FAILED
 */
export async function initialiseCluster({ placement, superuserPassword, durable }: InitialiseOptions): Promise<void> {
  const { clusterDir, nativeDir, account } = placement;
  const folder = `${clusterDir}.init`;
  const passwordFile = `${clusterDir}.password`;
  try {
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { mode: 0o700 });
    await rm(passwordFile, { force: true });
    await writeFile(passwordFile, `${superuserPassword}\n`, { mode: 0o600, flag: 'wx' });
    await giveTo(account, [folder, passwordFile]);
    await runInitdb(programOf(nativeDir, 'initdb'), initdbArguments(folder, passwordFile, durable), {
      account,
      folder,
    });
    await writeFile(join(folder, MARKER), `${JSON.stringify({ finishedAt: new Date().toISOString() })}\n`);
    await giveTo(account, [join(folder, MARKER)]);
    await rename(folder, clusterDir);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw explainFileError(error, clusterDir);
  } finally {
    await rm(passwordFile, { force: true });
  }
}

async function runInitdb(
  program: string,
  args: readonly string[],
  where: { account: Account | null; folder: string },
): Promise<void> {
  const owner = where.account === null ? {} : { uid: where.account.uid, gid: where.account.gid };
  const child = spawn(program, args, {
    ...owner,
    cwd: '/',
    env: POSTGRES_ENVIRONMENT,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: INITDB_MS,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (output += text.toString()));
  const code = await new Promise<number | null>((resolve, reject) =>
    child.once('error', reject).once('close', resolve),
  );
  if (code === 0) return;
  if (saysDiskFull(output)) throw diskFull(dirname(where.folder));
  const reason = output.split('\n').find((line) => /^initdb: |error|fatal/i.test(line)) ?? `exit code ${code}`;
  throw new StartError('DATABASE_FAILED', `The database could not be initialised in ${where.folder}: ${reason}`);
}

async function giveTo(account: Account | null, paths: readonly string[]): Promise<void> {
  if (account === null) return;
  for (const path of paths) await chown(path, account.uid, account.gid);
}

async function namesIn(folder: string): Promise<string[] | null> {
  try {
    return await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw explainFileError(error, folder);
  }
}
