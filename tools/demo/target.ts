import { resolve } from 'node:path';
import { findRunningStack, startStack } from '@ledger/embedded';
import { progressPrinter } from '../start/progress-printer';
import type { Tell } from './flood';

const PROJECT_DIR = resolve(__dirname, '../../..');
const ASK_MS = 2_000;

/** The system the demonstration plays on, and what stops it if it was started for that. */
export interface Target {
  readonly baseUrl: string;
  readonly source: string;
  stop(): Promise<void>;
}

export interface TargetOptions {
  readonly dataDir: string;
  readonly port: number;
}

/**
 * The system at `BASE_URL`; else one that answers on the data folder or the port; else one started for the purpose.
 * @throws StartError when none answers and none can be started; Error when `BASE_URL` does not answer
 */
export async function findTarget(options: TargetOptions, tell: Tell): Promise<Target> {
  const named = process.env.BASE_URL;
  if (named) {
    if (!(await answers(named))) throw new Error(`nothing is ready at BASE_URL ${named}`);
    return { baseUrl: named.replace(/\/$/, ''), source: 'BASE_URL', stop: async () => {} };
  }
  const running = (await findRunningStack(options.dataDir))?.gatewayUrl ?? `http://127.0.0.1:${options.port}`;
  if (await answers(running)) return { baseUrl: running, source: 'the system that runs here', stop: async () => {} };
  tell('no system answers: starting the embedded one for the demonstration');
  const stack = await startStack({
    projectDir: PROJECT_DIR,
    dataDir: options.dataDir,
    gatewayPort: 0,
    profile: 'demo',
    kafkaBrokers: process.env.KAFKA_BROKERS || undefined,
    busNamespace: process.env.BUS_NAMESPACE || undefined,
    purpose: 'npm run demo',
    onProgress: progressPrinter(process.stderr),
  });
  return { baseUrl: stack.gatewayUrl, source: 'started for the demonstration', stop: () => stack.stop() };
}

async function answers(baseUrl: string): Promise<boolean> {
  try {
    const response = await fetch(`${baseUrl}/health/ready`, { signal: AbortSignal.timeout(ASK_MS) });
    const body = (await response.json()) as { outbox?: unknown };
    return response.ok && 'outbox' in body;
  } catch {
    return false;
  }
}
