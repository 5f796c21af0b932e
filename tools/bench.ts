import { Command, InvalidArgumentError } from 'commander';
import { startBenchServer, type BenchServer } from './bench/bench-server';
import { measureImport } from './bench/measure-import';
import { measurePosting, measureSealing } from './bench/measure-posting';
import { measureReads } from './bench/measure-reads';
import { describeResults } from './bench/report';
import { measureRounds, type MeasuredRounds, type Measurement } from './bench/rounds';

const GROUPS: Readonly<Record<string, (server: BenchServer) => Promise<Measurement>>> = {
  posting: measurePosting,
  reads: measureReads,
  import: measureImport,
  sealing: measureSealing,
};
const LEAST_ROUNDS = 7;
const EXIT_USAGE = 2;

/** `npm run bench`: measures speed as ratios to limits that are measured beside it, in the same run. */
async function main(): Promise<void> {
  const { json, rounds, only } = readOptions();
  const progress = (line: string): void => void process.stderr.write(`[bench] ${line}\n`);
  progress('starting PostgreSQL with synchronous commit');
  const server = await startBenchServer();
  const results: Record<string, MeasuredRounds> = {};
  try {
    for (const name of only) {
      progress(`${name}: preparing`);
      const measurement = await GROUPS[name](server);
      results[name] = await measureRounds(measurement, rounds, (line) => progress(`${name}, ${line}`));
    }
  } finally {
    await server.stop();
  }
  process.stdout.write(json ? `${JSON.stringify(answerOf(results, rounds), null, 2)}\n` : describeResults(results));
}

/** The medians by name, where a program looks for them, and everything measured beside them. */
function answerOf(results: Readonly<Record<string, MeasuredRounds>>, rounds: number) {
  const medians = Object.values(results).flatMap(({ ratios }) =>
    Object.entries(ratios).map(([name, { median }]) => [name, median] as const),
  );
  return { rounds, ratios: Object.fromEntries(medians), groups: results };
}

function readOptions(): { json: boolean; rounds: number; only: string[] } {
  const command = new Command('npm run bench --')
    .description(
      'Measures speed as ratios to limits measured beside it, in interleaved rounds of one run, on a PostgreSQL of its\n' +
        'own with synchronous commit. Takes several minutes; close what else is at work on the machine.',
    )
    .option('--json', 'print one JSON object; `ratios` holds the medians by name', false)
    .option(
      '-r, --rounds <number>',
      `rounds that count, at least ${LEAST_ROUNDS} for a figure to quote`,
      wholeNumber,
      LEAST_ROUNDS,
    )
    .option('-o, --only <groups...>', `groups to measure: ${Object.keys(GROUPS).join(', ')}`, Object.keys(GROUPS))
    .addHelpText('after', '\nExit code: 0 measured, 1 a fault, 2 the options make no sense.')
    .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : EXIT_USAGE));
  const options = command.parse().opts<{ json: boolean; rounds: number; only: string[] }>();
  const unknown = options.only.filter((name) => !(name in GROUPS));
  if (unknown.length > 0) command.error(`unknown group ${unknown.join(', ')}`);
  return options;
}

function wholeNumber(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1 || number > 100) throw new InvalidArgumentError('1 to 100');
  return number;
}

main().catch((error: unknown) => {
  process.stderr.write(`bench failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
