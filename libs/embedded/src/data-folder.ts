import { mkdir, stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { StartError, explainFileError } from './start-errors';

/** A new database, its write-ahead log, five service databases with seeds, and logs. */
export const FIRST_START_BYTES = 400 * 1024 * 1024;
/** Room for the write-ahead log and recovery of a database that is already there. */
export const LATER_START_BYTES = 64 * 1024 * 1024;

/** Makes the data folder when it is missing. @throws StartError DATA_FOLDER_NOT_WRITABLE, DISK_FULL */
export async function makeDataFolder(dataDir: string): Promise<void> {
  try {
    await makeFolder(dataDir);
  } catch (error) {
    throw explainFileError(error, dataDir);
  }
}

/** Parents first. Not `mkdir` with `recursive`, which never ends where a folder exists but takes no others (/proc). */
async function makeFolder(path: string): Promise<void> {
  const known = await stat(path).catch(() => null);
  if (known?.isDirectory()) return;
  if (known === null && dirname(path) !== path) await makeFolder(dirname(path));
  await mkdir(path);
}

/** Refuses to start on a disk that is nearly full. @throws StartError DISK_FULL */
export async function requireFreeSpace(folder: string, minimumBytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  if (free >= minimumBytes) return;
  const [left, needed] = [free, minimumBytes].map((bytes) => Math.floor(bytes / 1024 / 1024));
  throw new StartError(
    'DISK_FULL',
    `Only ${left} MB are free on the disk that holds ${folder}; at least ${needed} MB are needed. Make room and start again.`,
  );
}
