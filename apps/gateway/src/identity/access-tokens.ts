import { Injectable } from '@nestjs/common';
import type { Caller } from '@ledger/contracts';
import { TOKEN_AUDIENCE, TOKEN_ISSUER, newId } from '@ledger/platform';
import { SignJWT } from 'jose';
import { SigningKeys } from './signing-keys';

/** Short, because a token cannot be called back. */
export const TOKEN_SECONDS = 900;

/** Makes access tokens; every service reads the caller from them and from nowhere else. */
@Injectable()
export class AccessTokens {
  constructor(private readonly keys: SigningKeys) {}

  async issue(caller: Caller): Promise<string> {
    const { kid, algorithm, privateKey } = this.keys.signer();
    return new SignJWT({
      preferred_username: caller.username,
      name: caller.displayName,
      roles: caller.roles,
      region_code: caller.regionCode,
      organisation_id: caller.organisationId,
      organisation_kind: caller.organisationKind,
      realm: caller.realm,
    })
      .setProtectedHeader({ alg: algorithm, kid, typ: 'JWT' })
      .setSubject(caller.userId)
      .setIssuer(TOKEN_ISSUER)
      .setAudience(TOKEN_AUDIENCE)
      .setJti(newId())
      .setIssuedAt()
      .setExpirationTime(`${TOKEN_SECONDS}s`)
      .sign(privateKey);
  }
}
