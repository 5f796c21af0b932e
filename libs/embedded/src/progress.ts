/** What the stack is doing. `notice` is anything the person at the terminal should know besides. */
export type StackPhase =
  'postgres' | 'databases' | 'bus' | 'migrate' | 'seed' | 'services' | 'ready' | 'stop' | 'notice';

export interface ProgressEvent {
  readonly phase: StackPhase;
  readonly message: string;
  /** Since the stack began to start. */
  readonly elapsedMs: number;
}

export type Report = (phase: StackPhase, message: string) => void;

/** A reporter whose clock starts now. */
export function reportTo(listener: ((event: ProgressEvent) => void) | undefined): Report {
  const start = performance.now();
  return (phase, message) => listener?.({ phase, message, elapsedMs: performance.now() - start });
}
