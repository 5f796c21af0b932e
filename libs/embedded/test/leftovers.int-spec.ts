import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { waitFor } from '@ledger/testing';
import { lockDataFolder } from '../src/folder-lock';
import { endOrphan, watchPostmaster } from '../src/postmaster';
import { processIdentity } from '../src/process-identity';
import { makeTemporaryFolder, removeAll, startTestPostgres } from './temporary-folder';

afterEach(removeAll);

describe('what a killed stack leaves behind', () => {
  it('is no PostgreSQL: the watchdog stops it when its parent is gone', async () => {
    const server = await startTestPostgres({ dataDir: await makeTemporaryFolder() });
    const pid = server.pid as number;
    const { clusterDir, account } = server.placement;
    const watchdog = watchPostmaster(clusterDir, pid, account);
    watchdog.stdin?.destroy(); // what the system does to this pipe when the parent ends, however it ends
    await waitFor('PostgreSQL to end', () => processIdentity(pid) === null);
  });

  it('is stopped by the next start, should the watchdog be gone too', async () => {
    const server = await startTestPostgres({ dataDir: await makeTemporaryFolder() });
    const pid = server.pid as number;
    expect(await endOrphan(server.placement.clusterDir)).toContain(`process ${pid}`);
    expect(processIdentity(pid)).toBeNull();
    expect(await endOrphan(server.placement.clusterDir)).toBeNull();
  });

  it('is no process number that would keep the next start away, nor one that ends a stranger', async () => {
    const dataDir = await makeTemporaryFolder();
    const server = await startTestPostgres({ dataDir });
    await server.stop();
    const lines = [process.pid, server.placement.clusterDir, 0, server.port, '', '127.0.0.1', '', 'ready'];
    await writeFile(join(server.placement.clusterDir, 'postmaster.pid'), lines.join('\n'));
    const again = await startTestPostgres({ dataDir });
    expect(again.pid).toBeGreaterThan(0);
  });

  it.each([
    ['a process that is gone', { pid: 2 ** 22 + 1, identity: 'gone' }],
    ['an earlier process with the number of a living one', { pid: process.pid, identity: 'earlier' }],
  ])('is no lock: that of %s is taken over', async (_title, holder) => {
    const dataDir = await makeTemporaryFolder();
    await writeFile(join(dataDir, 'stack.lock'), JSON.stringify({ ...holder, purpose: 'test', since: '' }));
    const lock = await lockDataFolder(dataDir, 'the next');
    await expect(lockDataFolder(dataDir, 'another')).rejects.toMatchObject({ code: 'DATA_FOLDER_IN_USE' });
    await lock.release();
  });

  it('is no lock that was half written when the machine failed', async () => {
    const dataDir = await makeTemporaryFolder();
    await writeFile(join(dataDir, 'stack.lock'), '{"pid":');
    const lock = await lockDataFolder(dataDir, 'the next');
    await lock.release();
  });

  it('of two that start at the same moment, one gets the folder', async () => {
    const dataDir = await makeTemporaryFolder();
    const attempts = await Promise.allSettled(Array.from({ length: 8 }, () => lockDataFolder(dataDir, 'a racer')));
    expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});
