import { Client } from 'pg';
import { backoffMs } from '../time-limit';
import type { BusDatabaseOptions } from './bus-database';

/** Payload: the name of a partition that has grown. */
export const MESSAGE_CHANNEL = 'ledger_bus_messages';
/** Payload: the name of a group whose members or shares have changed. */
export const GROUP_CHANNEL = 'ledger_bus_groups';

const MAX_PAUSE_MS = 2_000;

export interface WakeUpListener {
  onMessages(partitionName: string): void;
  onGroup(group: string): void;
}

/**
 * Hears from the database when something has happened, on one connection per process. It only hurries things up:
 * consumers also look by themselves, so a notification that is lost while the connection is down does no harm.
 */
export class WakeUp {
  private readonly listeners = new Set<WakeUpListener>();
  private client: Client | undefined;
  private retry: NodeJS.Timeout | undefined;
  private failures = 0;
  private isClosed = false;

  constructor(private readonly options: BusDatabaseOptions) {}

  add(listener: WakeUpListener): void {
    this.listeners.add(listener);
    if (this.listeners.size === 1) this.connect();
  }

  remove(listener: WakeUpListener): void {
    this.listeners.delete(listener);
  }

  async close(): Promise<void> {
    this.isClosed = true;
    clearTimeout(this.retry);
    await this.client?.end().catch(() => undefined);
  }

  private connect(): void {
    if (this.isClosed || this.client) return;
    const client = new Client({
      connectionString: this.options.url,
      application_name: `${this.options.clientId} bus wake-up`,
      connectionTimeoutMillis: 2_000,
      query_timeout: 5_000,
      keepAlive: true,
    });
    this.client = client;
    client.on('notification', ({ channel, payload = '' }) => this.tell(channel, payload));
    client.on('error', (error) => this.reconnect(client, error));
    client.on('end', () => this.reconnect(client, new Error('the connection ended')));
    this.listen(client).catch((error: unknown) => this.reconnect(client, error));
  }

  private async listen(client: Client): Promise<void> {
    await client.connect();
    await client.query(`LISTEN ${MESSAGE_CHANNEL}; LISTEN ${GROUP_CHANNEL}`);
    this.failures = 0;
  }

  private reconnect(client: Client, error: unknown): void {
    if (this.isClosed || this.client !== client) return;
    this.options.logger.debug({ err: error }, 'no notifications from the bus database; trying again');
    this.client = undefined;
    client.end().catch(() => undefined);
    this.failures += 1;
    this.retry = setTimeout(() => this.connect(), backoffMs(this.failures, MAX_PAUSE_MS));
  }

  private tell(channel: string, payload: string): void {
    for (const listener of this.listeners) {
      if (channel === MESSAGE_CHANNEL) listener.onMessages(payload);
      else listener.onGroup(payload);
    }
  }
}
