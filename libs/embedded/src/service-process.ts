import { type ChildProcess, fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type LogFile, lastMessage, openLog } from './log-file';
import { NODE_FLAGS, type Variables } from './service-environment';
import { StartError, diskFull, saysDiskFull } from './start-errors';

/** One Node program of the stack: which, how, and where its output goes. */
export interface ProgramSpec {
  /** Name of the log file and of the program in messages. */
  readonly name: string;
  /** Path of the built program, from the project folder. */
  readonly script: string;
  readonly args: readonly string[];
  readonly env: Variables;
  readonly projectDir: string;
  readonly logDir: string;
  /** Set: every line of output is also given here (`--verbose`). */
  readonly onOutput?: (name: string, line: string) => void;
}

export interface ProgramExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface RunningProgram {
  readonly child: ChildProcess;
  readonly log: LogFile;
  readonly exited: Promise<ProgramExit>;
}

const EXIT_WITH_PARENT = 'dist/libs/embedded/src/exit-with-parent.js';

/** Where a service's program is, from the project folder. */
export function scriptOf(service: string): string {
  return `dist/apps/${service}/src/main.js`;
}

/**
 * Starts a program with a channel to this process. It lives in a session of its own, so that Ctrl-C at the terminal
 * reaches this process alone, which then stops everything in order.
 * @throws StartError NOT_BUILT
 */
export function startProgram(spec: ProgramSpec): RunningProgram {
  const script = join(spec.projectDir, spec.script);
  if (!existsSync(script)) throw new StartError('NOT_BUILT', `${script} is missing: run npm run build first.`);
  const log = openLog(spec.logDir, spec.name);
  const target = spec.onOutput === undefined ? log.descriptor : 'pipe';
  const child = fork(script, spec.args, {
    cwd: spec.projectDir,
    env: { ...spec.env },
    execArgv: [...NODE_FLAGS, '--require', join(spec.projectDir, EXIT_WITH_PARENT)],
    stdio: ['ignore', target, target, 'ipc'],
    detached: true,
  });
  copyOutput(child, spec, log);
  const exited = new Promise<ProgramExit>((resolve) => {
    child.once('error', () => resolve({ code: null, signal: null }));
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
  return { child, log, exited };
}

/**
 * Runs a program to its end, as for migrations and seeds.
 * @throws StartError DISK_FULL, SERVICE_FAILED with the last thing the program said, INTERRUPTED
 */
export async function runToEnd(spec: ProgramSpec, timeoutMs: number, signal?: AbortSignal): Promise<void> {
  if (signal?.aborted) throw interrupted();
  const { child, log, exited } = startProgram(spec);
  const kill = (): boolean => child.kill('SIGKILL');
  const timer = setTimeout(kill, timeoutMs);
  signal?.addEventListener('abort', kill, { once: true });
  const exit = await exited;
  clearTimeout(timer);
  signal?.removeEventListener('abort', kill);
  if (signal?.aborted) throw interrupted();
  if (exit.code !== 0) throw explainExit(`${spec.name} failed`, exit, log);
}

export function interrupted(): StartError {
  return new StartError('INTERRUPTED', 'Interrupted before the stack was ready.');
}

/** One line for a program that ended and should not have. @param what  what happened, such as `gateway failed` */
export function explainExit(what: string, exit: ProgramExit, log: LogFile): StartError {
  const output = log.tail();
  if (saysDiskFull(output)) return diskFull(log.path);
  const how = exit.signal ?? `exit code ${exit.code ?? 'unknown'}`;
  return new StartError(
    'SERVICE_FAILED',
    `${what} (${how}): ${lastMessage(output) || 'it said nothing'} (log: ${log.path})`,
  );
}

function copyOutput(child: ChildProcess, { name, onOutput }: ProgramSpec, log: LogFile): void {
  if (onOutput === undefined) return log.close();
  for (const stream of [child.stdout, child.stderr]) {
    if (stream === null) continue;
    createInterface({ input: stream }).on('line', (line) => {
      log.append(`${line}\n`);
      onOutput(name, line);
    });
  }
  child.once('close', () => log.close());
}
