import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { resolve } from 'node:path';

const PROJECT_DIR = resolve(__dirname, '../..');

export interface ProgramEnd {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A built program of `tools` that runs; its output is collected. */
export interface Program {
  readonly child: ChildProcess;
  readonly pid: number;
  readonly ended: Promise<ProgramEnd>;
  /** Resolves with the first line on stdout that starts with `{`; rejects when the program ends without one. */
  jsonLine<T>(): Promise<T>;
}

/** Starts `dist/tools/<name>.js` as npm would. */
export function startTool(name: string, args: readonly string[]): Program {
  const script = resolve(PROJECT_DIR, 'dist/tools', `${name}.js`);
  const child = spawn(process.execPath, [script, ...args], { cwd: PROJECT_DIR, stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const ended = new Promise<ProgramEnd>((resolveEnd, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolveEnd({ code, stdout, stderr }));
  });
  const lines = createInterface({ input: child.stdout });
  const line = new Promise<string>((resolveLine, reject) => {
    lines.on('line', (text) => text.startsWith('{') && resolveLine(text));
    ended.then(({ code, stderr: said }) => reject(new Error(`${name} ended with ${code}: ${said}`)), reject);
  });
  line.catch(() => undefined); // whoever asks for the line is told; nobody has to ask
  return { child, pid: child.pid as number, ended, jsonLine: async <T>() => JSON.parse(await line) as T };
}

/** Runs a program to its end. */
export function runTool(name: string, args: readonly string[]): Promise<ProgramEnd> {
  return startTool(name, args).ended;
}
