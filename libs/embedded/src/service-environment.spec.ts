import { type EnvironmentSource, environmentOf, urlOfService } from './service-environment';
import { DATABASES } from './service-names';

const urls = DATABASES.map((name) => [name, { app: `app of ${name}`, owner: `owner of ${name}` }]);

function aSource(changes: Partial<EnvironmentSource> = {}): EnvironmentSource {
  return {
    projectDir: '/project',
    dataDir: '/project/.data',
    profile: 'demo',
    databases: Object.fromEntries(urls) as EnvironmentSource['databases'],
    ports: { gateway: 3000, supplies: 20_001, teams: 20_002, transport: 20_003 },
    gatewayHost: '127.0.0.1',
    ...changes,
  };
}

describe('environmentOf', () => {
  it('gives the owner of a database to its migration only', () => {
    expect(environmentOf('supplies', 'migrate', aSource()).MIGRATION_DATABASE_URL).toBe('owner of supplies');
    for (const command of ['seed', 'serve'] as const) {
      expect(Object.values(environmentOf('supplies', command, aSource())).join()).not.toContain('owner of');
    }
  });

  it('gives a service its own database and no other', () => {
    const text = Object.values(environmentOf('teams', 'serve', aSource())).join();
    expect(text).toContain('app of teams');
    expect(text).not.toMatch(/app of (supplies|transport|gateway)/);
  });

  it('names the embedded bus, or Kafka instead', () => {
    expect(environmentOf('teams', 'serve', aSource()).BUS_DATABASE_URL).toBe('app of bus');
    const onKafka = environmentOf('teams', 'serve', aSource({ kafkaBrokers: 'broker:9092', busNamespace: 'run1' }));
    expect(onKafka).toMatchObject({ KAFKA_BROKERS: 'broker:9092', BUS_NAMESPACE: 'run1' });
    expect(onKafka).not.toHaveProperty('BUS_DATABASE_URL');
  });

  it('tells the gateway where the others are, and the others where its keys are', () => {
    const source = aSource();
    expect(environmentOf('gateway', 'serve', source)).toMatchObject({
      SUPPLIES_URL: 'http://127.0.0.1:20001',
      TEAMS_URL: 'http://127.0.0.1:20002',
      TRANSPORT_URL: 'http://127.0.0.1:20003',
    });
    expect(environmentOf('teams', 'serve', source).JWKS_URL).toBe('http://127.0.0.1:3000/.well-known/jwks.json');
  });

  it('opens only the gateway to other machines', () => {
    const source = aSource({ gatewayHost: '0.0.0.0' });
    expect(environmentOf('gateway', 'serve', source).HOST).toBe('0.0.0.0');
    expect(environmentOf('supplies', 'serve', source).HOST).toBe('127.0.0.1');
    expect(urlOfService('gateway', source)).toBe('http://127.0.0.1:3000');
  });

  it('lets further variables win', () => {
    expect(environmentOf('teams', 'serve', aSource({ extra: { DATABASE_POOL_SIZE: '2' } })).DATABASE_POOL_SIZE).toBe(
      '2',
    );
  });
});

describe('urlOfService', () => {
  it('puts an IPv6 address in brackets', () => {
    expect(urlOfService('gateway', aSource({ gatewayHost: '::1' }))).toBe('http://[::1]:3000');
  });
});
