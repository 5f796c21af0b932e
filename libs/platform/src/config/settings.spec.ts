import { SettingsError, readSettings, requireServable } from './settings';

const SECRET = 's3cret';
const DATABASE_URL = `postgres://teams_app:${SECRET}@localhost:5432/teams`;
const good = { DATABASE_URL };
const production = { ...good, LEDGER_PROFILE: 'production' };

/** The lines in which the settings are refused; empty when they are taken. */
function faultsOf(read: () => unknown): readonly string[] {
  try {
    read();
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(SettingsError);
    return (error as SettingsError).lines;
  }
}

const variablesOf = (lines: readonly string[]): string[] => lines.map((line) => line.split(':')[0]);

describe('settings', () => {
  it('need nothing but a database to be complete', () => {
    expect(readSettings('teams', good)).toEqual({
      service: 'teams',
      profile: 'demo',
      databaseUrl: DATABASE_URL,
      migrationDatabaseUrl: undefined,
      databasePoolSize: 10,
      kafkaBrokers: [],
      busDatabaseUrl: undefined,
      busNamespace: '',
      host: '127.0.0.1',
      port: 3002,
      jwksUrl: undefined,
      upstreams: { supplies: undefined, teams: undefined, transport: undefined },
      signingKeyFile: undefined,
      passKeyFile: undefined,
      seedsDir: 'seeds',
      logLevel: 'info',
      failPoints: undefined,
      importMaxRows: 200_000,
    });
  });

  it('have a port for every service', () => {
    const ports = (['gateway', 'supplies', 'teams', 'transport'] as const).map((name) => readSettings(name, good).port);
    expect(ports).toEqual([3000, 3001, 3002, 3003]);
    expect(readSettings('teams', { ...good, PORT: '0' }).port).toBe(0);
  });

  it('take an empty variable for one that is not set', () => {
    const empty = { LEDGER_PROFILE: '', DATABASE_POOL_SIZE: '', KAFKA_BROKERS: '', PORT: '', JWKS_URL: '', HOST: '' };
    expect(readSettings('teams', { ...good, ...empty })).toEqual(readSettings('teams', good));
  });

  it('read several brokers, with or without spaces', () => {
    const { kafkaBrokers } = readSettings('teams', { ...good, KAFKA_BROKERS: 'kafka-1:9092, [::1]:9093' });
    expect(kafkaBrokers).toEqual(['kafka-1:9092', '[::1]:9093']);
  });
});

describe('bad settings', () => {
  it.each([
    ['DATABASE_URL', undefined],
    ['DATABASE_URL', ''],
    ['DATABASE_URL', 'mysql://localhost/teams'],
    ['MIGRATION_DATABASE_URL', 'teams'],
    ['DATABASE_POOL_SIZE', '1'],
    ['DATABASE_POOL_SIZE', '-1.5'],
    ['DATABASE_POOL_SIZE', 'many'],
    ['LEDGER_PROFILE', 'test'],
    ['KAFKA_BROKERS', 'kafka'],
    ['KAFKA_BROKERS', 'kafka:9092,,kafka:9093'],
    ['BUS_DATABASE_URL', 'http://localhost'],
    ['BUS_NAMESPACE', 'a.b'],
    ['PORT', '65536'],
    ['PORT', '0.5'],
    ['JWKS_URL', 'file:///etc/passwd'],
    ['SUPPLIES_URL', 'localhost'],
    ['LOG_LEVEL', 'loud'],
  ])('are named in one line each: %s is %p', (variable, value) => {
    const lines = faultsOf(() => readSettings('teams', { ...good, [variable]: value }));
    expect(variablesOf(lines)).toEqual([variable]);
    expect(lines[0]).toMatch(/^[A-Z_]+: \S.*/);
  });

  it('are named all at once', () => {
    const lines = faultsOf(() => readSettings('teams', { PORT: 'http', LOG_LEVEL: 'loud' }));
    expect(variablesOf(lines).sort()).toEqual(['DATABASE_URL', 'LOG_LEVEL', 'PORT']);
  });

  it('never repeat what may be a secret', () => {
    const lines = faultsOf(() =>
      readSettings('teams', {
        DATABASE_URL: `postgre://teams:${SECRET}@localhost/teams`,
        MIGRATION_DATABASE_URL: `${SECRET}`,
        BUS_DATABASE_URL: `localhost:${SECRET}`,
        KAFKA_BROKERS: `user:${SECRET}@kafka`,
        LOG_LEVEL: SECRET,
      }),
    );
    expect(lines).toHaveLength(5);
    expect(lines.join()).not.toContain(SECRET);
  });
});

describe('the production profile', () => {
  it('refuses fail points', () => {
    const lines = faultsOf(() => readSettings('teams', { ...production, FAIL_POINTS: 'relay.after-publish' }));
    expect(variablesOf(lines)).toEqual(['FAIL_POINTS']);
  });

  it.each([
    ['gateway', 'SIGNING_KEY_FILE'],
    ['transport', 'PASS_KEY_FILE'],
  ] as const)('asks %s for a key of its own', (service, variable) => {
    expect(variablesOf(faultsOf(() => readSettings(service, production)))).toEqual([variable]);
    expect(readSettings(service, { ...production, [variable]: '/run/secrets/key' }).profile).toBe('production');
    expect(readSettings(service, good).profile).toBe('demo');
  });
});

describe('serving', () => {
  const servable = { ...good, BUS_DATABASE_URL: 'postgres://localhost/bus', JWKS_URL: 'http://localhost:3000/keys' };
  const faults = (service: 'teams' | 'gateway', environment: object): readonly string[] =>
    faultsOf(() => requireServable(readSettings(service, environment as NodeJS.ProcessEnv)));

  it('needs a bus, and keys to verify tokens by; the gateway has its own', () => {
    expect(faults('teams', good)).toHaveLength(2);
    expect(faults('gateway', good)).toEqual([expect.stringContaining('KAFKA_BROKERS')]);
    expect(faults('teams', servable)).toEqual([]);
    expect(faults('teams', { ...servable, BUS_DATABASE_URL: undefined, KAFKA_BROKERS: 'kafka:9092' })).toEqual([]);
  });
});
