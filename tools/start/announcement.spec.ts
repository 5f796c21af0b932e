import { DEMO_PASSWORD } from '@ledger/contracts';
import { type Announcement, describeStack, readyLine } from './announcement';

function anAnnouncement(changes: Partial<Announcement> = {}): Announcement {
  return {
    stack: { gatewayUrl: 'http://127.0.0.1:3000', logDir: '/data/logs' },
    options: { dataDir: '/data' },
    accounts: [
      { username: 'keeper.hequ', roles: 'keeper', regionCode: '140930' },
      { username: 'dispatcher.hequ', roles: 'dispatcher', regionCode: '140930' },
    ],
    elapsedMs: 4_210,
    ...changes,
  };
}

describe('describeStack', () => {
  const text = describeStack(anAnnouncement());

  it('tells addresses, data, logs and how long it took', () => {
    for (const part of ['(4.2 s)', 'http://127.0.0.1:3000/docs', '/docs-json', '/data', '/data/logs', 'embedded bus']) {
      expect(text).toContain(part);
    }
  });

  it('lists the demonstration accounts and one line that gets a token', () => {
    expect(text).toMatch(/dispatcher\.hequ +dispatcher +140930\n/);
    expect(text).toContain(`curl -s http://127.0.0.1:3000/api/v1/auth/token`);
    expect(text).toContain(JSON.stringify({ username: 'dispatcher.hequ', password: DEMO_PASSWORD }));
  });

  it('says nothing about accounts or passwords where there are none', () => {
    const production = describeStack(anAnnouncement({ accounts: [] }));
    expect(production).not.toContain(DEMO_PASSWORD);
    expect(production).not.toContain('account');
  });

  it('names Kafka when events go over it', () => {
    expect(describeStack(anAnnouncement({ options: { dataDir: '/data', kafkaBrokers: 'broker:9092' } }))).toContain(
      'Kafka at broker:9092',
    );
  });
});

describe('readyLine', () => {
  it('is one line of JSON', () => {
    const line = readyLine(anAnnouncement());
    expect(line.trimEnd()).not.toContain('\n');
    expect(JSON.parse(line)).toEqual({
      type: 'ready',
      gatewayUrl: 'http://127.0.0.1:3000',
      docsUrl: 'http://127.0.0.1:3000/docs',
      dataDir: '/data',
      logDir: '/data/logs',
      elapsedMs: 4_210,
    });
  });
});
