import type { BusLogger } from '../../src/bus/bus-logger';

const ignore = (): void => undefined;

/** Set BUS_LOG=1 to see what an adapter says while a test is being written. */
export const testLogger: BusLogger =
  process.env.BUS_LOG === '1'
    ? { debug: print, info: print, warn: print, error: print }
    : { debug: ignore, info: ignore, warn: ignore, error: ignore };

function print(details: object, message: string): void {
  const { err, ...rest } = details as { err?: Error };
  process.stderr.write(`${message} ${err?.message ?? ''} ${JSON.stringify(rest)}\n`);
}
