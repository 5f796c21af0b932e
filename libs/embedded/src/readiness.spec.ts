import { explainEarlyExit } from './readiness';

describe('explainEarlyExit', () => {
  it.each([
    ['PANIC:  could not write to file "pg_wal/xlogtemp.7": No space left on device', 'DISK_FULL'],
    ['LOG:  could not bind IPv4 address "127.0.0.1": Address already in use', 'PORT_IN_USE'],
    ['FATAL:  lock file "postmaster.pid" already exists', 'DATA_FOLDER_IN_USE'],
    ['FATAL:  could not load pg_hba.conf', 'DATABASE_FAILED'],
  ])('tells %j as %s', (output, code) => {
    expect(explainEarlyExit(output, '/data/postgres', '/data/logs/postgres.log').code).toBe(code);
  });

  it('quotes the last fatal line and names the log', () => {
    const output = 'LOG:  starting\nFATAL:  first\nHINT:  none\nFATAL:  second\nLOG:  database system is shut down\n';
    const { message } = explainEarlyExit(output, '/data/postgres', '/data/logs/postgres.log');
    expect(message).toBe('PostgreSQL did not start: FATAL:  second (log: /data/logs/postgres.log)');
  });

  it('admits that nothing was said', () => {
    expect(explainEarlyExit('', '/data/postgres', '/log').message).toContain('it said nothing');
  });
});
