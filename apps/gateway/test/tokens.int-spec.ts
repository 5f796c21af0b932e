import { TOKEN_AUDIENCE, TOKEN_ISSUER } from '@ledger/platform';
import { startTestService, type TestService } from '@ledger/testing';
import { SignJWT, UnsecuredJWT, exportJWK, generateKeyPair, importJWK, type JWK, type JWTPayload } from 'jose';
import { randomUUID } from 'node:crypto';
import { gatewayService } from '../src/service';

const CLAIMS: JWTPayload = {
  preferred_username: 'dispatcher.hequ',
  name: '调度员',
  roles: ['dispatcher'],
  region_code: '140930',
  organisation_id: randomUUID(),
  organisation_kind: 'emergency',
  realm: 'real',
};

let service: TestService;
let ownKey: JWK;

beforeAll(async () => {
  service = await startTestService(gatewayService, { environment: { jwksUrl: undefined } });
  [{ jwk: ownKey }] = await service.database.query<{ jwk: JWK }>('SELECT private_jwk AS jwk FROM signing_keys');
});
afterAll(() => service.stop());

interface Forgery {
  readonly claims?: JWTPayload;
  readonly key?: Parameters<SignJWT['sign']>[0];
  readonly alg?: string;
  readonly kid?: string;
  readonly audience?: string;
  readonly issuer?: string;
  readonly expiresAt?: number;
}

const inSeconds = (seconds: number): number => Math.floor(Date.now() / 1000) + seconds;

/** A token of our own making, right in everything that is not overridden. */
async function aToken(change: Forgery = {}): Promise<string> {
  const token = new SignJWT({ ...CLAIMS, ...change.claims })
    .setProtectedHeader({ alg: change.alg ?? 'EdDSA', kid: change.kid ?? ownKey.kid })
    .setSubject(randomUUID())
    .setIssuedAt()
    .setIssuer(change.issuer ?? TOKEN_ISSUER)
    .setAudience(change.audience ?? TOKEN_AUDIENCE)
    .setExpirationTime(change.expiresAt ?? inSeconds(60));
  return token.sign(change.key ?? (await importJWK(ownKey, 'EdDSA')));
}

async function answerTo(authorization: string | undefined) {
  const response = await fetch(`${service.url}/api/v1/auth/me`, { headers: authorization ? { authorization } : {} });
  const { code } = (await response.json()) as { code?: string };
  return { status: response.status, code, challenge: response.headers.get('www-authenticate') };
}

const otherKey = async () => (await generateKeyPair('EdDSA')).privateKey;
const withoutExpiry = async (): Promise<string> =>
  new SignJWT(CLAIMS)
    .setProtectedHeader({ alg: 'EdDSA', kid: ownKey.kid })
    .setSubject(randomUUID())
    .setIssuer(TOKEN_ISSUER)
    .setAudience(TOKEN_AUDIENCE)
    .sign(await importJWK(ownKey, 'EdDSA'));
const unsecured = async (): Promise<string> =>
  new UnsecuredJWT(CLAIMS)
    .setSubject(randomUUID())
    .setIssuer(TOKEN_ISSUER)
    .setAudience(TOKEN_AUDIENCE)
    .setExpirationTime('60s')
    .encode();
/** The public key is known to all: as a shared secret it must be worth nothing. */
const signedWithThePublicKey = (): Promise<string> =>
  aToken({ alg: 'HS256', key: new TextEncoder().encode(String(ownKey.x).padEnd(43, '=')) });
async function withOtherRoles(): Promise<string> {
  const [header, payload, signature] = (await aToken()).split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as JWTPayload;
  const changed = Buffer.from(JSON.stringify({ ...claims, roles: ['approver'] })).toString('base64url');
  return [header, changed, signature].join('.');
}
async function signedWithAKeyOfItsOwn(): Promise<string> {
  const { privateKey, publicKey } = await generateKeyPair('EdDSA', { extractable: true });
  const jwk = await exportJWK(publicKey);
  return new SignJWT(CLAIMS)
    .setProtectedHeader({ alg: 'EdDSA', jwk, jku: 'http://127.0.0.1:1/keys', kid: ownKey.kid })
    .setSubject(randomUUID())
    .setIssuer(TOKEN_ISSUER)
    .setAudience(TOKEN_AUDIENCE)
    .setExpirationTime('60s')
    .sign(privateKey);
}

it('takes a token that the gateway could have made', async () => {
  expect(await answerTo(`Bearer ${await aToken()}`)).toMatchObject({ status: 200 });
});

it.each<[string, () => Promise<string>]>([
  ['signed with another key', async () => aToken({ key: await otherKey() })],
  ['of an unknown key', async () => aToken({ kid: 'unknown' })],
  ['that brings its own key', signedWithAKeyOfItsOwn],
  ['without a signature', unsecured],
  ['signed with the public key as a secret', signedWithThePublicKey],
  ['whose claims were changed', withOtherRoles],
  ['for another audience', () => aToken({ audience: 'another-ledger' })],
  ['of another issuer', () => aToken({ issuer: 'another-ledger' })],
  ['without an end', withoutExpiry],
  ['without a region', () => aToken({ claims: { region_code: undefined } })],
  ['with a cut-off region', () => aToken({ claims: { region_code: '140' } })],
  ['with an empty region', () => aToken({ claims: { region_code: '' } })],
  ['with an unknown role', () => aToken({ claims: { roles: ['root'] } })],
  ['that is no token', () => Promise.resolve('a.b.c')],
])('refuses a token %s', async (_what, make) => {
  expect(await answerTo(`Bearer ${await make()}`)).toEqual({
    status: 401,
    code: 'AUTH_TOKEN_INVALID',
    challenge: 'Bearer',
  });
});

it('says of an expired token that it expired, and tolerates a few seconds', async () => {
  expect(await answerTo(`Bearer ${await aToken({ expiresAt: inSeconds(-60) })}`)).toMatchObject({
    status: 401,
    code: 'AUTH_TOKEN_EXPIRED',
  });
  expect(await answerTo(`Bearer ${await aToken({ expiresAt: inSeconds(-2) })}`)).toMatchObject({ status: 200 });
});

it.each([undefined, 'Bearer', 'Basic a2VlcGVyOng=', 'Bearer one two'])(
  'asks for a token when it gets %j',
  async (header) => {
    expect(await answerTo(header)).toMatchObject({ status: 401, code: 'AUTH_TOKEN_REQUIRED', challenge: 'Bearer' });
  },
);
