import { Injectable } from '@nestjs/common';
import { DomainError, ORGANISATION_KINDS, REALMS, ROLES, isRegionCode, type Caller } from '@ledger/contracts';
import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';

export const TOKEN_ISSUER = 'emergency-resources-ledger';
export const TOKEN_AUDIENCE = 'emergency-resources-ledger';
/** Both are asymmetric; anything else, `none` and HMAC included, is refused. */
export const TOKEN_ALGORITHMS = ['EdDSA', 'ES256'];
const LEEWAY_SECONDS = 5;

/** Not the token is at fault but where the keys come from: no answer in time, another status than 200, no key set. */
const KEY_FAULTS = new Set<string>([errors.JWKSTimeout.code, errors.JWKSInvalid.code, errors.JOSEError.code]);

const claimsSchema = z.object({
  sub: z.uuid(),
  preferred_username: z.string().min(1).max(100),
  name: z.string().max(200),
  roles: z.array(z.enum(ROLES)).max(ROLES.length),
  region_code: z.string().refine(isRegionCode),
  organisation_id: z.uuid(),
  organisation_kind: z.enum(ORGANISATION_KINDS),
  realm: z.enum(REALMS),
});

/** A token that was found good, and until when that may be taken for granted. */
interface Verified {
  readonly caller: Caller;
  readonly untilMs: number;
}

/** A good token is not looked at again for so long; a key that is withdrawn is thus noticed this much later. */
const REMEMBERED_MS = 30_000;
const MOST_REMEMBERED = 2_000;

/** Verifies access tokens: fixed algorithms, issuer, audience and end of validity. */
@Injectable()
export class TokenVerifier {
  private keys: JWTVerifyGetKey | undefined;
  private readonly verified = new Map<string, Verified>();

  constructor(jwksUrl: string | undefined) {
    if (jwksUrl) {
      this.keys = createRemoteJWKSet(new URL(jwksUrl), { timeoutDuration: 2_000, cooldownDuration: 5_000 });
    }
  }

  /** For the service that signs the tokens itself. */
  useKeys(keys: JWTVerifyGetKey): void {
    this.keys = keys;
  }

  /**
   * @returns who asks
   * @throws DomainError AUTH_TOKEN_EXPIRED, AUTH_TOKEN_INVALID; SERVICE_UNAVAILABLE when the keys cannot be fetched
   */
  async verify(token: string): Promise<Caller> {
    if (!this.keys) throw new DomainError('SERVICE_UNAVAILABLE', { detail: 'no token keys' });
    const known = this.verified.get(token);
    if (known && Date.now() < known.untilMs) return known.caller;
    try {
      const { payload } = await jwtVerify(token, this.keys, {
        algorithms: TOKEN_ALGORITHMS,
        issuer: TOKEN_ISSUER,
        audience: TOKEN_AUDIENCE,
        requiredClaims: ['exp', 'sub'],
        clockTolerance: LEEWAY_SECONDS,
      });
      return this.remember(token, payload);
    } catch (error) {
      throw refusalFor(error);
    }
  }

  private remember(token: string, payload: JWTPayload): Caller {
    const caller = callerOf(payload);
    if (this.verified.size >= MOST_REMEMBERED) this.verified.clear();
    const untilMs = Math.min(Date.now() + REMEMBERED_MS, Number(payload.exp) * 1_000);
    this.verified.set(token, { caller, untilMs });
    return caller;
  }
}

function callerOf(payload: JWTPayload): Caller {
  const claims = claimsSchema.parse(payload);
  return {
    userId: claims.sub,
    username: claims.preferred_username,
    displayName: claims.name,
    roles: claims.roles,
    regionCode: claims.region_code,
    organisationId: claims.organisation_id,
    organisationKind: claims.organisation_kind,
    realm: claims.realm,
  };
}

function refusalFor(error: unknown): Error {
  if (error instanceof errors.JWTExpired) return new DomainError('AUTH_TOKEN_EXPIRED');
  if (error instanceof z.ZodError) return new DomainError('AUTH_TOKEN_INVALID');
  if (error instanceof errors.JOSEError && !KEY_FAULTS.has(error.code)) return new DomainError('AUTH_TOKEN_INVALID');
  return new DomainError('SERVICE_UNAVAILABLE', { detail: 'the signing keys cannot be fetched' });
}
