import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { programOf } from './binaries';
import type { FolderLock } from './folder-lock';
import { openLog } from './log-file';
import type { Placement } from './placement';
import { pickFreePort } from './ports';
import { POSTGRES_ENVIRONMENT, postgresArguments } from './postgres-settings';
import { endPostmaster, sendSignal, watchPostmaster } from './postmaster';
import { explainEarlyExit, isPortTaken, waitUntilReady } from './readiness';
import type { Passwords } from './secrets';
import { StartError } from './start-errors';

export const HOST = '127.0.0.1';
export const SUPERUSER = 'postgres';
const PORT_ATTEMPTS = 5;

/**
 * A running PostgreSQL of our own on a data folder.
 *
 * What happens when its parent is killed: a small shell (see `watchPostmaster`) stops PostgreSQL as soon as the parent
 * is gone; should that shell be killed too, the next start on the folder finds the orphan and stops it (`endOrphan`).
 */
export class EmbeddedPostgres {
  readonly host = HOST;
  private child: ChildProcess | null = null;
  private watchdog: ChildProcess | null = null;
  private portInUse = 0;
  private isReady = false;
  private isClosed = false;
  /** Called when PostgreSQL ends although nobody asked it to. */
  onUnexpectedExit: (() => void) | null = null;

  constructor(
    readonly placement: Placement,
    readonly passwords: Passwords,
    private readonly logDir: string,
    private readonly durable: boolean,
    private readonly lock: FolderLock,
  ) {}

  get port(): number {
    return this.portInUse;
  }

  get pid(): number | undefined {
    return this.child?.pid;
  }

  urlOf(role: string, database: string): string {
    const password = this.passwords[role];
    if (password === undefined) throw new Error(`no password for role ${role}`);
    return `postgresql://${role}:${password}@${this.host}:${this.portInUse}/${database}`;
  }

  superuserUrl(database = 'postgres'): string {
    return this.urlOf(SUPERUSER, database);
  }

  /** Starts the server; a port that was taken meanwhile is replaced by another on the first start. Nothing after `stop`. */
  async start(): Promise<void> {
    if (this.isClosed) return;
    for (let attempt = 1; ; attempt += 1) {
      const port = this.portInUse || (await pickFreePort());
      try {
        await this.launch(port);
        this.portInUse = port;
        return;
      } catch (error) {
        if (!isPortTaken(error) || this.portInUse !== 0 || attempt === PORT_ATTEMPTS) throw error;
      }
    }
  }

  /** Stops cleanly, with a bound, and gives the data folder free. */
  async stop(): Promise<void> {
    this.isClosed = true;
    await this.endChild();
    await this.lock.release();
  }

  /** Kills the server at once, as a crash would; `start()` brings it back on the same port. The folder stays locked. */
  async kill(): Promise<void> {
    const child = this.forget();
    if (child?.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    sendSignal(child.pid, 'SIGQUIT');
    await gone;
    this.watchdog?.kill('SIGKILL');
  }

  private forget(): ChildProcess | null {
    const { child } = this;
    this.child = null;
    this.isReady = false;
    return child;
  }

  private async endChild(): Promise<void> {
    const child = this.forget();
    if (child?.pid !== undefined && child.exitCode === null) await endPostmaster(child.pid);
    this.watchdog?.kill('SIGKILL');
  }

  private async launch(port: number): Promise<void> {
    const { clusterDir, account } = this.placement;
    const log = openLog(this.logDir, 'postgres');
    const child = this.spawnServer(port, log.descriptor);
    log.close();
    this.child = child;
    const exited = new Promise<void>((resolve) => child.once('error', () => resolve()).once('exit', () => resolve()));
    if (child.pid !== undefined) this.watchdog = watchPostmaster(clusterDir, child.pid, account);
    try {
      const password = this.passwords[SUPERUSER] as string;
      await waitUntilReady({ host: this.host, port, user: SUPERUSER, password }, exited);
    } catch (error) {
      await this.endChild();
      throw error instanceof StartError ? error : explainEarlyExit(log.tail(), clusterDir, log.path);
    }
    this.isReady = true;
    void exited.then(() => this.afterExit(child));
  }

  private spawnServer(port: number, logDescriptor: number): ChildProcess {
    const { clusterDir, nativeDir, account } = this.placement;
    return spawn(programOf(nativeDir, 'postgres'), postgresArguments(clusterDir, { port, durable: this.durable }), {
      ...(account === null ? {} : { uid: account.uid, gid: account.gid }),
      cwd: '/',
      env: POSTGRES_ENVIRONMENT,
      stdio: ['ignore', logDescriptor, logDescriptor],
      detached: true, // Ctrl-C at a terminal must not reach PostgreSQL before the services have drained
    });
  }

  private afterExit(child: ChildProcess): void {
    if (this.child !== child || !this.isReady) return;
    this.forget();
    this.watchdog?.kill('SIGKILL');
    this.onUnexpectedExit?.();
  }
}
