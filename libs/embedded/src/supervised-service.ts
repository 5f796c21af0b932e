import { setTimeout as delay } from 'node:timers/promises';
import { nextRestartDelay } from './restart-budget';
import { type ProgramSpec, type RunningProgram, explainExit, interrupted, startProgram } from './service-process';
import { StartError } from './start-errors';

/** Longer than any start; a service that is still not ready by then counts as failed. */
const READY_MS = 60_000;
/** A little more than the 20 s in which a service promises to drain. */
const STOP_MS = 25_000;
const EXIT_PORT_IN_USE = 3;

type Wish = 'running' | 'down';

/** A service that is kept running: when it dies by itself it comes back, unless that happens too often. */
export class SupervisedService {
  private program: RunningProgram | null = null;
  private wish: Wish = 'down';
  private restarts: number[] = [];

  /**
   * @param onRestart  told when a service has died and is being started again
   * @param onGiveUp  told, once, when it has died too often
   */
  constructor(
    private spec: ProgramSpec,
    private readonly onRestart: (line: string) => void,
    private readonly onGiveUp: (error: StartError) => void,
  ) {}

  get pid(): number | undefined {
    return this.program?.child.pid;
  }

  /**
   * Starts the service and waits until it says that it is ready.
   * @throws StartError PORT_IN_USE, SERVICE_FAILED, DISK_FULL, NOT_BUILT, INTERRUPTED
   */
  async start(signal?: AbortSignal): Promise<void> {
    this.wish = 'running';
    await this.launch(signal);
  }

  /** Asks the service to drain and waits for its end, 25 s at most; then it is killed. */
  async stop(): Promise<void> {
    this.wish = 'down';
    const program = this.program;
    if (program === null) return;
    program.child.kill('SIGTERM');
    const timer = setTimeout(() => program.child.kill('SIGKILL'), STOP_MS);
    await program.exited;
    clearTimeout(timer);
  }

  /** Ends the service at once, as a crash would. It stays down until `restart`. */
  async kill(): Promise<void> {
    this.wish = 'down';
    this.program?.child.kill('SIGKILL');
    await this.program?.exited;
  }

  /** Stops the service if it runs and starts it again, with other variables if given (tests: fail points). */
  async restart(env: Readonly<Record<string, string>> = {}): Promise<void> {
    await this.stop();
    this.spec = { ...this.spec, env: { ...this.spec.env, ...env } };
    await this.start();
  }

  private async launch(signal?: AbortSignal): Promise<void> {
    const program = startProgram(this.spec);
    this.program = program;
    const failure = await firstOf(program, signal);
    if (failure === null) {
      void program.exited.then(() => this.afterDeath(program));
      return;
    }
    program.child.kill('SIGKILL');
    const exit = await program.exited;
    this.program = null;
    if (failure === 'interrupted') throw interrupted();
    if (failure === 'slow')
      throw new StartError(
        'SERVICE_FAILED',
        `${this.spec.name} has not become ready within ${READY_MS / 1000} s (log: ${program.log.path})`,
      );
    if (exit.code === EXIT_PORT_IN_USE)
      throw new StartError(
        'PORT_IN_USE',
        `Port ${this.spec.env.PORT} of ${this.spec.name} is in use by another program.`,
      );
    throw explainExit(`${this.spec.name} failed`, exit, program.log);
  }

  private async afterDeath(program: RunningProgram): Promise<void> {
    if (this.program !== program) return;
    this.program = null;
    if (this.wish === 'down') return;
    const exit = await program.exited;
    const pause = nextRestartDelay(this.restarts, performance.now());
    if (pause === null)
      return this.onGiveUp(explainExit(`${this.spec.name} keeps ending and is given up`, exit, program.log));
    this.restarts = [...this.restarts, performance.now()].slice(-10);
    this.onRestart(`${this.spec.name} ended (${exit.signal ?? `exit code ${exit.code}`}) and is started again.`);
    await delay(pause);
    await this.relaunch();
  }

  private async relaunch(): Promise<void> {
    if (this.wish === 'down' || this.program !== null) return;
    try {
      await this.launch();
    } catch (error) {
      if (this.wish !== 'running') return;
      const pause = nextRestartDelay(this.restarts, performance.now());
      if (pause === null || !(error instanceof StartError)) return this.onGiveUp(error as StartError);
      this.restarts = [...this.restarts, performance.now()];
      await delay(pause);
      await this.relaunch();
    }
  }
}

/** Waits for what comes first. @returns null when the service is ready */
async function firstOf(
  { child, exited }: RunningProgram,
  signal?: AbortSignal,
): Promise<'ended' | 'slow' | 'interrupted' | null> {
  if (signal?.aborted) return 'interrupted';
  return new Promise((resolve) => {
    const timer = setTimeout(() => settle('slow'), READY_MS);
    const onAbort = (): void => settle('interrupted');
    const onMessage = (message: unknown): void => {
      if ((message as { type?: unknown } | null)?.type === 'ready') settle(null);
    };
    function settle(outcome: 'ended' | 'slow' | 'interrupted' | null): void {
      clearTimeout(timer);
      child.off('message', onMessage);
      signal?.removeEventListener('abort', onAbort);
      resolve(outcome);
    }
    child.on('message', onMessage);
    signal?.addEventListener('abort', onAbort, { once: true });
    void exited.then(() => settle('ended'));
  });
}
