import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { randomUUID } from 'node:crypto';
import { SignJWT, exportJWK, generateKeyPair } from 'jose';
import type { Caller } from '@ledger/contracts';
import { TOKEN_AUDIENCE, TOKEN_ISSUER } from '@ledger/platform';

/** Who a test request acts as; what is left out is a caller of Hequ county's emergency bureau. */
export type TestCaller = Partial<Caller>;

export const HEQU = '140930';
export const HEQU_BUREAU = '0197f0c0-0000-7000-8000-00000000b0e0';

export function aCaller(overrides: TestCaller = {}): Caller {
  return {
    userId: randomUUID(),
    username: 'test.user',
    displayName: 'Test user',
    roles: ['dispatcher'],
    regionCode: HEQU,
    organisationId: HEQU_BUREAU,
    organisationKind: 'emergency',
    realm: 'real',
    ...overrides,
  };
}

/** Signs tokens as the gateway does, and serves the public key where services look for it. */
export interface TestIdentity {
  readonly jwksUrl: string;
  token(caller: Caller, claims?: { expiresInSeconds?: number; audience?: string; issuer?: string }): Promise<string>;
  stop(): Promise<void>;
}

export async function startTestIdentity(): Promise<TestIdentity> {
  const { publicKey, privateKey } = await generateKeyPair('EdDSA', { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid: 'test', alg: 'EdDSA', use: 'sig' };
  const server: Server = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ keys: [jwk] }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    jwksUrl: `http://127.0.0.1:${port}/.well-known/jwks.json`,
    token: (caller, { expiresInSeconds = 900, audience = TOKEN_AUDIENCE, issuer = TOKEN_ISSUER } = {}) =>
      new SignJWT({
        preferred_username: caller.username,
        name: caller.displayName,
        roles: caller.roles,
        region_code: caller.regionCode,
        organisation_id: caller.organisationId,
        organisation_kind: caller.organisationKind,
        realm: caller.realm,
      })
        .setProtectedHeader({ alg: 'EdDSA', kid: 'test' })
        .setSubject(caller.userId)
        .setIssuer(issuer)
        .setAudience(audience)
        .setIssuedAt()
        .setExpirationTime(Math.floor(Date.now() / 1000) + expiresInSeconds)
        .sign(privateKey),
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
