import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type DatabaseUrls, databaseUrls } from './databases';
import { lockHolderOf } from './folder-lock';
import { clusterDirOf } from './placement';
import { HOST } from './embedded-postgres';
import { readPostmasterFile } from './postmaster';
import { processIdentity } from './process-identity';
import { readPasswords } from './secrets';
import type { DatabaseName } from './service-names';
import { explainFileError } from './start-errors';

const STACK_FILE = 'stack.json';

/** What a ready stack tells other programs on this machine. */
export interface RunningStack {
  readonly pid: number;
  readonly gatewayUrl: string;
}

export async function publishStack(dataDir: string, stack: RunningStack): Promise<void> {
  await writeFile(join(dataDir, STACK_FILE), `${JSON.stringify(stack)}\n`);
}

export async function withdrawStack(dataDir: string): Promise<void> {
  await rm(join(dataDir, STACK_FILE), { force: true });
}

/** The stack that is ready on a data folder, or null. A note left by a stack that was killed is not believed. */
export async function findRunningStack(dataDir: string): Promise<RunningStack | null> {
  const holder = await lockHolderOf(dataDir);
  if (holder === null) return null;
  try {
    const stack = JSON.parse(await readFile(join(dataDir, STACK_FILE), 'utf8')) as RunningStack;
    return stack.pid === holder.pid ? stack : null;
  } catch {
    return null;
  }
}

/**
 * The database addresses of the PostgreSQL that runs on a data folder, or null when none runs.
 * @throws StartError DATA_FOLDER_NOT_WRITABLE when the folder belongs to another user, SECRETS_UNUSABLE
 */
export async function findRunningDatabases(dataDir: string): Promise<Record<DatabaseName, DatabaseUrls> | null> {
  try {
    const postmaster = await readPostmasterFile(clusterDirOf(dataDir));
    if (postmaster === null || processIdentity(postmaster.pid) === null) return null;
    const passwords = await readPasswords(dataDir);
    if (passwords === null) return null;
    const urlOf = (role: string, database: string) =>
      `postgresql://${role}:${passwords[role]}@${HOST}:${postmaster.port}/${database}`;
    return databaseUrls({ urlOf });
  } catch (error) {
    throw explainFileError(error, dataDir);
  }
}
