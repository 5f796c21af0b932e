/** How far a job is. `done` of `total` in one unit, which need not be rows. */
export interface WorkDone {
  readonly done: number;
  /** null while nobody can say. */
  readonly total: number | null;
  readonly rows: number;
  readonly seconds: number;
}

export interface Progress {
  readonly percent: number;
  readonly rowsPerSecond: number;
  readonly secondsLeft: number | null;
}

/** What somebody who waits wants to know. The rest is estimated from the pace so far. */
export function progressOf({ done, total, rows, seconds }: WorkDone): Progress {
  const share = total === null || total === 0 ? 0 : Math.min(1, done / total);
  const left = share > 0 && seconds > 0 ? Math.ceil((seconds * (1 - share)) / share) : null;
  return {
    percent: Math.floor(share * 100),
    rowsPerSecond: seconds > 0 ? Math.round(rows / seconds) : 0,
    secondsLeft: left,
  };
}
