import { setTimeout as delay } from 'node:timers/promises';
import { withClient } from './client';
import type { DatabaseUrls } from './databases';
import type { Report } from './progress';
import type { DatabaseName } from './service-names';

const POLL_MS = 200;
const TELL_EVERY_MS = 2_000;
const PATIENCE_MS = 120_000;
const WRITERS = ['supplies', 'teams', 'transport'] as const;

type Databases = Readonly<Record<DatabaseName, Pick<DatabaseUrls, 'app'>>>;

/**
 * Waits until the gateway has taken over what the other services have told, so that the first plan after a first start
 * knows the stock. A gateway that is slower than two minutes is reported and works on in the background.
 */
export async function waitForCatchUp(databases: Databases, report: Report, signal?: AbortSignal): Promise<void> {
  const end = performance.now() + PATIENCE_MS;
  let nextTelling = performance.now() + TELL_EVERY_MS;
  while (!signal?.aborted) {
    const { told, taken } = await progressOf(databases);
    if (taken >= told) return;
    if (performance.now() > end) return report('notice', `the gateway still reads: ${taken} of ${told} events`);
    if (performance.now() > nextTelling) {
      report('services', `the gateway has read ${taken} of ${told} events`);
      nextTelling = performance.now() + TELL_EVERY_MS;
    }
    await delay(POLL_MS);
  }
}

/** Events that the three services have told, and those that the gateway has handled or parked. */
async function progressOf(databases: Databases): Promise<{ told: number; taken: number }> {
  const told = await Promise.all(
    WRITERS.map((name) => count(databases[name].app, `SELECT count(*) FROM outbox WHERE topic = '${name}.events.v1'`)),
  );
  const taken = await count(
    databases.gateway.app,
    'SELECT (SELECT count(*) FROM inbox) + (SELECT count(*) FROM parked_events) AS count',
  );
  return { told: told.reduce((sum, part) => sum + part, 0), taken };
}

function count(url: string, sql: string): Promise<number> {
  return withClient(url, async (client) => Number((await client.query<{ count: string }>(sql)).rows[0].count));
}
