import { readFile } from 'node:fs/promises';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Database, SETTINGS, SettingsError, type Settings } from '@ledger/platform';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type CryptoKey, type JWK } from 'jose';

export const PASS_ALGORITHM = 'EdDSA';

/** A public key that verifies passes. */
export interface PublicPassKey {
  readonly kty: string;
  readonly crv: string;
  readonly x: string;
  readonly kid: string;
}

/**
 * The Ed25519 keys of passes. One signs: the private JWK of `PASS_KEY_FILE`, or in the demo profile one that the first
 * start makes and keeps in the database. Every public key ever used stays published, so that passes in the field keep
 * verifying.
 */
@Injectable()
export class PassKeys implements OnModuleInit {
  private signing: { readonly kid: string; readonly key: CryptoKey } | undefined;

  constructor(
    private readonly database: Database,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** @throws SettingsError when the key file cannot be used */
  async onModuleInit(): Promise<void> {
    const { passKeyFile } = this.settings;
    const jwk = passKeyFile ? await jwkOfFile(passKeyFile) : await this.jwkOfDatabase();
    const published = await publicKeyOf(jwk);
    await this.database.query('INSERT INTO pass_keys (kid, public_jwk) VALUES ($1, $2) ON CONFLICT (kid) DO NOTHING', [
      published.kid,
      JSON.stringify(published),
    ]);
    this.signing = { kid: published.kid, key: await privateKeyOf(jwk) };
  }

  signer(): { readonly kid: string; readonly key: CryptoKey } {
    if (!this.signing) throw new Error('pass keys are asked for before the module is ready');
    return this.signing;
  }

  async publicKeys(): Promise<PublicPassKey[]> {
    const rows = await this.database.query<{ jwk: PublicPassKey }>(
      'SELECT public_jwk AS jwk FROM pass_keys ORDER BY created_at DESC, kid',
    );
    return rows.map(({ jwk }) => ({ kty: jwk.kty, crv: jwk.crv, x: jwk.x, kid: jwk.kid }));
  }

  /** Of copies that start together the unique index lets one store its key; all then read that one. */
  private async jwkOfDatabase(): Promise<JWK> {
    const { privateKey } = await generateKeyPair(PASS_ALGORITHM, { crv: 'Ed25519', extractable: true });
    const generated = await exportJWK(privateKey);
    const published = await publicKeyOf(generated);
    return this.database.transaction(async (tx) => {
      await tx.execute(
        `INSERT INTO pass_keys (kid, public_jwk, private_jwk) VALUES ($1, $2, $3)
         ON CONFLICT ((private_jwk IS NOT NULL)) WHERE private_jwk IS NOT NULL DO NOTHING`,
        [published.kid, JSON.stringify(published), JSON.stringify(generated)],
      );
      const [row] = await tx.query<{ jwk: JWK }>(
        'SELECT private_jwk AS jwk FROM pass_keys WHERE private_jwk IS NOT NULL',
      );
      return row.jwk;
    });
  }
}

async function jwkOfFile(file: string): Promise<JWK> {
  try {
    const jwk = JSON.parse(await readFile(file, 'utf8')) as JWK;
    await privateKeyOf(jwk);
    return jwk;
  } catch (error) {
    // A syntax error quotes the text it fails on, and that text is a key.
    const reason = error instanceof SyntaxError ? 'not JSON' : (error as Error).message;
    throw new SettingsError([`PASS_KEY_FILE: ${reason}`]);
  }
}

async function privateKeyOf(jwk: JWK): Promise<CryptoKey> {
  if (jwk.kty !== 'OKP' || jwk.crv !== 'Ed25519') throw new Error('the key is not an Ed25519 key');
  if (!jwk.d) throw new Error('the key has no private part');
  const key = await importJWK(jwk, PASS_ALGORITHM);
  if (key instanceof Uint8Array) throw new Error('the key is not an asymmetric one');
  return key;
}

async function publicKeyOf(jwk: JWK): Promise<PublicPassKey> {
  const { kty, crv, x } = jwk;
  if (!kty || !crv || !x) throw new Error('the key has no public part');
  return { kty, crv, x, kid: await calculateJwkThumbprint(jwk) };
}
