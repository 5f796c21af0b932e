import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { join } from 'node:path';
import { type Account, chooseAccount, runAs, succeedsAs } from './account';
import { type PostgresBinaries, programOf } from './binaries';
import { StartError, explainFileError } from './start-errors';

/** Where the parts of the embedded PostgreSQL are, and who runs it. */
export interface Placement {
  /** The database folder (PGDATA); it need not exist yet, its parent does. */
  readonly clusterDir: string;
  /** Programs that the account can run. */
  readonly nativeDir: string;
  readonly account: Account | null;
  /** One line for each thing that the person at the terminal should know. */
  readonly notices: readonly string[];
}

const OUTSIDE_PREFIX = '/var/lib/emergency-resources-ledger-';
const CLUSTER_NAME = 'postgres';

/** The database folder of a data folder, links followed; it need not exist. */
export function clusterDirOf(dataDir: string): string {
  const path = join(dataDir, CLUSTER_NAME);
  return existsSync(path) ? realpathSync(path) : path;
}

/**
 * Decides where PostgreSQL and its data live. Normally that is the data folder and the npm package. Started as root,
 * PostgreSQL runs under an account without rights; what that account cannot reach (a clone under /root) is placed in a
 * folder of its own under /var/lib, and a link in the data folder points there.
 * @throws StartError NO_UNPRIVILEGED_ACCOUNT, PLATFORM_PACKAGE_MISSING, DATA_FOLDER_NOT_WRITABLE, DISK_FULL
 */
export function placePostgres(dataDir: string, binaries: PostgresBinaries): Placement {
  const present = clusterDirOf(dataDir);
  const account = chooseAccount(present);
  const notices = account === null ? [] : [`Started as root: PostgreSQL runs as ${account.name} (uid ${account.uid}).`];
  const outside = OUTSIDE_PREFIX + createHash('sha256').update(dataDir).digest('hex').slice(0, 12);
  try {
    const clusterDir =
      account === null || existsSync(present) ? present : placeCluster(dataDir, outside, account, notices);
    return { clusterDir, nativeDir: placeBinaries(binaries, outside, account, notices), account, notices };
  } catch (error) {
    throw explainFileError(error, outside);
  }
}

function placeCluster(dataDir: string, outside: string, account: Account, notices: string[]): string {
  chmodSync(dataDir, statSync(dataDir).mode | 0o011); // lets the account pass through; the secrets keep their own mode
  const inside = join(dataDir, CLUSTER_NAME);
  if (succeedsAs(account, '/bin/sh', ['-c', 'cd "$1"', 'sh', dataDir])) return inside;
  makeOutside(outside);
  notices.push(`${account.name} cannot reach ${dataDir}: the database is in ${outside} (linked from ${inside}).`);
  const target = join(outside, CLUSTER_NAME);
  if (lstatSync(inside, { throwIfNoEntry: false }) === undefined) symlinkSync(target, inside);
  return target;
}

function placeBinaries(
  { nativeDir, version }: PostgresBinaries,
  outside: string,
  account: Account | null,
  notices: string[],
): string {
  const inPackage = runAs(account, programOf(nativeDir, 'postgres'), ['--version']);
  if (inPackage.status === 0) return nativeDir;
  const copy = join(outside, `programs-${version}`);
  if (account !== null) {
    if (!existsSync(copy)) copyPrograms(nativeDir, copy, outside);
    notices.push(`${account.name} cannot reach ${nativeDir}: PostgreSQL runs from a copy in ${copy}.`);
    if (succeedsAs(account, programOf(copy, 'postgres'), ['--version'])) return copy;
  }
  const reason = inPackage.output.trim().split('\n', 1)[0];
  throw new StartError(
    'PLATFORM_PACKAGE_MISSING',
    `The PostgreSQL in ${nativeDir} does not run on this system: ${reason}`,
  );
}

/** The copy gets its name only when it is whole, so that an interrupted one is never used. */
function copyPrograms(nativeDir: string, copy: string, outside: string): void {
  makeOutside(outside);
  const unfinished = `${copy}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  cpSync(nativeDir, unfinished, { recursive: true, verbatimSymlinks: true });
  renameSync(unfinished, copy);
}

function makeOutside(outside: string): void {
  mkdirSync(outside, { recursive: true });
  chmodSync(outside, 0o711);
}
