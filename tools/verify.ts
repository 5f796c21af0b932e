import { resolve } from 'node:path';
import { StartError } from '@ledger/embedded';
import { Command } from 'commander';
import { invariants as gateway } from '../apps/gateway/src/database/invariants';
import { invariants as supplies } from '../apps/supplies/src/database/invariants';
import { invariants as teams } from '../apps/teams/src/database/invariants';
import { invariants as transport } from '../apps/transport/src/database/invariants';
import { checkChainOf } from './verify/chain';
import { checkService } from './verify/check-service';
import { openDatabases } from './verify/databases';
import { type VerifyReport, countDifferences, describeChain, describeReport } from './verify/report';

const PROJECT_DIR = resolve(__dirname, '../..');
const INVARIANTS = { supplies, teams, transport, gateway };
const EXIT_DIFFERENCES = 1;
const EXIT_NOT_CHECKED = 2;

/** `npm run verify`: recomputes what can be recomputed in all service databases, and changes nothing. */
async function main(): Promise<number> {
  const { json, dataDir, chain, ...chainOptions } = readOptions();
  const databases = await openDatabases(dataDir);
  try {
    const report: VerifyReport = { checkedAt: new Date().toISOString(), source: databases.source, services: [] };
    for (const [service, invariants] of Object.entries(INVARIANTS)) {
      const checks = await checkService(databases.urls[service as keyof typeof INVARIANTS], invariants);
      report.services.push({ service, checks });
    }
    const progress = (line: string): void => void process.stderr.write(`${line}\n`);
    const chainResult = chain
      ? await checkChainOf(databases.urls.supplies, { projectDir: PROJECT_DIR, ...chainOptions, progress })
      : undefined;
    const differences = countDifferences(report) + (chainResult?.faults.length ?? 0);
    const answer = { isSound: differences === 0, differences, ...report, chain: chainResult };
    const words = `${describeReport(report)}${chainResult ? describeChain(chainResult) : ''}`;
    process.stdout.write(json ? `${JSON.stringify(answer, null, 2)}\n` : words);
    return differences === 0 ? 0 : EXIT_DIFFERENCES;
  } finally {
    await databases.close();
  }
}

interface Options {
  readonly json: boolean;
  readonly dataDir: string;
  readonly chain: boolean;
  readonly exportTo?: string;
  readonly head?: string;
}

function readOptions(): Options {
  const command = new Command('npm run verify --')
    .description('Recomputes balances from postings and checks the rules of every service database. Changes nothing.')
    .option('--json', 'print the result as JSON', false)
    .option('-d, --data-dir <folder>', 'data folder of the embedded stack', resolve(PROJECT_DIR, '.data'))
    .option('--chain', 'also recompute the hash chain of the ledger', false)
    .option('--export-to <file>', 'with --chain: write what was read to a file, for tools/verify-chain.cjs')
    .option('--head <hash>', 'with --chain: the hash that the latest block must have, as it was noted elsewhere')
    .addHelpText('after', '\nExit code: 0 no difference, 1 at least one difference, 2 could not check.')
    .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : EXIT_NOT_CHECKED));
  const options = command.parse().opts<Options>();
  const here = process.env.INIT_CWD ?? process.cwd();
  const exportTo = options.exportTo === undefined ? undefined : resolve(here, options.exportTo);
  return { ...options, exportTo, dataDir: resolve(here, options.dataDir) };
}

main()
  .then((exitCode) => (process.exitCode = exitCode))
  .catch((error: unknown) => {
    const reason = error instanceof StartError || error instanceof Error ? error.message : String(error);
    process.stderr.write(`Could not check: ${reason}\n`);
    process.exitCode = EXIT_NOT_CHECKED;
  });
