import { WorkSlots } from './work-slots';

const refused = () => new Error('full');

/** A job that ends when told to. */
function controlledJob() {
  let finish: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (finish = resolve));
  let started = false;
  return {
    run: async () => {
      started = true;
      await ended;
    },
    finish,
    hasStarted: () => started,
  };
}

describe('WorkSlots', () => {
  it('runs no more jobs at once than it has slots, and the next one when a slot is free', async () => {
    const slots = new WorkSlots({ running: 2, waiting: 5 });
    const jobs = [controlledJob(), controlledJob(), controlledJob()];
    const runs = jobs.map((job) => slots.run(job.run, refused));
    await Promise.resolve();
    expect(jobs.map((job) => job.hasStarted())).toEqual([true, true, false]);

    jobs[0].finish();
    await runs[0];
    await Promise.resolve();
    expect(jobs[2].hasStarted()).toBe(true);
    jobs.forEach((job) => job.finish());
    await Promise.all(runs);
  });

  it('refuses at once when the queue is full, and accepts again afterwards', async () => {
    const slots = new WorkSlots({ running: 1, waiting: 1 });
    const [first, second] = [controlledJob(), controlledJob()];
    const runs = [slots.run(first.run, refused), slots.run(second.run, refused)];
    await expect(slots.run(() => Promise.resolve(), refused)).rejects.toThrow('full');

    first.finish();
    second.finish();
    await Promise.all(runs);
    await expect(slots.run(() => Promise.resolve('done'), refused)).resolves.toBe('done');
  });

  it('gives the slot of a failed job to the next one', async () => {
    const slots = new WorkSlots({ running: 1, waiting: 1 });
    await expect(slots.run(() => Promise.reject(new Error('broken')), refused)).rejects.toThrow('broken');
    await expect(slots.run(() => Promise.resolve('done'), refused)).resolves.toBe('done');
  });
});
