import { CleanUp } from '../src/clean-up';

describe('CleanUp', () => {
  it('closes what was opened last first, once', async () => {
    const closed: string[] = [];
    const cleanUp = new CleanUp();
    for (const name of ['database', 'server', 'service']) cleanUp.add(() => Promise.resolve(closed.push(name)));
    await cleanUp.run();
    await cleanUp.run();
    expect(closed).toEqual(['service', 'server', 'database']);
  });

  it('goes on after a step that fails, and tells of it', async () => {
    const closed: string[] = [];
    const cleanUp = new CleanUp();
    cleanUp.add(() => Promise.resolve(closed.push('database')));
    cleanUp.add(() => Promise.reject(new Error('the server hangs')));
    await expect(cleanUp.run()).rejects.toThrow('the server hangs');
    expect(closed).toEqual(['database']);
  });
});
