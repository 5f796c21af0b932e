import { backoffMs, withTimeLimit } from './time-limit';

describe('withTimeLimit', () => {
  it('gives what the promise gives', async () => {
    await expect(withTimeLimit('work', 1_000, Promise.resolve('result'))).resolves.toBe('result');
    await expect(withTimeLimit('work', 1_000, Promise.reject(new Error('fault')))).rejects.toThrow('fault');
  });

  it('names what took too long', async () => {
    const never = new Promise(() => undefined);
    await expect(withTimeLimit('asking', 5, never)).rejects.toThrow('asking took longer than 5 ms');
  });
});

describe('backoffMs', () => {
  it.each([
    [0, 50, 100],
    [1, 100, 200],
    [3, 400, 800],
    [50, 1_000, 2_000],
  ])('after %i failures lies between %i and %i ms', (failures, least, most) => {
    for (let n = 0; n < 100; n += 1) {
      const pause = backoffMs(failures, 2_000);
      expect(pause).toBeGreaterThanOrEqual(least);
      expect(pause).toBeLessThanOrEqual(most);
    }
  });
});
