import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { processIdentity } from './process-identity';
import { StartError, explainFileError } from './start-errors';

/** Who holds a data folder. */
export interface LockHolder {
  readonly pid: number;
  /** See `processIdentity`: tells the holder from a later process with the same number. */
  readonly identity: string;
  /** What the holder does, for the message to others: `npm start`, `npm run verify`, … */
  readonly purpose: string;
  readonly since: string;
}

export interface FolderLock {
  /** Gives the folder free; safe to call twice. */
  release(): Promise<void>;
}

const LOCK_FILE = 'stack.lock';
const ATTEMPTS = 20;
const RETRY_MS = 50;

/**
 * Makes this process the only one that uses a data folder. A lock left by a process that is gone is taken over.
 * @throws StartError DATA_FOLDER_IN_USE, DATA_FOLDER_NOT_WRITABLE, DISK_FULL
 */
export async function lockDataFolder(dataDir: string, purpose: string): Promise<FolderLock> {
  const path = join(dataDir, LOCK_FILE);
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    if (await createLock(path, purpose)) return { release: () => rm(path, { force: true }) };
    const holder = await readHolder(path);
    if (holder !== null && isAlive(holder)) throw inUse(dataDir, holder);
    if (holder !== null || attempt === ATTEMPTS / 2) await removeStale(path);
    await delay(RETRY_MS); // a lock that cannot be read is being written at this moment, or was left half written
  }
  throw new StartError(
    'DATA_FOLDER_IN_USE',
    `Several programs are trying to use ${dataDir} at once. Start one of them again.`,
  );
}

/** Asks without taking the lock. @throws StartError DATA_FOLDER_IN_USE */
export async function refuseIfInUse(dataDir: string): Promise<void> {
  const holder = await lockHolderOf(dataDir);
  if (holder !== null) throw inUse(dataDir, holder);
}

/** The living holder of a data folder, or null when nobody uses it. */
export async function lockHolderOf(dataDir: string): Promise<LockHolder | null> {
  const holder = await readHolder(join(dataDir, LOCK_FILE));
  return holder !== null && isAlive(holder) ? holder : null;
}

async function createLock(path: string, purpose: string): Promise<boolean> {
  const identity = processIdentity(process.pid) ?? '';
  const holder: LockHolder = { pid: process.pid, identity, purpose, since: new Date().toISOString() };
  try {
    await writeFile(path, JSON.stringify(holder), { flag: 'wx', mode: 0o644 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw explainFileError(error, path);
  }
}

async function readHolder(path: string): Promise<LockHolder | null> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as LockHolder;
  } catch {
    return null;
  }
}

function isAlive(holder: LockHolder): boolean {
  return processIdentity(holder.pid) === holder.identity;
}

/** Moves the lock away before removing it, and puts it back when another process has renewed it in between. */
async function removeStale(path: string): Promise<void> {
  const aside = `${path}.${process.pid}`;
  try {
    await rename(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return; // somebody else was quicker
    throw explainFileError(error, path);
  }
  const moved = await readHolder(aside);
  if (moved !== null && isAlive(moved)) await rename(aside, path);
  else await rm(aside, { force: true });
}

function inUse(dataDir: string, holder: LockHolder): StartError {
  return new StartError(
    'DATA_FOLDER_IN_USE',
    `${dataDir} is in use by process ${holder.pid} (${holder.purpose}, since ${holder.since}). Stop it first, or choose another folder with --data-dir.`,
  );
}
