import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Role } from '@ledger/contracts';
import { type RunningService, TOKEN_AUDIENCE, TOKEN_ISSUER, newId } from '@ledger/platform';
import { type TestIdentity, aCaller, startTestIdentity, waitFor } from '@ledger/testing';
import { type JWTPayload, SignJWT, UnsecuredJWT, exportJWK, generateKeyPair } from 'jose';
import { type Sample, startCopy, startSample } from './support/sample';

const WHO_AM_I = '/api/v1/teams/notes/whoami';

let sample: Sample;
let identity: TestIdentity;
/** Trusts the keys of `identity`. */
let copy: RunningService;

beforeAll(async () => {
  sample = await startSample();
  identity = await startTestIdentity();
  copy = await startCopy(sample, { jwksUrl: identity.jwksUrl });
});
afterAll(async () => {
  await copy.stop();
  await identity.stop();
  await sample.stop();
});

interface Answer {
  readonly status: number;
  readonly code: string | undefined;
  readonly headers: Headers;
}

async function ask(service: RunningService, authorization: string | undefined, path = WHO_AM_I): Promise<Answer> {
  const response = await fetch(`http://127.0.0.1:${service.port}${path}`, {
    headers: authorization === undefined ? {} : { authorization },
  });
  const { code } = (await response.json()) as { code?: string };
  return { status: response.status, code, headers: response.headers };
}

const claimsOf = (changes: JWTPayload = {}): JWTPayload => {
  const caller = aCaller();
  return {
    sub: caller.userId,
    preferred_username: caller.username,
    name: caller.displayName,
    roles: [...caller.roles],
    region_code: caller.regionCode,
    organisation_id: caller.organisationId,
    organisation_kind: caller.organisationKind,
    realm: caller.realm,
    iss: TOKEN_ISSUER,
    aud: TOKEN_AUDIENCE,
    exp: Math.floor(Date.now() / 1000) + 600,
    ...changes,
  };
};

/** The parts of a good token, to be put together in other ways. */
const goodParts = async (): Promise<string[]> => (await identity.token(aCaller())).split('.');
const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A token by the right key with other claims. */
const withClaims = (changes: Parameters<TestIdentity['token']>[0]): Promise<string> => identity.token(changes);

describe('a token', () => {
  it('that is good tells who asks', async () => {
    const answer = await ask(copy, `Bearer ${await identity.token(aCaller())}`);
    expect(answer.status).toBe(200);
  });

  it.each<[string, string | undefined]>([
    ['none', undefined],
    ['an empty one', 'Bearer '],
    ['another scheme', 'Basic dXNlcjpwYXNz'],
    ['two at once', 'Bearer a.b.c d.e.f'],
  ])('is asked for: %s', async (_what, authorization) => {
    const answer = await ask(copy, authorization);
    expect(answer).toMatchObject({ status: 401, code: 'AUTH_TOKEN_REQUIRED' });
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
  });

  it('that has expired is told so, after a leeway of five seconds', async () => {
    const expired = await identity.token(aCaller(), { expiresInSeconds: -10 });
    expect(await ask(copy, `Bearer ${expired}`)).toMatchObject({ status: 401, code: 'AUTH_TOKEN_EXPIRED' });
    const late = await identity.token(aCaller(), { expiresInSeconds: -2 });
    expect(await ask(copy, `Bearer ${late}`)).toMatchObject({ status: 200 });
  });

  it.each<[string, () => Promise<string> | string]>([
    ['what is no token', () => 'hello'],
    ['alg none', () => new UnsecuredJWT(claimsOf()).encode()],
    [
      'alg none with a signature left',
      async () => {
        const [, payload, signature] = await goodParts();
        return [encoded({ alg: 'none' }), payload, signature].join('.');
      },
    ],
    [
      'HS256 with the public key for a secret',
      async () => {
        const keys = await (await fetch(identity.jwksUrl)).text();
        return new SignJWT(claimsOf()).setProtectedHeader({ alg: 'HS256', kid: 'test' }).sign(Buffer.from(keys));
      },
    ],
    [
      'the key of somebody else under the same name',
      async () => {
        const { privateKey } = await generateKeyPair('EdDSA');
        return new SignJWT(claimsOf()).setProtectedHeader({ alg: 'EdDSA', kid: 'test' }).sign(privateKey);
      },
    ],
    [
      'a key that brings itself',
      async () => {
        const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
        const jwk = await exportJWK(publicKey);
        return new SignJWT(claimsOf()).setProtectedHeader({ alg: 'ES256', jwk }).sign(privateKey);
      },
    ],
    [
      'another role written in afterwards',
      async () => {
        const [header, , signature] = await goodParts();
        return [header, encoded(claimsOf({ roles: ['system-administrator'] })), signature].join('.');
      },
    ],
    ['another audience', () => identity.token(aCaller(), { audience: 'another-system' })],
    ['another issuer', () => identity.token(aCaller(), { issuer: 'another-system' })],
    ['an unknown role', () => withClaims({ ...aCaller(), roles: ['emperor' as Role] })],
    ['no region', () => withClaims({ ...aCaller(), regionCode: '' })],
    ['a region that is none', () => withClaims({ ...aCaller(), regionCode: '14093' })],
    ['a user that is none', () => withClaims({ ...aCaller(), userId: 'root' })],
    ['another realm', () => withClaims({ ...aCaller(), realm: 'dream' as 'real' })],
  ])('that is forged or not ours is refused: %s', async (_what, make) => {
    const answer = await ask(copy, `Bearer ${await make()}`);
    expect(answer).toMatchObject({ status: 401, code: 'AUTH_TOKEN_INVALID' });
  });
});

