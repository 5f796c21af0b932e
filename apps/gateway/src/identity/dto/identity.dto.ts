import type { OrganisationKind, Realm, Role } from '@ledger/contracts';
import { LINE_PATTERN } from '@ledger/platform';
import { IsString, IsUUID, Length, Matches } from 'class-validator';

export class SignInRequest {
  @IsString()
  @Length(1, 100)
  @Matches(LINE_PATTERN)
  username!: string;

  @IsString()
  @Length(1, 200)
  password!: string;
}

export class AccessTokenView {
  /** Goes into the header `Authorization: Bearer …` of every other request. */
  accessToken!: string;
  tokenType!: 'Bearer';
  /** Seconds. */
  expiresIn!: number;
}

export class OwnAccountView {
  @IsUUID()
  userId!: string;
  username!: string;
  displayName!: string;
  roles!: Role[];
  /** The caller sees and does things in this division and below. */
  regionCode!: string;
  @IsUUID()
  organisationId!: string;
  organisationKind!: OrganisationKind;
  realm!: Realm;
}

export class PublicKeyView {
  kty!: string;
  crv!: string;
  x!: string;
  /** Only of keys on P-256. */
  y?: string;
  kid!: string;
  alg!: 'EdDSA' | 'ES256';
  use!: 'sig';
}

export class PublicKeysView {
  keys!: PublicKeyView[];
}
