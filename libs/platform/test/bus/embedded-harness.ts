import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EmbeddedPostgres, prepareDatabase, startPostgres } from '@ledger/embedded';
import { BusDatabase } from '../../src/bus/embedded/bus-database';
import { EmbeddedBus } from '../../src/bus/embedded/embedded-bus';
import { append } from '../../src/bus/embedded/message-log';
import { migrateEmbeddedBus } from '../../src/bus/embedded/migrate';
import type { BusHarness, ForeignRecord } from './bus-harness';
import { testLogger } from './test-logger';

const [OWNER, APP] = ['bus_owner', 'bus_app'];

/** The embedded bus on a durable PostgreSQL of its own, because the suite kills it. */
export class EmbeddedHarness implements BusHarness {
  private constructor(
    private readonly dataDir: string,
    private readonly server: EmbeddedPostgres,
  ) {}

  static async start(): Promise<EmbeddedHarness> {
    const dataDir = await mkdtemp(join(tmpdir(), 'ledger-bus-'));
    const server = await startPostgres({ dataDir, roles: [OWNER, APP], purpose: 'the bus contract' });
    const passwords = { ownerPassword: server.passwords[OWNER], appPassword: server.passwords[APP] };
    const roles = { database: 'bus', owner: OWNER, app: APP, ...passwords };
    await prepareDatabase((database) => server.superuserUrl(database), roles);
    await migrateEmbeddedBus(server.urlOf(OWNER, 'bus'));
    return new EmbeddedHarness(dataDir, server);
  }

  open(namespace: string): EmbeddedBus {
    return new EmbeddedBus({ ...this.address(), namespace });
  }

  async inject(topic: string, record: ForeignRecord): Promise<void> {
    const database = new BusDatabase(this.address());
    await append(database, [{ topic, partition: 0, headers: {}, ...record }]);
    await database.close();
  }

  takeAway = (): Promise<void> => this.server.kill();
  bringBack = (): Promise<void> => this.server.start();

  async close(): Promise<void> {
    await this.server.stop();
    await rm(this.dataDir, { recursive: true, force: true });
  }

  private address() {
    return { url: this.server.urlOf(APP, 'bus'), clientId: 'contract', logger: testLogger };
  }
}
