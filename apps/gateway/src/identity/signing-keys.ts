import { readFile } from 'node:fs/promises';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Database, SETTINGS, SettingsError, TokenVerifier, type Settings } from '@ledger/platform';
import { createLocalJWKSet, type JWK } from 'jose';
import type { PublicKeysView } from './dto/identity.dto';
import { generateSigningJwk, importSigningKey, type SigningKey } from './signing-key';

/** Copies that start together must agree on the one key the first of them makes. */
const KEY_LOCK = 4_711_101;

/**
 * The keys of this installation. The first signs; all are published, so that tokens of the one before stay valid while
 * keys change. They come from `SIGNING_KEY_FILE` (a private JWK, or a JWK set whose first key signs); the demo profile
 * makes one in the database when there is no file.
 */
@Injectable()
export class SigningKeys implements OnModuleInit {
  private keys: readonly SigningKey[] = [];

  constructor(
    private readonly database: Database,
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly verifier: TokenVerifier,
  ) {}

  /** @throws SettingsError when the key file cannot be used */
  async onModuleInit(): Promise<void> {
    const { signingKeyFile } = this.settings;
    this.keys = signingKeyFile ? await keysOfFile(signingKeyFile) : await this.keysOfDatabase();
    // With JWKS_URL set, tokens of that issuer are accepted in place of our own.
    if (!this.settings.jwksUrl) this.verifier.useKeys(createLocalJWKSet(this.publicKeys()));
  }

  signer(): SigningKey {
    return this.keys[0];
  }

  publicKeys(): PublicKeysView {
    return { keys: this.keys.map((key) => key.publicJwk) };
  }

  private async keysOfDatabase(): Promise<SigningKey[]> {
    const generated = await generateSigningJwk();
    const jwks = await this.database.transaction(async (tx) => {
      await tx.query('SELECT pg_advisory_xact_lock($1)', [KEY_LOCK]);
      await tx.execute(
        `INSERT INTO signing_keys (kid, private_jwk) SELECT $1, $2
         WHERE NOT EXISTS (SELECT 1 FROM signing_keys)`,
        [generated.kid, JSON.stringify(generated)],
      );
      return tx.query<{ jwk: JWK }>('SELECT private_jwk AS jwk FROM signing_keys ORDER BY created_at DESC, kid');
    });
    return Promise.all(jwks.map(({ jwk }) => importSigningKey(jwk)));
  }
}

async function keysOfFile(file: string): Promise<SigningKey[]> {
  try {
    const content = JSON.parse(await readFile(file, 'utf8')) as JWK & { keys?: JWK[] };
    const jwks = Array.isArray(content.keys) ? content.keys : [content];
    if (jwks.length === 0) throw new Error('the key set is empty');
    return await Promise.all(jwks.map(importSigningKey));
  } catch (error) {
    // A syntax error quotes the text it fails on, and that text is a key.
    const reason = error instanceof SyntaxError ? 'not JSON' : (error as Error).message;
    throw new SettingsError([`SIGNING_KEY_FILE: ${reason}`]);
  }
}
