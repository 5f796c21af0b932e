import { EventEmitter } from 'node:events';
import { onStopRequest } from './stop-requests';

function listen(): { press: (signal: string, atMs: number) => Promise<{ first: boolean; second: boolean }> } {
  const signals = new EventEmitter();
  let clock = 0;
  const request = onStopRequest(signals, () => clock);
  const seen = { first: false, second: false };
  void request.first.then(() => (seen.first = true));
  void request.second.then(() => (seen.second = true));
  const press = async (signal: string, atMs: number): Promise<typeof seen> => {
    clock = atMs;
    signals.emit(signal);
    await request.first;
    return { ...seen };
  };
  return { press };
}

describe('stop requests', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'])('take %s as the wish to stop', async (signal) => {
    expect(await listen().press(signal, 0)).toEqual({ first: true, second: false });
  });

  it('take the copies of one Ctrl-C that every npm on the way passes on as one', async () => {
    const { press } = listen();
    await press('SIGINT', 0);
    await press('SIGINT', 2);
    expect(await press('SIGTERM', 1_000)).toEqual({ first: true, second: false });
  });

  it('take a later one as impatience', async () => {
    const { press } = listen();
    await press('SIGINT', 0);
    await press('SIGINT', 1_001);
    expect(await press('SIGINT', 1_002)).toEqual({ first: true, second: true });
  });
});
