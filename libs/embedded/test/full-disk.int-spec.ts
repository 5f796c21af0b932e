import { spawnSync } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { prepareDatabases, DATABASE_ROLES } from '@ledger/embedded';
import { requireFreeSpace } from '../src/data-folder';
import { explainEarlyExit } from '../src/readiness';
import { makeTemporaryFolder, removeAll, startTestPostgres } from './temporary-folder';

const mounted: string[] = [];

afterEach(async () => {
  for (const folder of mounted.splice(0)) spawnSync('umount', ['--lazy', folder]);
  await removeAll();
});

/** A disk of this size, or null where this user may not mount one. */
async function makeSmallDisk(size: string): Promise<string | null> {
  const folder = await makeTemporaryFolder();
  const mount = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder]);
  if (mount.status !== 0) return null;
  mounted.push(folder);
  return folder;
}

describe('a full disk', () => {
  it('is noticed before anything is made', async () => {
    const dataDir = await makeTemporaryFolder();
    await expect(requireFreeSpace(dataDir, Number.MAX_SAFE_INTEGER)).rejects.toMatchObject({
      code: 'DISK_FULL',
      message: expect.stringMatching(/^Only \d+ MB are free on the disk that holds /),
    });
    await expect(startTestPostgres({ dataDir, minimumFreeBytes: Number.MAX_SAFE_INTEGER })).rejects.toMatchObject({
      code: 'DISK_FULL',
    });
    expect(await readdir(dataDir)).toEqual([]);
  });

  it.each(['8m', '30m', '45m'])('of %s is one clear line, not a half made database', async (size) => {
    const disk = await makeSmallDisk(size);
    if (disk === null) {
      // No right to mount: what PostgreSQL said on such a disk, recorded.
      const said = 'FATAL:  could not write to file "base/1/1255": No space left on device';
      expect(explainEarlyExit(said, '/disk/postgres', '/disk/log').code).toBe('DISK_FULL');
      return;
    }
    const dataDir = join(disk, 'data');
    const start = startTestPostgres({ dataDir, minimumFreeBytes: 0, roles: DATABASE_ROLES }).then(prepareDatabases);
    await expect(start).rejects.toThrow(/is full|No space left on device/);
    expect(await readdir(dataDir)).not.toContain('postgres.init');
  });
});