describe('a role', () => {
  it('that the policy does not name for the action is refused', async () => {
    const answer = await sample.request('POST', '/api/v1/teams/notes', {
      as: { roles: ['auditor', 'driver'] },
      body: { text: 'mine', copies: 1 },
    });
    expect(answer).toMatchObject({ status: 403, body: { code: 'AUTH_ROLE_MISSING' } });
    expect(await sample.database.query('SELECT 1 FROM notes')).toEqual([]);
  });

  it('is needed: a caller without any may do nothing', async () => {
    expect((await sample.request('GET', WHO_AM_I, { as: { roles: [] } })).status).toBe(403);
  });

  it('is asked for before the content of a request is looked at', async () => {
    const answer = await sample.request('POST', '/api/v1/teams/notes', { as: { roles: ['driver'] }, body: {} });
    expect(answer.status).toBe(403);
  });
});

describe('where the keys come from', () => {
  let keys: Server;
  let answerKeys: () => { status: number; body: string };
  let dependent: RunningService;

  beforeAll(async () => {
    keys = createServer((_request, response) => {
      const { status, body } = answerKeys();
      response.writeHead(status).end(body);
    });
    await new Promise<void>((resolve) => keys.listen(0, '127.0.0.1', resolve));
    const { port } = keys.address() as AddressInfo;
    dependent = await startCopy(sample, { jwksUrl: `http://127.0.0.1:${port}/` });
  });
  afterAll(async () => {
    await dependent.stop();
    keys.closeAllConnections();
    await new Promise((resolve) => keys.close(resolve));
  });

  it.each([
    ['answers 503', () => ({ status: 503, body: '{}' })],
    ['answers what is no JSON', () => ({ status: 200, body: '<html>' })],
    ['answers what are no keys', () => ({ status: 200, body: '{}' })],
  ])('%s: tokens are not called wrong, the caller shall try again', async (_what, fault) => {
    answerKeys = fault;
    const answer = await ask(dependent, `Bearer ${await identity.token(aCaller())}`);
    expect(answer).toMatchObject({ status: 503, code: 'SERVICE_UNAVAILABLE' });
    expect(answer.headers.get('retry-after')).toBe('1');
  });

  it('answers again: the next request is let in, but not by a key of an algorithm that is not ours', async () => {
    const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
    const foreign = { ...(await exportJWK(publicKey)), kid: 'rsa', alg: 'RS256' };
    const { keys: ours } = (await (await fetch(identity.jwksUrl)).json()) as { keys: object[] };
    answerKeys = () => ({ status: 200, body: JSON.stringify({ keys: [...ours, foreign] }) });
    const good = await identity.token(aCaller({ userId: newId() }));
    await waitFor('the keys', async () => (await ask(dependent, `Bearer ${good}`)).status === 200);
    const token = await new SignJWT(claimsOf()).setProtectedHeader({ alg: 'RS256', kid: 'rsa' }).sign(privateKey);
    expect(await ask(dependent, `Bearer ${token}`)).toMatchObject({ status: 401, code: 'AUTH_TOKEN_INVALID' });
  });
});
