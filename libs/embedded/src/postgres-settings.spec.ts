import { initdbArguments, postgresArguments } from './postgres-settings';

function settingsOf(args: readonly string[]): Record<string, string> {
  return Object.fromEntries(args.filter((text) => text.includes('=')).map((text) => text.split('=', 2)));
}

describe('postgresArguments', () => {
  const durable = settingsOf(postgresArguments('/data/postgres', { port: 20_001, durable: true }));

  it('listens on loopback only, without a socket file', () => {
    expect(durable).toMatchObject({ listen_addresses: '127.0.0.1', unix_socket_directories: '', port: '20001' });
  });

  it('never weakens durability unless asked to', () => {
    expect(durable).not.toHaveProperty('fsync');
    expect(durable).not.toHaveProperty('synchronous_commit');
    const fast = settingsOf(postgresArguments('/data/postgres', { port: 20_001, durable: false }));
    expect(fast).toMatchObject({ fsync: 'off', synchronous_commit: 'off' });
  });

  it('names the folder in a form that endOrphan recognises', () => {
    expect(postgresArguments('/data/postgres', { port: 1, durable: true }).join(' ')).toContain('-D /data/postgres ');
  });
});

describe('initdbArguments', () => {
  it('asks for passwords and for the collation that is the same everywhere', () => {
    const args = initdbArguments('/data/postgres.init', '/data/password', true);
    expect(args).toEqual(
      expect.arrayContaining(['--auth=scram-sha-256', '--builtin-locale=C.UTF-8', '--encoding=UTF8']),
    );
    expect(args).not.toContain('--no-sync');
  });
});
