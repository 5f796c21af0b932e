import { DEMO_PASSWORD } from '@ledger/contracts';
import type { Stack, StackOptions } from '@ledger/embedded';
import type { DemoAccount } from './demo-accounts';

export interface Announcement {
  readonly stack: Pick<Stack, 'gatewayUrl' | 'logDir'>;
  readonly options: Pick<StackOptions, 'dataDir' | 'kafkaBrokers'>;
  /** Empty in production. */
  readonly accounts: readonly DemoAccount[];
  readonly elapsedMs: number;
}

/** What a person needs to know to begin: addresses, accounts, a token, where things are, how to stop. */
export function describeStack({ stack, options, accounts, elapsedMs }: Announcement): string {
  const url = stack.gatewayUrl;
  return `
The emergency resources ledger is ready (${(elapsedMs / 1000).toFixed(1)} s).

  Address         ${url}
  API documents   ${url}/docs   (as JSON: ${url}/docs-json)
  Events          ${options.kafkaBrokers ? `Kafka at ${options.kafkaBrokers}` : 'embedded bus'}
  Data            ${options.dataDir}
  Logs            ${stack.logDir}
${describeAccounts(accounts, url)}
Ctrl-C stops everything; the data stay.
`;
}

/** The same for programs: one line of JSON. */
export function readyLine({ stack, options, elapsedMs }: Announcement): string {
  const { gatewayUrl, logDir } = stack;
  const docsUrl = `${gatewayUrl}/docs`;
  const line = {
    type: 'ready',
    gatewayUrl,
    docsUrl,
    dataDir: options.dataDir,
    logDir,
    elapsedMs: Math.round(elapsedMs),
  };
  return `${JSON.stringify(line)}\n`;
}

function describeAccounts(accounts: readonly DemoAccount[], url: string): string {
  if (accounts.length === 0) return '';
  const rows = accounts.map(
    ({ username, roles, regionCode }) => `  ${username.padEnd(20)}${roles.padEnd(26)}${regionCode}`,
  );
  const example = accounts.find(({ roles }) => roles.includes('dispatcher')) ?? accounts[0];
  const body = JSON.stringify({ username: example.username, password: DEMO_PASSWORD });
  return `
Demonstration accounts (password of all: ${DEMO_PASSWORD})
  ${'account'.padEnd(20)}${'roles'.padEnd(26)}region
${rows.join('\n')}

A token:
  curl -s ${url}/api/v1/auth/token -H 'content-type: application/json' -d '${body}'
`;
}
