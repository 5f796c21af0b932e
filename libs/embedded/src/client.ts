import { Client } from 'pg';

const CONNECT_MS = 5_000;

/** Does some work on a connection of its own and closes it. A connection that is lost fails the work, nothing else. */
export async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: CONNECT_MS });
  client.on('error', () => undefined); // also told to the query under way; without a listener it would end the process
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}
