import { waitFor } from '../src/wait-for';

describe('waitFor', () => {
  it('returns the first truthy value', async () => {
    const values = [undefined, 0, 'ready', 'too late'];
    expect(await waitFor('a value', () => values.shift(), { everyMs: 1 })).toBe('ready');
  });

  it('counts a throwing condition as not yet', async () => {
    let tries = 0;
    const condition = (): Promise<boolean> => {
      tries += 1;
      return tries < 3 ? Promise.reject(new Error('refused')) : Promise.resolve(true);
    };
    await waitFor('three tries', condition, { everyMs: 1 });
    expect(tries).toBe(3);
  });

  it('names what it waited for and the last error', async () => {
    const failure = waitFor('the impossible', () => Promise.reject(new Error('never')), { timeoutMs: 5, everyMs: 1 });
    await expect(failure).rejects.toMatchObject({
      message: 'after 5 ms still waiting for the impossible',
      cause: new Error('never'),
    });
  });
});
