import { once } from 'node:events';
import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { processIdentity } from '../src/process-identity';
import { query } from './query';
import { makeTemporaryFolder, removeAll, startTestPostgres } from './temporary-folder';

afterEach(removeAll);

describe('the embedded PostgreSQL', () => {
  it('runs with the settings the ledger relies on', async () => {
    const server = await startTestPostgres({ dataDir: await makeTemporaryFolder(), durable: true });
    const wanted = ['timezone', 'server_encoding', 'jit', 'fsync', 'synchronous_commit', 'listen_addresses'];
    const settings = await query<{ name: string; setting: string }>(
      server.superuserUrl(),
      `SELECT lower(name) AS name, setting FROM pg_settings WHERE lower(name) IN ('${wanted.join("','")}')`,
    );
    expect(Object.fromEntries(settings.map(({ name, setting }) => [name, setting]))).toEqual({
      timezone: 'UTC',
      server_encoding: 'UTF8',
      jit: 'off',
      fsync: 'on',
      synchronous_commit: 'on',
      listen_addresses: '127.0.0.1',
    });
    const [locale] = await query<{ datlocale: string; datlocprovider: string }>(
      server.superuserUrl(),
      "SELECT datlocale, datlocprovider FROM pg_database WHERE datname = 'template1'",
    );
    expect(locale).toEqual({ datlocale: 'C.UTF-8', datlocprovider: 'b' });
  });

  it('lets nobody in without the password, which only the owner of the data folder can read', async () => {
    const dataDir = await makeTemporaryFolder();
    const server = await startTestPostgres({ dataDir });
    const url = new URL(server.superuserUrl());
    url.password = 'guessed';
    await expect(query(url.href, 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
    expect((await stat(join(dataDir, 'secrets.json'))).mode & 0o777).toBe(0o600);
    const [role] = await query<{ rolpassword: string }>(
      server.superuserUrl(),
      "SELECT rolpassword FROM pg_authid WHERE rolname = 'postgres'",
    );
    expect(role.rolpassword).toMatch(/^SCRAM-SHA-256\$/);
  });

  it('keeps its data over a restart and leaves nothing running', async () => {
    const dataDir = await makeTemporaryFolder();
    const first = await startTestPostgres({ dataDir, durable: true });
    await query(first.superuserUrl(), "CREATE TABLE kept AS SELECT '河曲县'::text AS name");
    const pid = first.pid as number;
    await first.stop();
    expect(processIdentity(pid)).toBeNull();
    const second = await startTestPostgres({ dataDir });
    expect(await query(second.superuserUrl(), 'SELECT name FROM kept')).toEqual([{ name: '河曲县' }]);
  });

  it('comes back on the same port after a crash, with everything that was committed', async () => {
    const server = await startTestPostgres({ dataDir: await makeTemporaryFolder(), durable: true });
    await query(server.superuserUrl(), 'CREATE TABLE committed AS SELECT 7 AS n');
    const { port } = server;
    await server.kill();
    await server.start();
    expect(server.port).toBe(port);
    expect(await query(server.superuserUrl(), 'SELECT n FROM committed')).toEqual([{ n: 7 }]);
  });

  it('tells its owner when it ends although nobody asked it to', async () => {
    const server = await startTestPostgres({ dataDir: await makeTemporaryFolder() });
    const ended = new Promise<void>((resolve) => (server.onUnexpectedExit = resolve));
    process.kill(server.pid as number, 'SIGQUIT');
    await expect(ended).resolves.toBeUndefined();
  });

  it('runs on one data folder once', async () => {
    const dataDir = await makeTemporaryFolder();
    await startTestPostgres({ dataDir, purpose: 'the first' });
    await expect(startTestPostgres({ dataDir })).rejects.toMatchObject({
      code: 'DATA_FOLDER_IN_USE',
      message: expect.stringContaining(`process ${process.pid} (the first`),
    });
  });

  it('says so when its port was taken while it was down', async () => {
    const server = await startTestPostgres({ dataDir: await makeTemporaryFolder() });
    await server.kill();
    const stranger = createServer((socket) => socket.destroy()).listen(server.port, '127.0.0.1');
    await once(stranger, 'listening');
    await expect(server.start()).rejects.toMatchObject({ code: 'PORT_IN_USE' });
    stranger.close();
  });
});

describe('a data folder', () => {
  it('that is half initialised is refused in one line and left as it is', async () => {
    const dataDir = await makeTemporaryFolder();
    const clusterDir = join(dataDir, 'postgres');
    await mkdir(join(clusterDir, 'base'), { recursive: true });
    await writeFile(join(clusterDir, 'PG_VERSION'), '18\n');
    await expect(startTestPostgres({ dataDir })).rejects.toMatchObject({
      code: 'DATA_FOLDER_HALF_INITIALISED',
      message: expect.stringMatching(/postgres is half initialised \(ledger-cluster\.json is missing\)[^\n]*$/),
    });
    expect(await readdir(clusterDir)).toEqual(['PG_VERSION', 'base']);
  });

  it('with the remains of an interrupted initialisation starts anew', async () => {
    const dataDir = await makeTemporaryFolder();
    await mkdir(join(dataDir, 'postgres.init', 'base'), { recursive: true });
    await writeFile(join(dataDir, 'postgres.init', 'PG_VERSION'), '18\n');
    const server = await startTestPostgres({ dataDir });
    expect(await query(server.superuserUrl(), 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(await readdir(dataDir)).not.toContain('postgres.init');
  });

  it('of another PostgreSQL version is refused', async () => {
    const dataDir = await makeTemporaryFolder();
    const server = await startTestPostgres({ dataDir });
    await server.stop();
    await writeFile(join(server.placement.clusterDir, 'PG_VERSION'), '17\n');
    await expect(startTestPostgres({ dataDir })).rejects.toMatchObject({ code: 'DATA_FOLDER_OTHER_VERSION' });
  });

  it('without its passwords is refused, and its database stays', async () => {
    const dataDir = await makeTemporaryFolder();
    const server = await startTestPostgres({ dataDir });
    await server.stop();
    await writeFile(join(dataDir, 'secrets.json'), '{"postgres":"another"}');
    await expect(startTestPostgres({ dataDir })).rejects.toMatchObject({ code: 'SECRETS_UNUSABLE' });
    await writeFile(join(dataDir, 'secrets.json'), 'not JSON');
    await expect(startTestPostgres({ dataDir })).rejects.toMatchObject({ code: 'SECRETS_UNUSABLE' });
    expect(await readdir(server.placement.clusterDir)).toContain('PG_VERSION');
  });

  it('that cannot be made is refused', async () => {
    const file = join(await makeTemporaryFolder(), 'file');
    await writeFile(file, '');
    for (const dataDir of [file, join(file, 'below'), '/proc/ledger-data']) {
      await expect(startTestPostgres({ dataDir })).rejects.toMatchObject({ code: 'DATA_FOLDER_NOT_WRITABLE' });
    }
  });
});
