import { type ChildProcess, spawn } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Account } from './account';
import { POSTGRES_ENVIRONMENT } from './postgres-settings';
import { commandLineOf, processIdentity } from './process-identity';
import { StartError } from './start-errors';

const FAST_STOP_MS = 20_000;
const IMMEDIATE_STOP_MS = 5_000;
const POLL_MS = 50;
const PID_FILE = 'postmaster.pid';

/** What PostgreSQL writes about itself into its folder. */
export interface PostmasterFile {
  readonly pid: number;
  readonly port: number;
}

/** Reads `postmaster.pid`; null when it is missing or not finished. The process in it need not live. */
export async function readPostmasterFile(clusterDir: string): Promise<PostmasterFile | null> {
  let text: string;
  try {
    text = await readFile(join(clusterDir, PID_FILE), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  return parsePostmasterFile(text);
}

/** Line 1 is the process number, line 4 the port. */
export function parsePostmasterFile(text: string): PostmasterFile | null {
  const lines = text.split('\n');
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  return Number.isInteger(pid) && pid > 0 && Number.isInteger(port) && port > 0 ? { pid, port } : null;
}

/**
 * Ends a PostgreSQL that is still running on a folder although the program that started it is gone, and removes a
 * stale `postmaster.pid` whose number now belongs to another program. The caller holds the lock of the data folder.
 * @returns a notice for the person at the terminal, or null when there was nothing to do
 */
export async function endOrphan(clusterDir: string): Promise<string | null> {
  const found = await readPostmasterFile(clusterDir);
  if (found === null || processIdentity(found.pid) === null) return null;
  if (!commandLineOf(found.pid).includes(`-D ${clusterDir} `)) {
    await rm(join(clusterDir, PID_FILE), { force: true });
    return null;
  }
  await endPostmaster(found.pid);
  return `Stopped a PostgreSQL (process ${found.pid}) left behind by a stack that was killed.`;
}

/**
 * Stops a postmaster: fast (open transactions roll back, all is written out), after 20 s immediate (the next start
 * recovers from the log), and as a last resort by force.
 */
export async function endPostmaster(pid: number): Promise<void> {
  for (const [signal, bound] of [
    ['SIGINT', FAST_STOP_MS],
    ['SIGQUIT', IMMEDIATE_STOP_MS],
    ['SIGKILL', IMMEDIATE_STOP_MS],
  ] as const) {
    if (!sendSignal(pid, signal)) return;
    if (await isGone(pid, bound)) return;
  }
  throw new StartError('DATABASE_FAILED', `PostgreSQL (process ${pid}) cannot be stopped.`);
}

/** @returns false when no such process lives */
export function sendSignal(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}

async function isGone(pid: number, withinMs: number): Promise<boolean> {
  const end = performance.now() + withinMs;
  while (performance.now() < end) {
    if (processIdentity(pid) === null) return true;
    await delay(POLL_MS);
  }
  return false;
}

/**
 * A shell of about one megabyte that waits for the end of its input. The input ends when this Node process ends, even
 * by SIGKILL; the shell then stops PostgreSQL, unless the number in postmaster.pid has changed.
 */
const WATCHDOG = `
while read -r line; do :; done
running() { read -r first < "$1/postmaster.pid" && [ "$first" = "$2" ]; }
running "$@" 2>/dev/null && kill -INT "$2"
for second in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do running "$@" 2>/dev/null || exit 0; sleep 1; done
kill -QUIT "$2"`;

/** Starts the watchdog over a running postmaster. It lives in a session of its own: Ctrl-C does not reach it. */
export function watchPostmaster(clusterDir: string, pid: number, account: Account | null): ChildProcess {
  const owner = account === null ? {} : { uid: account.uid, gid: account.gid };
  const watchdog = spawn('/bin/sh', ['-c', WATCHDOG, 'ledger-watchdog', clusterDir, String(pid)], {
    ...owner,
    cwd: '/',
    env: POSTGRES_ENVIRONMENT,
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  watchdog.on('error', () => undefined); // without a shell the next start still finds and stops the orphan
  watchdog.unref();
  (watchdog.stdin as Socket).unref();
  return watchdog;
}
