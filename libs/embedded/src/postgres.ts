import { dirname } from 'node:path';
import { findBinaries, majorVersionOf } from './binaries';
import { hasCluster, initialiseCluster } from './cluster-folder';
import { FIRST_START_BYTES, LATER_START_BYTES, makeDataFolder, requireFreeSpace } from './data-folder';
import { EmbeddedPostgres, SUPERUSER } from './embedded-postgres';
import { type FolderLock, lockDataFolder } from './folder-lock';
import { makeLogFolder } from './log-file';
import { placePostgres } from './placement';
import { endOrphan } from './postmaster';
import { type Passwords, completePasswords, readPasswords, secretsFileOf } from './secrets';
import { StartError } from './start-errors';

export interface PostgresOptions {
  /** Absolute path; holds `postgres/`, `secrets.json`, `logs/` and the lock. Made when it is missing. */
  readonly dataDir: string;
  /** Roles that need a password in `secrets.json`, besides the superuser. */
  readonly roles?: readonly string[];
  /** False is faster and loses data when the machine fails; for tests only. Default true. */
  readonly durable?: boolean;
  /** What the caller is, shown to others who find the data folder in use. */
  readonly purpose?: string;
  /** Free bytes required on the disk; the default suits the whole stack. */
  readonly minimumFreeBytes?: number;
  /** Called with lines for the person at the terminal, such as under which account PostgreSQL runs. */
  readonly onNotice?: (line: string) => void;
}

/**
 * Starts PostgreSQL on a data folder and initialises it on first use. The caller stops it.
 * @throws StartError with any code but SERVICE_FAILED and NOT_BUILT
 */
export async function startPostgres(options: PostgresOptions): Promise<EmbeddedPostgres> {
  const { dataDir } = options;
  await makeDataFolder(dataDir);
  const lock = await lockDataFolder(dataDir, options.purpose ?? 'embedded PostgreSQL');
  try {
    const server = await openServer(options, lock);
    await server.start();
    return server;
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function openServer(options: PostgresOptions, lock: FolderLock): Promise<EmbeddedPostgres> {
  const { dataDir, durable = true, onNotice } = options;
  const binaries = findBinaries();
  const placement = placePostgres(dataDir, binaries);
  placement.notices.forEach((line) => onNotice?.(line));
  const isPresent = await hasCluster(placement.clusterDir, majorVersionOf(binaries));
  await requireFreeSpace(
    dirname(placement.clusterDir),
    options.minimumFreeBytes ?? (isPresent ? LATER_START_BYTES : FIRST_START_BYTES),
  );
  const passwords = await openPasswords(options, isPresent ? placement.clusterDir : null);
  if (!isPresent) await initialiseCluster({ placement, superuserPassword: passwords[SUPERUSER] as string, durable });
  const orphan = await endOrphan(placement.clusterDir);
  if (orphan !== null) onNotice?.(orphan);
  return new EmbeddedPostgres(placement, passwords, makeLogFolder(dataDir), durable, lock);
}

async function openPasswords(
  { dataDir, roles = [] }: PostgresOptions,
  presentCluster: string | null,
): Promise<Passwords> {
  const known = await readPasswords(dataDir);
  if (presentCluster !== null && known === null) {
    const line = `The passwords of the database in ${presentCluster} are gone: ${secretsFileOf(dataDir)} is missing. Restore that file, or remove the database folder to start anew.`;
    throw new StartError('SECRETS_UNUSABLE', line);
  }
  return completePasswords(dataDir, known, [SUPERUSER, ...roles]);
}
