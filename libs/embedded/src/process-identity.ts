import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Position of the start time in /proc/<pid>/stat, counted after the command name, which may itself hold spaces. */
const START_TIME_FIELD = 19;

/**
 * A text that stays the same as long as a process lives and differs for a later process with the same number.
 * Process numbers come back (in a container after every restart), so a number alone proves nothing.
 * @returns null when no such process lives; a zombie counts as dead
 */
export function processIdentity(pid: number): string | null {
  return process.platform === 'linux' ? linuxIdentity(pid) : portableIdentity(pid);
}

function linuxIdentity(pid: number): string | null {
  const stat = readOrNull(`/proc/${pid}/stat`);
  if (stat === null) return null;
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (fields[0] === 'Z' || fields[0] === 'X') return null;
  const boot = readOrNull('/proc/sys/kernel/random/boot_id') ?? '';
  return `${boot.trim()}:${fields[START_TIME_FIELD] ?? ''}`;
}

function portableIdentity(pid: number): string | null {
  const answer = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' });
  return answer.stdout?.trim() || null;
}

/** The command line of a living process, words parted by spaces; empty when it cannot be read. */
export function commandLineOf(pid: number): string {
  if (process.platform === 'linux') return (readOrNull(`/proc/${pid}/cmdline`) ?? '').replaceAll('\0', ' ');
  return spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout ?? '';
}

function readOrNull(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
