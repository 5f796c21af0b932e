import { z } from 'zod';
import { SERVICES, type ServiceName } from '@ledger/contracts';

const DEFAULT_PORTS: Readonly<Record<ServiceName, number>> = {
  gateway: 3000,
  supplies: 3001,
  teams: 3002,
  transport: 3003,
};

const address = z.url({ protocol: /^https?$/, error: 'must be an http:// or https:// address' });
const postgresAddress = z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgres:// address' });
/** `host:port`, several with commas between them. */
const brokerList = z
  .string()
  .regex(/^\s*[^\s,]+:\d{1,5}(\s*,\s*[^\s,]+:\d{1,5})*\s*$/, 'must be host:port,host:port,…');
const emptyIsUnset = (value: unknown): unknown => (value === '' ? undefined : value);
const optional = <Schema extends z.ZodType>(schema: Schema) => z.preprocess(emptyIsUnset, schema.optional());

const settingsSchema = z.object({
  LEDGER_PROFILE: z.preprocess(emptyIsUnset, z.enum(['demo', 'production']).default('demo')),
  DATABASE_URL: postgresAddress,
  MIGRATION_DATABASE_URL: optional(postgresAddress),
  DATABASE_POOL_SIZE: z.preprocess(emptyIsUnset, z.coerce.number().int().min(2).max(100).default(10)),
  KAFKA_BROKERS: optional(brokerList),
  BUS_DATABASE_URL: optional(postgresAddress),
  BUS_NAMESPACE: z.preprocess((value) => value ?? '', z.string().regex(/^[a-z0-9-]*$/)),
  HOST: z.preprocess(emptyIsUnset, z.string().default('127.0.0.1')),
  PORT: optional(z.coerce.number().int().min(0).max(65_535)),
  JWKS_URL: optional(address),
  SUPPLIES_URL: optional(address),
  TEAMS_URL: optional(address),
  TRANSPORT_URL: optional(address),
  SIGNING_KEY_FILE: optional(z.string()),
  PASS_KEY_FILE: optional(z.string()),
  SEEDS_DIR: z.preprocess(emptyIsUnset, z.string().default('seeds')),
  LOG_LEVEL: z.preprocess(
    emptyIsUnset,
    z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  ),
  IMPORT_MAX_ROWS: z.preprocess(emptyIsUnset, z.coerce.number().int().min(1).max(2_000_000).default(200_000)),
  FAIL_POINTS: optional(z.string()),
});

/** The settings of one service process, read once from the environment. */
export interface Settings {
  readonly service: ServiceName;
  readonly profile: 'demo' | 'production';
  readonly databaseUrl: string;
  readonly migrationDatabaseUrl: string | undefined;
  readonly databasePoolSize: number;
  readonly kafkaBrokers: readonly string[];
  readonly busDatabaseUrl: string | undefined;
  readonly busNamespace: string;
  readonly host: string;
  readonly port: number;
  readonly jwksUrl: string | undefined;
  readonly upstreams: Readonly<Record<Exclude<ServiceName, 'gateway'>, string | undefined>>;
  readonly signingKeyFile: string | undefined;
  readonly passKeyFile: string | undefined;
  readonly seedsDir: string;
  readonly logLevel: string;
  /** Rows of one imported file; a longer file is refused with the count. */
  readonly importMaxRows: number;
  readonly failPoints: string | undefined;
}

/** One bad variable a line: what a person needs to mend the configuration. */
export class SettingsError extends Error {
  constructor(readonly lines: readonly string[]) {
    super(lines.join('\n'));
    this.name = 'SettingsError';
  }
}

/**
 * Reads and checks the environment.
 * @throws SettingsError with one line per bad variable; values of secrets are not repeated
 */
export function readSettings(service: ServiceName, environment: NodeJS.ProcessEnv): Settings {
  const parsed = settingsSchema.safeParse(environment);
  if (!parsed.success) {
    const messages = new Map(parsed.error.issues.map((issue) => [issue.path.join('.'), issue.message]));
    throw new SettingsError([...messages].map(([variable, message]) => `${variable}: ${message}`));
  }
  const values = parsed.data;
  const contradictions = contradictionsOf(service, values);
  if (contradictions.length > 0) throw new SettingsError(contradictions);
  return {
    service,
    profile: values.LEDGER_PROFILE,
    databaseUrl: values.DATABASE_URL,
    migrationDatabaseUrl: values.MIGRATION_DATABASE_URL,
    databasePoolSize: values.DATABASE_POOL_SIZE,
    kafkaBrokers: values.KAFKA_BROKERS?.split(',').map((broker) => broker.trim()) ?? [],
    busDatabaseUrl: values.BUS_DATABASE_URL,
    busNamespace: values.BUS_NAMESPACE,
    host: values.HOST,
    port: values.PORT ?? DEFAULT_PORTS[service],
    jwksUrl: values.JWKS_URL,
    upstreams: { supplies: values.SUPPLIES_URL, teams: values.TEAMS_URL, transport: values.TRANSPORT_URL },
    signingKeyFile: values.SIGNING_KEY_FILE,
    passKeyFile: values.PASS_KEY_FILE,
    seedsDir: values.SEEDS_DIR,
    logLevel: values.LOG_LEVEL,
    importMaxRows: values.IMPORT_MAX_ROWS,
    failPoints: values.FAIL_POINTS,
  };
}

/**
 * Checks what only serving needs; migrations and seeds do without.
 * @throws SettingsError with one line per missing variable
 */
export function requireServable(settings: Settings): void {
  const lines: string[] = [];
  if (settings.kafkaBrokers.length === 0 && !settings.busDatabaseUrl) {
    lines.push('KAFKA_BROKERS or BUS_DATABASE_URL: one of them is required');
  }
  if (settings.service !== 'gateway' && !settings.jwksUrl) {
    lines.push('JWKS_URL: required, no token can be verified without it');
  }
  if (lines.length > 0) throw new SettingsError(lines);
}

function contradictionsOf(service: ServiceName, values: z.output<typeof settingsSchema>): string[] {
  const lines: string[] = [];
  if (!SERVICES.includes(service)) lines.push(`unknown service ${service}`);
  if (values.LEDGER_PROFILE === 'production' && values.FAIL_POINTS) {
    lines.push('FAIL_POINTS: refused in the production profile');
  }
  if (values.LEDGER_PROFILE === 'production' && service === 'gateway' && !values.SIGNING_KEY_FILE) {
    lines.push('SIGNING_KEY_FILE: required in the production profile');
  }
  if (values.LEDGER_PROFILE === 'production' && service === 'transport' && !values.PASS_KEY_FILE) {
    lines.push('PASS_KEY_FILE: required in the production profile');
  }
  return lines;
}
