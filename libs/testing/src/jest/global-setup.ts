import { randomUUID } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
// jest maps no package names in this file and what it imports: hence the path.
import { startPostgres } from '../../../embedded/src/postgres';
import { findKafka } from '../kafka/find-kafka';
import { announceKafkaSource } from '../kafka/kafka-source';
import { keepForTeardown } from './running-servers';
import { announceRun } from './test-run';

/**
 * Runs once before the first suite that needs a server: one PostgreSQL cluster for all (or TEST_DATABASE_URL, the
 * superuser of a cluster that only tests use), and the answer to where a Kafka would come from.
 */
export default async function setUp(): Promise<void> {
  const progress = (line: string): void => void process.stdout.write(`\n[tests] ${line}`);
  const [databaseUrl, kafka] = await Promise.all([findDatabase(), findKafka(progress)]);
  announceRun({ id: randomUUID().slice(0, 8), databaseUrl });
  announceKafkaSource(kafka);
}

async function findDatabase(): Promise<string> {
  if (process.env.TEST_DATABASE_URL) return process.env.TEST_DATABASE_URL;
  const dataDir = await mkdtemp(join(tmpdir(), 'ledger-tests-'));
  const server = await startPostgres({ dataDir, durable: false, purpose: 'tests' });
  keepForTeardown({ server, dataDir });
  return server.superuserUrl();
}
