import { resolve } from 'node:path';
import { StartError, startStack } from '@ledger/embedded';
import { describeStack, readyLine } from './start/announcement';
import { readDemoAccounts } from './start/demo-accounts';
import { readStartOptions } from './start/options';
import { progressPrinter } from './start/progress-printer';
import { onStopRequest } from './start/stop-requests';

const PROJECT_DIR = resolve(__dirname, '../..');
const INTERRUPTED_TWICE = 130;

/** `npm start`: the embedded stack, until Ctrl-C. */
async function main(): Promise<void> {
  const { json, verbose, stack: options } = readStartOptions(PROJECT_DIR);
  const started = performance.now();
  const interruption = new AbortController();
  const stopRequest = onStopRequest();
  void stopRequest.first.then(() => interruption.abort());
  void stopRequest.second.then(() => process.exit(INTERRUPTED_TWICE)); // what is left ends by itself with this process
  const stack = await startStack({
    ...options,
    signal: interruption.signal,
    onProgress: progressPrinter(json ? process.stderr : process.stdout),
    onOutput: verbose ? (name, line) => process.stderr.write(`${name}: ${line}\n`) : undefined,
  });
  const accounts = options.profile === 'demo' ? readDemoAccounts(PROJECT_DIR) : [];
  const announcement = { stack, options, accounts, elapsedMs: performance.now() - started };
  process.stdout.write(json ? readyLine(announcement) : describeStack(announcement));
  const failure = await Promise.race([stack.failed, stopRequest.first.then(() => null)]);
  if (failure !== null) process.stderr.write(`${failure.message}\n`);
  await stack.stop();
  process.exit(failure?.exitCode ?? 0);
}

main().catch((error: unknown) => {
  const isExpected = error instanceof StartError;
  process.stderr.write(`${isExpected ? error.message : `Unexpected fault: ${String(error)}`}\n`);
  process.exit(isExpected ? error.exitCode : 1);
});
