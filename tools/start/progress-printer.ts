import type { ProgressEvent } from '@ledger/embedded';

/** Prints one line for every step, with the seconds since the start. */
export function progressPrinter(output: NodeJS.WritableStream): (event: ProgressEvent) => void {
  return ({ phase, message, elapsedMs }) => {
    const seconds = (elapsedMs / 1000).toFixed(1).padStart(6);
    output.write(`${seconds} s  ${phase.padEnd(10)}${message}\n`);
  };
}
