import { LEASE_MS } from './group-lease';
import { HeldPartition } from './held-partition';

const aPartition = (overrides = {}): HeldPartition =>
  new HeldPartition({ topic: 't', partition: 0, fencing: 1n, committed: 5n, head: 5n, ...overrides });

describe('a held partition', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('starts behind what the group has committed', () => {
    expect(aPartition()).toMatchObject({ name: 't/0', position: 5n, hasNews: false });
    expect(aPartition({ head: 6n }).hasNews).toBe(true);
  });

  it('may go on for the length of a lease, counted from the question', () => {
    const partition = aPartition();
    const askedAt = performance.now();
    jest.advanceTimersByTime(LEASE_MS / 2);
    partition.renewed(askedAt);
    jest.advanceTimersByTime(LEASE_MS / 2 - 1);
    expect(partition.mayGoOn).toBe(true);
    jest.advanceTimersByTime(1);
    expect(partition.mayGoOn).toBe(false);
  });

  it('may not go on when it is lost or has to leave', () => {
    const [lost, leaving] = [aPartition(), aPartition()];
    for (const partition of [lost, leaving]) partition.renewed(performance.now());
    lost.isLost = true;
    leaving.isLeaving = true;
    expect([lost.mayGoOn, leaving.mayGoOn]).toEqual([false, false]);
  });

  it('is not renewed while its handler hangs, and is again when it shows life', () => {
    const partition = aPartition();
    partition.isWorking = true;
    partition.showLife();
    jest.advanceTimersByTime(LEASE_MS);
    expect(partition.showsLife).toBe(false);
    partition.renewed(performance.now());
    expect(partition.mayGoOn).toBe(false);
    partition.showLife();
    partition.renewed(performance.now());
    expect(partition.mayGoOn).toBe(true);
  });

  it('needs no sign of life while nothing is done on it', () => {
    const partition = aPartition();
    jest.advanceTimersByTime(60_000);
    expect(partition.showsLife).toBe(true);
  });
});
