import { setTimeout as delay } from 'node:timers/promises';
import { Client, DatabaseError } from 'pg';
import { lastMessage } from './log-file';
import { StartError, diskFull, saysDiskFull } from './start-errors';

/** Recovery after a crash can take a while; a server that still has not answered by then is given up. */
const READY_MS = 120_000;
const POLL_MS = 40;
const WRONG_PASSWORD = '28P01';
/** If another PostgreSQL has our port, it refuses our password before our own server has noticed and ended. */
const FOREIGN_SERVER_MS = 3_000;

export interface Login {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
}

/**
 * Connects until the server answers.
 * @param exited  resolves when the server process has ended
 * @throws StartError SECRETS_UNUSABLE, DATABASE_FAILED (too slow); a plain Error when the server ended
 */
export async function waitUntilReady(login: Login, exited: Promise<void>): Promise<void> {
  let hasExited = false;
  void exited.then(() => (hasExited = true));
  const end = performance.now() + READY_MS;
  while (performance.now() < end) {
    if (hasExited) throw new Error('PostgreSQL ended while it started');
    const answer = await ask(login);
    if (answer === 'ready') return;
    await Promise.race([delay(answer === 'wrong password' ? FOREIGN_SERVER_MS : POLL_MS), exited]);
    if (answer === 'wrong password' && !hasExited) throw wrongPassword();
  }
  throw new StartError('DATABASE_FAILED', `PostgreSQL has not become ready within ${READY_MS / 1000} s.`);
}

async function ask(login: Login): Promise<'ready' | 'wrong password' | 'not yet'> {
  const client = new Client({ ...login, database: 'postgres', connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return 'ready';
  } catch (error) {
    return error instanceof DatabaseError && error.code === WRONG_PASSWORD ? 'wrong password' : 'not yet';
  } finally {
    await client.end().catch(() => undefined);
  }
}

function wrongPassword(): StartError {
  return new StartError(
    'SECRETS_UNUSABLE',
    'The database refuses the password in secrets.json: that file and the database folder do not belong together.',
  );
}

const PORT_TAKEN = /could not (bind|create any TCP\/IP sockets)|Address already in use/i;

/** Turns what PostgreSQL wrote before it ended into one clear line. */
export function explainEarlyExit(output: string, clusterDir: string, logPath: string): StartError {
  if (saysDiskFull(output)) return diskFull(clusterDir);
  if (PORT_TAKEN.test(output))
    return new StartError('PORT_IN_USE', 'Another program took the port chosen for PostgreSQL.');
  if (/lock file "postmaster.pid" already exists/.test(output)) {
    return new StartError('DATA_FOLDER_IN_USE', `Another PostgreSQL is running on ${clusterDir}. Stop it first.`);
  }
  const fatal = output.split('\n').findLast((line) => /FATAL|PANIC/.test(line)) ?? lastMessage(output);
  return new StartError(
    'DATABASE_FAILED',
    `PostgreSQL did not start: ${fatal.trim() || 'it said nothing'} (log: ${logPath})`,
  );
}

export function isPortTaken(error: unknown): boolean {
  return error instanceof StartError && error.code === 'PORT_IN_USE';
}
