import { DomainError } from '@ledger/contracts';
import { QueryFailedError } from 'typeorm';
import { faultCode, isConnectionFault, isRetryableTransaction, isTransientFault } from './transient-fault';

const withCode = (code: string): Error => Object.assign(new Error('fault'), { code });
const verdict = (fault: unknown) => ({
  transient: isTransientFault(fault),
  connection: isConnectionFault(fault),
  again: isRetryableTransaction(fault),
});

describe('a fault that passes', () => {
  it.each([
    ['08006', 'connection failure'],
    ['57P01', 'administrator shutdown'],
    ['57P03', 'cannot connect now'],
    ['25P03', 'idle in transaction'],
    ['ECONNREFUSED', 'nobody listens'],
    ['ECONNRESET', 'connection reset'],
    ['ENOTFOUND', 'no such host just now'],
  ])('of the connection: %s, %s', (code) => {
    expect(verdict(withCode(code))).toEqual({ transient: true, connection: true, again: false });
  });

  it.each([
    ['40001', 'serialisation failure'],
    ['40P01', 'deadlock'],
    ['55P03', 'lock not available'],
  ])('of the transaction: %s, %s', (code) => {
    expect(verdict(withCode(code))).toEqual({ transient: true, connection: false, again: true });
  });

  it.each([
    ['57014', 'statement timeout'],
    ['53300', 'too many connections'],
    ['53100', 'disk full'],
    ['58030', 'disk fault'],
    ['25006', 'read-only while roles change'],
  ])('of the server: %s, %s', (code) => {
    expect(verdict(withCode(code))).toEqual({ transient: true, connection: false, again: false });
  });

  it.each([
    'Connection terminated unexpectedly',
    'timeout exceeded when trying to connect',
    'Query read timeout',
    'Client has encountered a connection error and is not queryable',
  ])('that the driver only says in words: %s', (words) => {
    expect(verdict(new Error(words))).toEqual({ transient: true, connection: true, again: false });
  });
});

describe('a fault that stays', () => {
  it.each([
    ['a broken check', withCode('23514')],
    ['a double key', withCode('23505')],
    ['a missing table', withCode('42P01')],
    ['a bug', new TypeError('undefined is not a function')],
    ['a refusal', new DomainError('TEAMS_NO_TEAM_LEFT')],
    ['nothing', undefined],
    ['a text', 'ECONNREFUSED'],
    [
      'a refusal that repeats what somebody wrote',
      new DomainError('REQUEST_INVALID', { detail: 'query read timeout' }),
    ],
    [
      'a broken check over a text that somebody wrote',
      Object.assign(new Error('row (connection terminated)'), { code: '23514' }),
    ],
  ])('%s', (_what, fault) => {
    expect(verdict(fault)).toEqual({ transient: false, connection: false, again: false });
  });
});

describe('faultCode', () => {
  it('looks through the wrappers of the driver and of a cause', () => {
    const wrapped = new QueryFailedError('SELECT 1', [], withCode('40P01'));
    expect(faultCode(wrapped)).toBe('40P01');
    expect(faultCode(new Error('outer', { cause: new Error('inner', { cause: withCode('EPIPE') }) }))).toBe('EPIPE');
  });

  it('is nothing where there is none', () => {
    expect([undefined, null, 7, new Error('plain'), { code: 7 }].map(faultCode)).toEqual(Array(5).fill(undefined));
  });
});
