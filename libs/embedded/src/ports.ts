import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { StartError } from './start-errors';

/** Internal ports lie below the ranges from which systems give out ports by themselves (32768 on Linux, 49152 elsewhere). */
const LOWEST_PORT = 20_000;
const HIGHEST_PORT = 32_000;
const ATTEMPTS = 200;

/** Whether a server could listen on this address at this moment. */
export async function isPortFree(port: number, host = '127.0.0.1'): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/**
 * Picks different ports that are free now. Another program may still take one before it is used: callers try again.
 * @throws StartError PORT_IN_USE when no free port was found
 */
export async function pickFreePorts(count: number): Promise<number[]> {
  const picked = new Set<number>();
  for (let attempt = 0; attempt < ATTEMPTS && picked.size < count; attempt += 1) {
    const port = randomInt(LOWEST_PORT, HIGHEST_PORT);
    if (!picked.has(port) && (await isPortFree(port))) picked.add(port);
  }
  if (picked.size === count) return [...picked];
  throw new StartError(
    'PORT_IN_USE',
    `No ${count} free ports found between ${LOWEST_PORT} and ${HIGHEST_PORT} on this machine.`,
  );
}

export async function pickFreePort(): Promise<number> {
  const [port] = await pickFreePorts(1);
  return port as number;
}
