import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SignJWT, exportJWK, generateKeyPair } from 'jose';
import { TOKEN_AUDIENCE, TOKEN_ISSUER, newId } from '@ledger/platform';

/** Signs tokens as the gateway does, and serves the public key where a service looks for it. */
export interface BenchIdentity {
  readonly jwksUrl: string;
  /** A stock manager and keeper of the whole country's first province, a new person each time. */
  token(): Promise<string>;
  stop(): void;
}

export const BENCH_REGION = '14';
export const BENCH_ORGANISATION = '0197f0c0-0000-7000-8000-00000000be9c';

export async function startIdentity(): Promise<BenchIdentity> {
  const { publicKey, privateKey } = await generateKeyPair('EdDSA', { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid: 'bench', alg: 'EdDSA', use: 'sig' };
  const server: Server = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ keys: [jwk] }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const claims = {
    preferred_username: 'bench',
    name: 'Bench',
    roles: ['keeper', 'stock-manager'],
    region_code: BENCH_REGION,
    organisation_id: BENCH_ORGANISATION,
    organisation_kind: 'emergency',
    realm: 'real',
  };
  return {
    jwksUrl: `http://127.0.0.1:${port}/.well-known/jwks.json`,
    token: () =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: 'EdDSA', kid: 'bench' })
        .setSubject(newId())
        .setIssuer(TOKEN_ISSUER)
        .setAudience(TOKEN_AUDIENCE)
        .setIssuedAt()
        .setExpirationTime('2h')
        .sign(privateKey),
    stop: () => void server.close(),
  };
}
