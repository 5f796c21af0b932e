import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Any of these will do; the first is the smallest and the one that is pulled. */
const IMAGES = ['apache/kafka-native:4.1.0', 'apache/kafka:4.1.0'];
const PING_TIMEOUT_MS = 1_500;
const PULL_TIMEOUT_MS = 180_000;

/** An image that this machine's container engine has or could pull. A missing engine costs under two seconds. */
export async function findContainerImage(
  progress: (line: string) => void,
): Promise<{ image: string } | { reason: string }> {
  if (!mayHaveEngine()) return { reason: 'no container engine' };
  const { getContainerRuntimeClient, ImageName } = await import('testcontainers');
  const client = await within(PING_TIMEOUT_MS, getContainerRuntimeClient());
  if (!client) return { reason: 'no container engine answers' };
  for (const image of IMAGES) {
    if (await client.image.exists(ImageName.fromString(image))) return { image };
  }
  progress(`pulling ${IMAGES[0]}`);
  const pulled = client.image.pull(ImageName.fromString(IMAGES[0])).then(() => true);
  return (await within(PULL_TIMEOUT_MS, pulled))
    ? { image: IMAGES[0] }
    : { reason: `the container engine cannot pull ${IMAGES[0]}` };
}

/** Cheap signs of an engine, so that a machine without one does not load the client library at all. */
function mayHaveEngine(): boolean {
  const sockets = [
    '/var/run/docker.sock',
    join(homedir(), '.docker/run/docker.sock'),
    join(process.env.XDG_RUNTIME_DIR ?? '/run/user/0', 'docker.sock'),
  ];
  return process.env.DOCKER_HOST !== undefined || sockets.some((socket) => existsSync(socket));
}

/** The value, or undefined when the promise fails or takes longer. */
async function within<T>(limitMs: number, promise: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<undefined>((resolve) => (timer = setTimeout(resolve, limitMs, undefined)));
  try {
    return await Promise.race([promise.catch(() => undefined), limit]);
  } finally {
    clearTimeout(timer);
  }
}
