import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type CryptoKey, type JWK } from 'jose';
import type { PublicKeyView } from './dto/identity.dto';

/** A private key that signs access tokens, with the public half that verifies them. */
export interface SigningKey {
  readonly kid: string;
  readonly algorithm: 'EdDSA' | 'ES256';
  readonly privateKey: CryptoKey;
  readonly publicJwk: PublicKeyView;
}

const ALGORITHMS: Readonly<Record<string, SigningKey['algorithm']>> = { Ed25519: 'EdDSA', 'P-256': 'ES256' };

/** A new Ed25519 key as a private JWK with its key id. */
export async function generateSigningJwk(): Promise<JWK & { kid: string }> {
  const { privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  const jwk = await exportJWK(privateKey);
  return { ...jwk, kid: await calculateJwkThumbprint(jwk) };
}

/**
 * Reads a private JWK: Ed25519 or P-256. A key without an id gets its RFC 7638 thumbprint.
 * @throws Error that says what is wrong, without repeating any part of the key
 */
export async function importSigningKey(jwk: JWK): Promise<SigningKey> {
  const algorithm = ALGORITHMS[jwk.crv ?? ''];
  if (!algorithm) throw new Error('the key is neither Ed25519 nor P-256');
  if (!jwk.d) throw new Error('the key has no private part');
  const { kty, crv, x, y } = jwk;
  if (!kty || !crv || !x) throw new Error('the key has no public part');
  const kid = jwk.kid ?? (await calculateJwkThumbprint(jwk));
  const privateKey = await importJWK(jwk, algorithm).catch(() => {
    throw new Error('the key cannot be imported');
  });
  if (privateKey instanceof Uint8Array) throw new Error('the key is not an asymmetric one');
  return {
    kid,
    algorithm,
    privateKey,
    publicJwk: { kty, crv, x, ...(y ? { y } : {}), kid, alg: algorithm, use: 'sig' },
  };
}
