import { inTurn } from './in-turn';

it('runs one step after the other, and the rest after one that fails', async () => {
  const done: string[] = [];
  const step = (name: string, fault?: Error) => async (): Promise<void> => {
    await Promise.resolve();
    done.push(name);
    if (fault) throw fault;
  };
  const steps = [step('relay'), step('http', new Error('first')), step('database', new Error('second')), step('bus')];
  await expect(inTurn(steps)).rejects.toThrow('first');
  expect(done).toEqual(['relay', 'http', 'database', 'bus']);
});
