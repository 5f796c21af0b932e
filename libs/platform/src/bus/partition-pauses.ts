/** The partitions of one consumer that wait before their next message, each with its own timer. */
export class PartitionPauses {
  private readonly timers = new Map<string, NodeJS.Timeout>();

  /** Pauses until `pauseMs` have passed, then calls `resume`. */
  pause(partition: string, pauseMs: number, resume: () => void): void {
    this.cancel(partition);
    const timer = setTimeout(() => {
      this.timers.delete(partition);
      resume();
    }, pauseMs);
    this.timers.set(partition, timer);
  }

  has(partition: string): boolean {
    return this.timers.has(partition);
  }

  names(): string[] {
    return [...this.timers.keys()];
  }

  /** The partition is not resumed any more. */
  cancel(partition: string): void {
    clearTimeout(this.timers.get(partition));
    this.timers.delete(partition);
  }

  clear(): void {
    for (const partition of this.names()) this.cancel(partition);
  }
}
