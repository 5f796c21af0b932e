import { spawn } from 'node:child_process';
import { waitFor } from '@ledger/testing';
import { SmallProject, endOf } from './small-project';

let project: SmallProject;

beforeEach(() => {
  project = new SmallProject();
});
afterEach(() => project.remove());

describe('the bootstrap', () => {
  it('installs, builds and hands over on a fresh clone', async () => {
    const { code, stdout, stderr } = await project.run('verify', ['0', '--json', 'two words']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual(['0', '--json', 'two words']);
    expect(project.linesOf('npm.log')).toEqual([expect.stringMatching(/^ci --loglevel=error /)]);
    expect(stderr).toMatch(/installing packages \(npm ci\): done in .*\n.*building …\n.*building: done in /);
  });

  it('is silent and does nothing twice when everything is there', async () => {
    await project.run('verify');
    const { stderr } = await project.run('verify');
    expect(stderr).toBe('');
    expect(project.linesOf('npm.log')).toHaveLength(1);
    expect(project.linesOf('builds.log')).toHaveLength(1);
  });

  it('accepts packages that were installed without it, as long as they are the right ones', async () => {
    project.installByHand();
    await project.run('verify');
    expect(project.has('npm.log')).toBe(false);
    project.remove('node_modules');
    project.installByHand('0.9.0');
    await project.run('verify');
    expect(project.linesOf('npm.log')).toHaveLength(1);
  });

  it('installs again when the lock file has changed', async () => {
    await project.run('verify');
    project.write('package-lock.json', '{"packages":{"node_modules/needed":{"version":"2.0.0"}}}');
    await project.run('verify');
    expect(project.linesOf('npm.log')).toHaveLength(2);
  });

  it('builds again when a source has changed, and drops what was built from a source that is gone', async () => {
    project.write('apps/two.ts', '');
    await project.run('verify');
    project.write('apps/one.ts', 'changed');
    project.remove('apps/two.ts');
    await project.run('verify');
    expect(project.linesOf('builds.log')).toHaveLength(2);
    expect([project.has('dist/apps/one.js'), project.has('dist/apps/two.js')]).toEqual([true, false]);
  });

  it('always builds when asked to', async () => {
    await project.run('build');
    expect((await project.run('build')).code).toBe(0);
    expect(project.linesOf('builds.log')).toHaveLength(2);
  });

  it('ends with the exit code of the command', async () => {
    expect((await project.run('verify', ['7'])).code).toBe(7);
  });

  it('ends with the exit code of a failed installation or build, in one line of its own', async () => {
    project.write('broken', '');
    const build = await project.run('verify');
    expect(build.code).toBe(9);
    expect(build.stderr).toMatch(/The build failed \(exit code 9\)\.\n$/);
    expect(build.stdout).toBe('');
    project.write('no-network', '');
    project.remove('node_modules');
    const install = await project.run('verify');
    expect(install.code).toBe(5);
    expect(install.stderr).toMatch(/npm ci failed; its messages are above \(exit code 5\)\.\n$/);
  });

  it('tries again after a failed build', async () => {
    project.write('broken', '');
    await project.run('verify');
    project.remove('broken');
    expect((await project.run('verify')).code).toBe(0);
    expect(project.linesOf('builds.log')).toHaveLength(2);
  });

  it('lets one of two do the work that both need', async () => {
    const both = await Promise.all([project.run('verify'), project.run('verify')]);
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    expect(project.linesOf('npm.log')).toHaveLength(1);
    expect(project.linesOf('builds.log')).toHaveLength(1);
    expect(both.map(({ stderr }) => stderr).join('')).toMatch(/process \d+ installs or builds in this clone; waiting/);
  });

  it('takes over the lock of one that was killed', async () => {
    const gone = spawn(process.execPath, ['-e', '']);
    await endOf(gone);
    project.write('.data/bootstrap.lock/pid', String(gone.pid));
    expect((await project.run('verify')).code).toBe(0);
    expect(project.has('.data/bootstrap.lock')).toBe(false);
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('passes %s on and waits until the command has drained', async (signal) => {
    const child = project.start('start');
    const end = endOf(child);
    await waitFor('the command to run', () => project.has('started'), { timeoutMs: 20_000 });
    child.kill(signal);
    expect((await end).code).toBe(0);
    expect(project.has('drained')).toBe(true);
  });

  it('ends the command when the npm that started it was killed', async () => {
    await project.run('build');
    const bootstrap = `${process.execPath} tools/bootstrap.cjs start & wait`;
    const env = { ...process.env, npm_lifecycle_event: 'start' };
    const npm = spawn('/bin/sh', ['-c', bootstrap], { cwd: project.folder, env, stdio: 'ignore' });
    await waitFor('the command to run', () => project.has('started'), { timeoutMs: 20_000 });
    npm.kill('SIGKILL');
    await waitFor('the command to drain', () => project.has('drained'));
  });

  it('explains itself without doing anything, and refuses what it does not know', async () => {
    const help = await project.run('--help');
    expect(help).toMatchObject({ code: 0, stdout: expect.stringContaining('npm start') });
    const unknown = await project.run('strat');
    expect(unknown).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^Unknown command "strat"\. Known: start,/),
    });
    expect(project.has('npm.log')).toBe(false);
  });
});
