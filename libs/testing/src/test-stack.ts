import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startStack, type Stack, type StackOptions } from '@ledger/embedded';

const PROJECT_DIR = resolve(__dirname, '../../..');

/** The whole product as built: PostgreSQL, bus and four processes, on a folder of its own. */
export interface TestStack extends Stack {
  readonly dataDir: string;
}

/** Starts the built product with the demonstration seeds; `stop` also removes its folder. */
export async function startTestStack(options: Partial<StackOptions> = {}): Promise<TestStack> {
  const dataDir = await mkdtemp(join(tmpdir(), 'ledger-stack-'));
  const stack = await startStack({
    projectDir: PROJECT_DIR,
    dataDir,
    gatewayPort: 0,
    profile: 'demo',
    durable: false,
    env: { LOG_LEVEL: 'warn' },
    ...options,
  });
  const stop = async (): Promise<void> => {
    await stack.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  return { ...stack, dataDir, stop };
}
