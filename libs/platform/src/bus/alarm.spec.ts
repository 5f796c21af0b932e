import { Alarm } from './alarm';

const FOR_EVER = 2 ** 30;

describe('an alarm', () => {
  it('ends after its time', async () => {
    await expect(new Alarm().wait(1)).resolves.toBeUndefined();
  });

  it('is cut short by a ring', async () => {
    const alarm = new Alarm();
    const waiting = alarm.wait(FOR_EVER);
    alarm.ring();
    await expect(waiting).resolves.toBeUndefined();
  });

  it('remembers one ring while nobody waits', async () => {
    const alarm = new Alarm();
    alarm.ring();
    alarm.ring();
    await alarm.wait(FOR_EVER);
    let isOver = false;
    const second = alarm.wait(FOR_EVER).then(() => (isOver = true));
    await Promise.resolve();
    expect(isOver).toBe(false);
    alarm.ring();
    await second;
  });
});
