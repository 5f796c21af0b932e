import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEMO_PASSWORD } from '@ledger/contracts';
import { waitFor } from '@ledger/testing';
import { commandLineOf } from '../libs/embedded/src/process-identity';
import { familyOf, livingOf, memoryOf } from './support/processes';
import { type Program, runTool, startTool } from './support/program';

/** What `npm start -- --json` prints when the stack is ready. */
interface ReadyLine {
  readonly gatewayUrl: string;
  readonly docsUrl: string;
  readonly logDir: string;
}

const MEMORY_LIMIT_MEGABYTES = 1024;

let folder: string;
let dataDir: string;
const programs: Program[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ledger-start-'));
  await chmod(folder, 0o711); // run as root, PostgreSQL's account has to get through, else the data would be elsewhere
  dataDir = join(folder, 'data');
});

afterAll(async () => {
  for (const program of programs) program.child.kill('SIGKILL');
  await Promise.all(programs.map((program) => program.ended));
  await rm(folder, { recursive: true, force: true });
});

async function start(): Promise<{ program: Program; ready: ReadyLine }> {
  const program = startTool('start', ['--json', '--port', '0', '--data-dir', dataDir]);
  programs.push(program);
  return { program, ready: await program.jsonLine<ReadyLine>() };
}

async function signIn(gatewayUrl: string): Promise<string> {
  const answer = await fetch(`${gatewayUrl}/api/v1/auth/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'dispatcher.hequ', password: DEMO_PASSWORD }),
  });
  return ((await answer.json()) as { accessToken: string }).accessToken;
}

async function statusOf(url: string, token?: string): Promise<number> {
  const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
  return (await fetch(url, { headers })).status;
}

/** Every refusal is one line for a person; a stack trace would begin its lines with `at`. */
function expectOneLine(stderr: string, line: RegExp): void {
  const said = stderr.split('\n').filter((text) => text !== '' && !/^ *\d+\.\d s {2}/.test(text));
  expect(said).toEqual([expect.stringMatching(line)]);
}

/** The tests of this file tell one story, in this order: a first day, a second day, and what else may be found. */
describe('npm start', () => {
  let first: Awaited<ReturnType<typeof start>>;
  let token: string;

  it('prepares everything on an empty folder and opens the door', async () => {
    first = await start();
    const { gatewayUrl, docsUrl, logDir } = first.ready;
    token = await signIn(gatewayUrl);
    expect(await statusOf(`${gatewayUrl}/api/v1/auth/me`, token)).toBe(200);
    expect(await statusOf(`${gatewayUrl}/health/ready`)).toBe(200);
    expect(await statusOf(docsUrl)).toBe(200);
    expect(await statusOf(`${gatewayUrl}/docs-json`)).toBe(200);
    for (const name of ['postgres', 'supplies', 'teams', 'transport', 'gateway']) {
      expect(existsSync(join(logDir, `${name}.log`))).toBe(true);
    }
  });

  it('fits into 1 GB of memory, all processes together', () => {
    if (process.platform !== 'linux') return; // nowhere else can the shared part be told from the rest
    const megabytes = memoryOf(familyOf(first.program.pid));
    process.stdout.write(`\n[tests] memory of the embedded stack: ${Math.round(megabytes)} MB\n`);
    expect(megabytes).toBeLessThan(MEMORY_LIMIT_MEGABYTES);
  });

  it('says in one line that it runs already', async () => {
    const second = await runTool('start', ['--port', '0', '--data-dir', dataDir]);
    expect(second.code).toBe(1);
    expectOneLine(second.stderr, new RegExp(`is in use by process ${first.program.pid} \\(npm start, `));
  });

  it('says in one line that the port is in use, before it makes anything', async () => {
    const elsewhere = join(folder, 'elsewhere');
    const { port } = new URL(first.ready.gatewayUrl);
    const second = await runTool('start', ['--port', port, '--data-dir', elsewhere]);
    expect(second.code).toBe(3);
    expectOneLine(second.stderr, new RegExp(`^Port ${port} on 127\\.0\\.0\\.1 is in use`));
    expect(existsSync(elsewhere)).toBe(false);
  });

  it('lets the ledgers be verified while it works', async () => {
    const { code, stdout } = await runTool('verify', ['--json', '--data-dir', dataDir]);
    expect(JSON.parse(stdout)).toMatchObject({ isSound: true, differences: 0 });
    expect(code).toBe(0);
  });

  it('starts a service again that was killed', async () => {
    const { gatewayUrl } = first.ready;
    const isGateway = (pid: number): boolean => commandLineOf(pid).includes('apps/gateway/src/main.js');
    const killed = familyOf(first.program.pid).filter(isGateway);
    expect(killed).toHaveLength(1);
    process.kill(killed[0], 'SIGKILL');
    await waitFor('the killed gateway to be gone', () => livingOf(killed).length === 0);
    await waitFor('another gateway', async () => (await statusOf(`${gatewayUrl}/health/ready`)) === 200, {
      timeoutMs: 60_000,
    });
    expect(await statusOf(`${gatewayUrl}/api/v1/auth/me`, token)).toBe(200);
  });

  it('stops on Ctrl-C and leaves nothing running', async () => {
    const family = familyOf(first.program.pid);
    first.program.child.kill('SIGINT');
    first.program.child.kill('SIGINT'); // as npm passes it on once more
    const { code, stderr } = await first.program.ended;
    expect(code).toBe(0);
    expect(stderr).toMatch(/draining the services\n.*stopping PostgreSQL\n.*stopped\n/);
    expect(livingOf(family)).toEqual([]);
  });

  it('keeps its data, seeds once, and leaves nothing running even when it is killed', async () => {
    const second = await start();
    expect(await statusOf(`${second.ready.gatewayUrl}/api/v1/auth/me`, token)).toBe(200);
    const family = familyOf(second.program.pid);
    second.program.child.kill('SIGKILL');
    const { stderr } = await second.program.ended;
    expect(stderr).not.toContain('loading seeds');
    await waitFor('services and PostgreSQL to end', () => livingOf(family).length === 0, { timeoutMs: 60_000 });
  });

  it('lets the ledgers be verified while it is down, and after it was killed', async () => {
    const { code, stdout } = await runTool('verify', ['--data-dir', dataDir]);
    expect(stdout).toMatch(/\d+ rules: all hold\n$/);
    expect(code).toBe(0);
  });

  it('says in one line that a data folder is half initialised', async () => {
    const half = join(folder, 'half');
    await mkdir(join(half, 'postgres', 'base'), { recursive: true });
    await writeFile(join(half, 'postgres', 'PG_VERSION'), '18\n');
    const { code, stdout, stderr } = await runTool('start', ['--port', '0', '--data-dir', half]);
    expect(code).toBe(1);
    expectOneLine(stderr, /half initialised \(ledger-cluster\.json is missing\)/);
    expect(stdout).not.toContain('    at ');
  });
});
