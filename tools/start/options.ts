import { join, resolve } from 'node:path';
import type { StackOptions } from '@ledger/embedded';
import { Command, InvalidArgumentError, Option } from 'commander';

const DEFAULT_PORT = 3000;
const HIGHEST_PORT = 65_535;

export interface StartOptions {
  /** One JSON line when the stack is ready, instead of the text for people. */
  readonly json: boolean;
  /** The services' logs go to the terminal too. */
  readonly verbose: boolean;
  readonly stack: StackOptions;
}

/** Reads the command line and the environment; `--help` and mistakes end the program with a text. */
export function readStartOptions(projectDir: string): StartOptions {
  const { env } = process;
  const port = new Option('-p, --port <number>', 'port of the gateway').env('PORT').default(DEFAULT_PORT);
  const command = new Command('npm start --')
    .description(
      'Starts the embedded stack: PostgreSQL, event bus and the four services. Ctrl-C stops it; the data stay.',
    )
    .addOption(port.argParser(readPort))
    .option('-d, --data-dir <folder>', 'where database, secrets and logs are kept', join(projectDir, '.data'))
    .option('--json', 'print one JSON line when the stack is ready, progress on stderr', false)
    .option('--verbose', 'show the logs of the services here too', false)
    .addHelpText('after', ENVIRONMENT_HELP);
  const given = command.parse().opts<{ port: number; dataDir: string; json: boolean; verbose: boolean }>();
  const stack: StackOptions = {
    projectDir,
    dataDir: resolve(env.INIT_CWD ?? process.cwd(), given.dataDir),
    gatewayPort: given.port,
    gatewayHost: env.HOST || undefined,
    kafkaBrokers: env.KAFKA_BROKERS || undefined,
    busNamespace: env.BUS_NAMESPACE || undefined,
    profile: readProfile(env.LEDGER_PROFILE || 'demo', command),
    purpose: 'npm start',
  };
  return { json: given.json, verbose: given.verbose, stack };
}

const ENVIRONMENT_HELP = `
Environment:
  HOST            address on which the gateway listens (default 127.0.0.1: this machine only)
  KAFKA_BROKERS   use this Kafka instead of the embedded bus
  LEDGER_PROFILE  demo (default) or production
  LOG_LEVEL       level of the services' logs (default info)`;

function readPort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= HIGHEST_PORT) return port;
  throw new InvalidArgumentError(`"${text}" is no port: a whole number from 0 to ${HIGHEST_PORT} is needed.`);
}

/** A misspelt profile must not pass for the lenient one. */
function readProfile(text: string, command: Command): StackOptions['profile'] {
  if (text === 'demo' || text === 'production') return text;
  return command.error(`error: LEDGER_PROFILE is "${text}"; it has to be demo or production.`);
}
