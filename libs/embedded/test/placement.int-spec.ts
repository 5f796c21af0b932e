import { chmod, mkdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { query } from './query';
import { makeTemporaryFolder, removeAll, startTestPostgres } from './temporary-folder';

afterEach(removeAll);

const isRoot = process.getuid?.() === 0;

describe('where PostgreSQL runs', () => {
  it('never runs as root, and says so when it was started as root', async () => {
    const notices: string[] = [];
    const dataDir = await makeTemporaryFolder();
    const server = await startTestPostgres({ dataDir, onNotice: (line) => notices.push(line) });
    expect((await stat(server.placement.clusterDir)).uid).not.toBe(0);
    expect(notices).toEqual(isRoot ? [expect.stringMatching(/^Started as root: PostgreSQL runs as \w+ /)] : []);
  });

  it('finds another place for the database when its account cannot reach the data folder', async () => {
    const closed = await makeTemporaryFolder();
    await chmod(closed, 0o700); // as /root: only this user gets through
    const dataDir = join(closed, 'clone', '.data');
    await mkdir(dataDir, { recursive: true });
    const notices: string[] = [];
    const first = await startTestPostgres({ dataDir, onNotice: (line) => notices.push(line) });
    await query(first.superuserUrl(), 'CREATE TABLE kept AS SELECT 1 AS n');
    const { clusterDir } = first.placement;
    expect(clusterDir.startsWith('/var/lib/emergency-resources-ledger-')).toBe(isRoot);
    expect(notices.some((line) => line.includes(`cannot reach ${dataDir}`))).toBe(isRoot);
    await first.stop();
    const second = await startTestPostgres({ dataDir });
    expect(second.placement.clusterDir).toBe(clusterDir);
    expect(await query(second.superuserUrl(), 'SELECT n FROM kept')).toEqual([{ n: 1 }]);
    expect(await readFile(join(dataDir, 'postgres', 'PG_VERSION'), 'utf8')).toBe('18\n');
  });
});
