import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';

const TOOLS = resolve(__dirname, '../../tools');

/** Writes a line for every build and puts one output beside another that an earlier source has left. */
const BUILD = `const fs = require('node:fs');
fs.mkdirSync('dist/apps', { recursive: true });
for (const name of fs.readdirSync('apps')) fs.writeFileSync('dist/apps/' + name.replace('.ts', '.js'), '');
setTimeout(() => { fs.appendFileSync('builds.log', 'built\\n'); process.exit(fs.existsSync('broken') ? 9 : 0); }, 300);`;

/** Tells its arguments and ends with the code of the first one. */
const VERIFY = `console.log(JSON.stringify(process.argv.slice(2))); process.exitCode = Number(process.argv[2] ?? 0);`;

/** Runs until SIGTERM or SIGINT, then drains for a while. */
const START = `const fs = require('node:fs');
const stop = () => setTimeout(() => { fs.writeFileSync('drained', ''); process.exit(0); }, 300);
process.once('SIGTERM', stop).once('SIGINT', stop);
setInterval(() => undefined, 1000);
fs.writeFileSync('started', String(process.pid));`;

/** Stands for npm: notes how it was called and installs what the bootstrap looks for. */
const NPM = `#!${process.execPath}
const fs = require('node:fs');
fs.appendFileSync('npm.log', process.argv.slice(2).join(' ') + '\\n');
if (fs.existsSync('no-network')) process.exit(5);
fs.mkdirSync('node_modules/.bin', { recursive: true });
fs.rmSync('node_modules/.bin/node', { force: true });
fs.symlinkSync(process.execPath, 'node_modules/.bin/node');`;

export interface RunEnd {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A clone so small that installing and building take a moment, with the real bootstrap in it. */
export class SmallProject {
  readonly folder = mkdtempSync(join(tmpdir(), 'ledger-bootstrap-'));

  constructor() {
    for (const folder of ['apps', 'libs', 'npm-bin']) mkdirSync(join(this.folder, folder));
    cpSync(TOOLS, join(this.folder, 'tools'), { recursive: true, filter: isBootstrap });
    this.write('apps/one.ts', '');
    this.write('package.json', JSON.stringify({ scripts: scriptsOf(['build', 'verify', 'start']) }));
    this.write('build.js', BUILD);
    this.write('verify.js', VERIFY);
    this.write('start.js', START);
    writeFileSync(join(this.folder, 'npm-bin/npm'), NPM, { mode: 0o755 });
    this.write('package-lock.json', lockOf('1.0.0'));
  }

  /** As if somebody had run npm ci, without the bootstrap. */
  installByHand(version = '1.0.0'): void {
    mkdirSync(join(this.folder, 'node_modules/.bin'), { recursive: true });
    symlinkSync(process.execPath, join(this.folder, 'node_modules/.bin/node'));
    this.write('node_modules/.package-lock.json', noteOf(version));
  }

  start(command: string, args: readonly string[] = [], env: NodeJS.ProcessEnv = {}): ChildProcess {
    const PATH = [join(this.folder, 'npm-bin'), process.env.PATH].join(delimiter);
    const { npm_lifecycle_event: _, ...inherited } = process.env;
    const options = { cwd: this.folder, env: { ...inherited, PATH, ...env } };
    return spawn(process.execPath, ['tools/bootstrap.cjs', command, ...args], options);
  }

  run(command: string, args: readonly string[] = []): Promise<RunEnd> {
    return endOf(this.start(command, args));
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.folder, path)), { recursive: true });
    writeFileSync(join(this.folder, path), text);
  }

  has(path: string): boolean {
    return existsSync(join(this.folder, path));
  }

  /** Lines of a file; none when it is missing. */
  linesOf(path: string): string[] {
    return this.has(path) ? readFileSync(join(this.folder, path), 'utf8').split('\n').filter(Boolean) : [];
  }

  remove(path = '.'): void {
    rmSync(join(this.folder, path), { recursive: true, force: true });
  }
}

export function endOf(child: ChildProcess): Promise<RunEnd> {
  let [stdout, stderr] = ['', ''];
  child.stdout?.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  return new Promise((done) => child.once('close', (code) => done({ code, stdout, stderr })));
}

function isBootstrap(path: string): boolean {
  return path === TOOLS || path === join(TOOLS, 'bootstrap') || path.endsWith('.cjs');
}

function scriptsOf(names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [`run:${name}`, `node ${name}.js`]));
}

/** What is wanted: one package for everybody, one for another platform. */
function lockOf(version: string): string {
  return JSON.stringify({
    packages: { '': {}, 'node_modules/needed': { version }, 'node_modules/elsewhere': { version, optional: true } },
  });
}

/** What npm notes about an installation: without the package for another platform. */
function noteOf(version: string): string {
  return JSON.stringify({ packages: { 'node_modules/needed': { version } } });
}
