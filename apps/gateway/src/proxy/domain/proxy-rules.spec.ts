import { headersToClient, headersToService } from './header-hygiene';
import { isPlainPath } from './plain-path';

const REQUEST = { address: '10.1.2.3', host: 'door.example', hasBody: true };

describe('headersToService', () => {
  it('keeps what belongs to the message', () => {
    const headers = {
      authorization: 'Bearer x',
      'idempotency-key': 'k',
      'x-correlation-id': 'c',
      'content-length': '3',
    };
    expect(headersToService(headers, REQUEST)).toMatchObject(headers);
  });

  it.each([
    'connection',
    'keep-alive',
    'te',
    'trailer',
    'transfer-encoding',
    'upgrade',
    'proxy-authorization',
    'expect',
  ])('drops %s, which belongs to the connection', (name) => {
    expect(headersToService({ [name]: 'any' }, REQUEST)).not.toHaveProperty(name);
  });

  it.each(['forwarded', 'via', 'x-real-ip', 'x-forwarded-proto', 'x-forwarded-prefix', 'x-original-url'])(
    'does not pass on what a client claims in %s',
    (name) => {
      expect(headersToService({ [name]: 'claimed' }, REQUEST)).not.toHaveProperty(name);
    },
  );

  it('says itself where the request came from', () => {
    const claimed = { 'x-forwarded-for': '1.1.1.1', 'x-forwarded-host': 'claimed' };
    expect(headersToService(claimed, REQUEST)).toEqual({
      'x-forwarded-for': '10.1.2.3',
      'x-forwarded-host': 'door.example',
    });
  });

  it('announces no length when there is no body to send', () => {
    expect(headersToService({ 'content-length': '3' }, { ...REQUEST, hasBody: false })).not.toHaveProperty(
      'content-length',
    );
  });
});

describe('headersToClient', () => {
  it('keeps the content and drops the connection and what the door says itself', () => {
    const answer = { 'content-type': 'application/json', etag: 'W/"1"', connection: 'close', 'x-correlation-id': 'c' };
    expect(headersToClient(answer)).toEqual({ 'content-type': 'application/json', etag: 'W/"1"' });
  });
});

describe('isPlainPath', () => {
  it.each(['/api/v1/supplies/depots', '/api/v1/supplies/lots/a..b', '/api/v1/teams/%E9%98%9F', '/api/v1/teams/...'])(
    'takes %s',
    (path) => expect(isPlainPath(path)).toBe(true),
  );

  it.each([
    '/api/v1/supplies/../../metrics',
    '/api/v1/supplies/%2e%2e/metrics',
    '/api/v1/supplies/.%2E/metrics',
    '/api/v1/supplies/x\\..\\..\\metrics',
    '/api/v1/supplies/x%5c..%5cmetrics',
    '/api/v1/supplies/./x',
    '/api/v1/supplies/%00',
    '/api/v1/supplies/%zz',
  ])('refuses %s', (path) => expect(isPlainPath(path)).toBe(false));
});
