import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, Unique } from 'typeorm';
import { ORGANISATION_KINDS } from '@ledger/contracts';
import { regionCodeCheck } from '@ledger/platform';

/** Row shapes of people, their organisations, their sign-in attempts and the keys that sign their tokens. */

@Entity('organisations')
@Unique('uq_organisations_code', ['code'])
@Check('ck_organisations_kind', `kind IN (${ORGANISATION_KINDS.map((kind) => `'${kind}'`).join(', ')})`)
@Check('ck_organisations_region_code', regionCodeCheck('region_code'))
export class OrganisationRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_organisations' })
  id!: string;
  @Column('text')
  code!: string;
  @Column('text', { name: 'name_zh' })
  nameZh!: string;
  @Column('text', { name: 'name_en' })
  nameEn!: string;
  @Column('text')
  kind!: string;
  @Column('text', { name: 'region_code' })
  regionCode!: string;
  @Column('boolean')
  synthetic!: boolean;
}

@Entity('users')
@Unique('uq_users_username', ['username'])
@Check('ck_users_region_code', regionCodeCheck('region_code'))
@Check('ck_users_roles', 'cardinality(roles) > 0')
export class UserRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_users' })
  id!: string;
  /** Personal. */
  @Column('text')
  username!: string;
  /** Personal. */
  @Column('text', { name: 'display_name_zh' })
  displayNameZh!: string;
  /** Personal. */
  @Column('text', { name: 'display_name_en' })
  displayNameEn!: string;
  @Column('text', { array: true })
  roles!: string[];
  @Column('text', { name: 'region_code' })
  regionCode!: string;
  @Column('uuid', { name: 'organisation_id' })
  organisationId!: string;
  @ManyToOne(() => OrganisationRow, { nullable: false })
  @JoinColumn({ name: 'organisation_id', foreignKeyConstraintName: 'fk_users_organisation' })
  organisation?: OrganisationRow;
  /** Secret; null means that nobody can sign in with a password. */
  @Column('text', { name: 'password_hash', nullable: true })
  passwordHash!: string | null;
  /** A published account of the demonstration. The production profile does not start while one exists. */
  @Column('boolean')
  demonstration!: boolean;
}

/** Attempts since the last success. The subject is stored as a hash: what was typed may have been a password. */
@Entity('sign_in_attempts')
@Check('ck_sign_in_attempts_kind', `kind IN ('user', 'address')`)
@Check('ck_sign_in_attempts_not_negative', 'attempts >= 0')
@Index('ix_sign_in_attempts_last_attempt_at', ['lastAttemptAt'])
export class SignInAttemptRow {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_sign_in_attempts' })
  kind!: string;
  @PrimaryColumn('text', { name: 'subject_hash', primaryKeyConstraintName: 'pk_sign_in_attempts' })
  subjectHash!: string;
  @Column('integer')
  attempts!: number;
  @Column('timestamptz', { name: 'last_attempt_at' })
  lastAttemptAt!: Date;
  @Column('timestamptz', { name: 'blocked_until' })
  blockedUntil!: Date;
}

/** Keys of the demo profile only; production reads its key from a file. */
@Entity('signing_keys')
export class SigningKeyRow {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_signing_keys' })
  kid!: string;
  /** Secret. */
  @Column('jsonb', { name: 'private_jwk' })
  privateJwk!: Record<string, unknown>;
  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;
}
