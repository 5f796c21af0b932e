import { pickFreePorts } from '@ledger/embedded';
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { acceptsConnections } from '../tcp';
import { waitFor } from '../wait-for';
import type { KafkaBroker } from './kafka-broker';

const run = promisify(execFile);
const START_TIMEOUT_MS = 60_000;
const START_ATTEMPTS = 3;
/** Starts in two seconds and stays near 300 MB. */
const JVM = ['-Xmx384m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];

/** One KRaft broker, data in a temporary folder, run from plain jars. */
export async function startJarBroker(java: string, jarsFolder: string): Promise<KafkaBroker> {
  for (let attempt = 1; ; attempt += 1) {
    const folder = await mkdtemp(join(tmpdir(), 'ledger-kafka-'));
    try {
      return await startIn(folder, java, jarsFolder);
    } catch (error) {
      await rm(folder, { recursive: true, force: true });
      // Somebody else may have taken a port that was free a moment ago.
      if (attempt === START_ATTEMPTS) throw error;
    }
  }
}

async function startIn(folder: string, java: string, jarsFolder: string): Promise<KafkaBroker> {
  const [port, controllerPort] = await pickFreePorts(2);
  const settings = join(folder, 'server.properties');
  await writeFile(settings, serverProperties(port, controllerPort, join(folder, 'data')));
  const classPath = ['-cp', join(jarsFolder, '*')];
  const clusterId = randomBytes(16).toString('base64url');
  await run(java, [...JVM, ...classPath, 'kafka.tools.StorageTool', 'format', '-t', clusterId, '-c', settings]);
  const start = () => startProcess(java, [...JVM, ...classPath, 'kafka.Kafka', settings], port);

  let broker = await start();
  const kill = () => killProcess(broker);
  return {
    brokers: [`127.0.0.1:${port}`],
    owned: true,
    kill,
    restart: async () => {
      await kill();
      broker = await start();
    },
    stop: async () => {
      await kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/**
 * Runs the broker until the end of its own input: the input ends when we close it, and also when this process dies,
 * so that a killed test run leaves no broker behind.
 */
const UNTIL_END_OF_INPUT = `exec 3<&0
"$@" </dev/null >/dev/null 2>&1 & broker=$!
(read -r line <&3; kill -9 $broker 2>/dev/null) &
wait $broker`;

/** Resolves when the broker accepts connections. */
async function startProcess(java: string, args: string[], port: number): Promise<ChildProcess> {
  const child = spawn('/bin/sh', ['-c', UNTIL_END_OF_INPUT, 'kafka', java, ...args], {
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  const isUp = (): Promise<boolean> | true => child.exitCode !== null || acceptsConnections('127.0.0.1', port);
  try {
    await waitFor(`Kafka on port ${port}`, isUp, { timeoutMs: START_TIMEOUT_MS });
    if (child.exitCode !== null) throw new Error(`Kafka did not start (exit code ${child.exitCode})`);
    return child;
  } catch (error) {
    await killProcess(child);
    throw error;
  }
}

async function killProcess(child: ChildProcess): Promise<void> {
  const gone = child.exitCode === null ? once(child, 'exit') : undefined;
  child.stdin?.destroy();
  await gone;
}

function serverProperties(port: number, controllerPort: number, dataFolder: string): string {
  const properties = {
    'process.roles': 'broker,controller',
    'node.id': 1,
    'controller.quorum.voters': `1@127.0.0.1:${controllerPort}`,
    listeners: `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${port}`,
    'controller.listener.names': 'CONTROLLER',
    'listener.security.protocol.map': 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT',
    'log.dirs': dataFolder,
    'auto.create.topics.enable': false,
    'offsets.topic.replication.factor': 1,
    'offsets.topic.num.partitions': 3,
    'transaction.state.log.replication.factor': 1,
    'transaction.state.log.min.isr': 1,
    'group.initial.rebalance.delay.ms': 0,
    // A killed broker may register again only when its old session has run out; the default is 9 s.
    'broker.session.timeout.ms': 3_000,
    'broker.heartbeat.interval.ms': 500,
    // The default (128 MB) would not leave much of this small heap.
    'log.cleaner.dedupe.buffer.size': 8_388_608,
  };
  return Object.entries(properties)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}
