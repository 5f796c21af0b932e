/**
 * Named places that a test can turn into a crash: `FAIL_POINTS=relay.after-publish:3` kills the process when it passes
 * that place for the third time. Without the setting they do nothing; the production profile refuses the setting.
 */
const armed = new Map<string, number>();

export function armFailPoints(setting: string | undefined): void {
  armed.clear();
  for (const entry of setting?.split(',') ?? []) {
    const [name, count] = entry.split(':');
    armed.set(name.trim(), Number(count ?? 1));
  }
}

export function failPoint(name: string): void {
  const left = armed.get(name);
  if (left === undefined) return;
  armed.set(name, left - 1);
  if (left <= 1) process.kill(process.pid, 'SIGKILL');
}
