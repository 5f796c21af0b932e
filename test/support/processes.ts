import { readFileSync, readdirSync } from 'node:fs';
import { spawnSync } from 'node:child_process';

/** Parents of all living processes, by process number; ended ones that nobody has collected yet are left out. */
function parents(): Map<number, number> {
  if (process.platform !== 'linux') {
    const rows = spawnSync('ps', ['-axo', 'pid=,ppid='], { encoding: 'utf8' }).stdout.trim().split('\n');
    return new Map(rows.map((row) => row.trim().split(/\s+/).map(Number) as [number, number]));
  }
  return new Map(
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .flatMap(linuxParent),
  );
}

function linuxParent(name: string): [number, number][] {
  try {
    const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
    const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return state === 'Z' ? [] : [[Number(name), Number(parent)]];
  } catch {
    return []; // ended between the listing and the reading
  }
}

/** A process and everything it has started, as far as it lives. */
export function familyOf(pid: number): number[] {
  const all = [...parents()];
  const family = [pid];
  for (const member of family) {
    family.push(...all.filter(([, parent]) => parent === member).map(([child]) => child));
  }
  return family;
}

/** Those of the processes that still live. */
export function livingOf(pids: readonly number[]): number[] {
  const all = parents();
  return pids.filter((pid) => all.has(pid));
}

/** Memory of Linux processes in megabytes, shared pages divided among those who share them (PSS). */
export function memoryOf(pids: readonly number[]): number {
  const kilobytes = pids.map((pid) => {
    const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
    return Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1]);
  });
  return kilobytes.reduce((sum, each) => sum + each, 0) / 1024;
}
