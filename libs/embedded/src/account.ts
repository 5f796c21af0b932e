import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { StartError } from './start-errors';

/** The system account under which PostgreSQL runs; it refuses to run as root. */
export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

const PREFERRED_ACCOUNTS = ['postgres', 'nobody'];

/**
 * Chooses the account for PostgreSQL when this program runs as root: the owner of a database that is already there,
 * else `postgres` where the system has it, else `nobody`.
 * @returns null when this program is not root: PostgreSQL then runs as the same user
 * @throws StartError NO_UNPRIVILEGED_ACCOUNT
 */
export function chooseAccount(clusterDir: string): Account | null {
  if (process.getuid?.() !== 0) return null;
  const owner = statSync(clusterDir, { throwIfNoEntry: false });
  if (owner !== undefined && owner.uid !== 0) return { name: nameOf(owner.uid), uid: owner.uid, gid: owner.gid };
  for (const name of PREFERRED_ACCOUNTS) {
    const account = findAccount(name);
    if (account !== null) return account;
  }
  throw new StartError(
    'NO_UNPRIVILEGED_ACCOUNT',
    'PostgreSQL does not run as root and this system has neither a user "postgres" nor "nobody". Add one, or start as another user.',
  );
}

/** Whether a command ends with success when it is run by the account (or by this user when it is null). */
export function succeedsAs(account: Account | null, command: string, args: readonly string[]): boolean {
  return runAs(account, command, args).status === 0;
}

/** Runs a short command as the account and waits for it; its output tells why it failed. */
export function runAs(
  account: Account | null,
  command: string,
  args: readonly string[],
): { status: number | null; output: string } {
  const owner = account === null ? {} : { uid: account.uid, gid: account.gid };
  const run = spawnSync(command, args, { ...owner, cwd: '/', env: { LC_ALL: 'C' }, encoding: 'utf8', timeout: 10_000 });
  return { status: run.status, output: run.error?.message ?? run.stderr };
}

function findAccount(name: string): Account | null {
  const uid = idOf('-u', name);
  const gid = idOf('-g', name);
  return uid === null || gid === null ? null : { name, uid, gid };
}

function idOf(option: '-u' | '-g', name: string): number | null {
  const answer = spawnSync('id', [option, name], { encoding: 'utf8' });
  return answer.status === 0 ? Number.parseInt(answer.stdout, 10) : null;
}

function nameOf(uid: number): string {
  const answer = spawnSync('id', ['-nu', String(uid)], { encoding: 'utf8' });
  return answer.status === 0 ? answer.stdout.trim() : 'the owner of the database';
}
