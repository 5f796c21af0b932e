import { join, resolve } from 'node:path';
import { StartError } from '@ledger/embedded';
import { Command, Option } from 'commander';
import { playFlood, playWithoutVehicles, type Played } from './play';
import { describeChecks, describeStock, describeTimeline } from './report';
import { findTarget } from './target';

const PROJECT_DIR = resolve(__dirname, '../../..');
const EXIT = { sound: 0, unsound: 1, notPlayed: 2 } as const;

interface DemoOptions {
  readonly fail?: 'transport';
  readonly json: boolean;
  readonly dataDir: string;
  readonly port: number;
}

function readOptions(): DemoOptions {
  return new Command('npm run demo --')
    .description('Plays a flood in Hequ county through the public HTTP API, as four users; it can be repeated.')
    .addOption(new Option('--fail <part>', 'play the case in which this part cannot be had').choices(['transport']))
    .addOption(
      new Option('-p, --port <number>', 'port of a running system').env('PORT').default(3000).argParser(Number),
    )
    .option('-d, --data-dir <folder>', 'data folder of the embedded stack', join(PROJECT_DIR, '.data'))
    .option('--json', 'print one JSON document in place of the text', false)
    .addHelpText(
      'after',
      `
Environment:
  BASE_URL       play on this system; otherwise on the one that runs here, otherwise one is started and stopped again
  KAFKA_BROKERS  the system that is started runs on this Kafka

Exit codes: 0 all checks hold, 1 a check fails, 2 it could not be played`,
    )
    .parse()
    .opts<DemoOptions>();
}

async function main(): Promise<number> {
  const options = readOptions();
  const started = performance.now();
  const seconds = (): string => ((performance.now() - started) / 1000).toFixed(1).padStart(6);
  const tell = (line: string): void => void process.stderr.write(`${seconds()} s  ${line}\n`);
  const target = await findTarget({ dataDir: resolve(options.dataDir), port: options.port }, tell);
  try {
    tell(`playing on ${target.baseUrl} (${target.source})`);
    const play = options.fail === 'transport' ? playWithoutVehicles : playFlood;
    const played = await play(target.baseUrl, tell);
    process.stdout.write(options.json ? `${JSON.stringify(played, null, 2)}\n` : describe(played));
    return played.checks.every((check) => check.isTrue) ? EXIT.sound : EXIT.unsound;
  } finally {
    await target.stop();
  }
}

function describe({ allocation, before, after, checks }: Played): string {
  return `\n${[describeTimeline(allocation), describeStock(before, after), describeChecks(checks)].join('\n')}`;
}

main().then(
  (exitCode) => process.exit(exitCode),
  (error: unknown) => {
    const line = error instanceof Error ? error.message : String(error);
    process.stderr.write(`${line}\n`);
    process.exit(error instanceof StartError ? error.exitCode : EXIT.notPlayed);
  },
);
