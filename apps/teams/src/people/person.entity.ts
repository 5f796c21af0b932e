import { Check, Column, Entity, Exclusion, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { regionCodeCheck } from '@ledger/platform';
import { TeamRow } from '../registry/team.entity';

/** Row shapes of people, memberships and evidence. Names, phone and identity numbers are personal data. */

@Entity('identity_salts')
@Check('ck_identity_salts_one', 'id = 1')
export class IdentitySaltRow {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_identity_salts' })
  id!: number;
  @Column('text')
  salt!: string;
}

@Entity('persons')
@Unique('uq_persons_identity_hash', ['identityHash'])
@Unique('uq_persons_user_id', ['userId'])
@Check('ck_persons_region_code', regionCodeCheck('region_code'))
@Check('ck_persons_identity', '(identity_masked IS NULL) = (identity_hash IS NULL)')
export class PersonRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_persons' })
  id!: string;
  @Column('text')
  name!: string;
  @Column('text')
  phone!: string;
  @Column('text', { name: 'identity_masked', nullable: true })
  identityMasked!: string | null;
  /** Tells that a person is known; the number itself is not kept. */
  @Column('text', { name: 'identity_hash', nullable: true })
  identityHash!: string | null;
  /** The account with which the person signs in. */
  @Column('uuid', { name: 'user_id', nullable: true })
  userId!: string | null;
  /** Of the team joined last. */
  @Column('text', { name: 'region_code' })
  regionCode!: string;
  /** Of the team joined last. */
  @Column('uuid', { name: 'organisation_id' })
  organisationId!: string;
  @Column('integer')
  version!: number;
  @Column('timestamptz', { name: 'recorded_at' })
  recordedAt!: Date;
  @Column('text', { name: 'recorded_by' })
  recordedBy!: string;
  @Column('uuid', { name: 'recorded_by_id' })
  recordedById!: string;
}

@Entity('team_memberships')
@Check(
  'ck_team_memberships_role',
  `role IN ('commander', 'deputy', 'squad-leader', 'member', 'medic', 'driver', 'operator')`,
)
@Check('ck_team_memberships_end', 'upper_inf(during) = (end_reason IS NULL)')
@Exclusion('ex_team_memberships_one_team_at_a_time', 'USING gist (person_id WITH =, during WITH &&)')
@Index('ix_team_memberships_open', ['teamId'], { where: 'upper_inf(during)' })
export class TeamMembershipRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_team_memberships' })
  id!: string;
  @Column('uuid', { name: 'person_id' })
  @ForeignKey(() => PersonRow, { name: 'fk_team_memberships_person' })
  personId!: string;
  @Column('uuid', { name: 'team_id' })
  @ForeignKey(() => TeamRow, { name: 'fk_team_memberships_team' })
  teamId!: string;
  @Column('text')
  role!: string;
  /** Without an upper bound as long as the person is on the team. */
  @Column('tstzrange')
  during!: string;
  @Column('text', { name: 'end_reason', nullable: true })
  endReason!: string | null;
}

@Entity('evidence_kinds')
@Check('ck_evidence_kinds_code', `code ~ '^[a-z]+(-[a-z]+)*$'`)
@Check('ck_evidence_kinds_family', `family IN ('certificate', 'training', 'medical', 'insurance')`)
export class EvidenceKindRow {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_evidence_kinds' })
  code!: string;
  @Column('text')
  family!: string;
  @Column('text', { name: 'name_zh' })
  nameZh!: string;
  @Column('text', { name: 'name_en' })
  nameEn!: string;
}

@Entity('person_evidence')
@Check('ck_person_evidence_validity', 'valid_until >= begins_on')
@Check('ck_person_evidence_hours', 'hours > 0')
@Index('ix_person_evidence_person', ['personId', 'kindCode'])
export class PersonEvidenceRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_person_evidence' })
  id!: string;
  @Column('uuid', { name: 'person_id' })
  @ForeignKey(() => PersonRow, { name: 'fk_person_evidence_person' })
  personId!: string;
  @Column('text', { name: 'kind_code' })
  @ForeignKey(() => EvidenceKindRow, { name: 'fk_person_evidence_kind' })
  kindCode!: string;
  @Column('text', { nullable: true })
  number!: string | null;
  @Column('text')
  issuer!: string;
  /** False for a course that was failed and for somebody who is not fit. */
  @Column('boolean')
  passed!: boolean;
  /** Of a course. */
  @Column('integer', { nullable: true })
  hours!: number | null;
  @Column('date', { name: 'begins_on' })
  beginsOn!: string;
  /** The last day; null for evidence without an end. */
  @Column('date', { name: 'valid_until', nullable: true })
  validUntil!: string | null;
  @Column('timestamptz', { name: 'recorded_at' })
  recordedAt!: Date;
  @Column('text', { name: 'recorded_by' })
  recordedBy!: string;
  @Column('uuid', { name: 'recorded_by_id' })
  recordedById!: string;
}

@Entity('evidence_withdrawals')
export class EvidenceWithdrawalRow {
  @PrimaryColumn('uuid', { name: 'evidence_id', primaryKeyConstraintName: 'pk_evidence_withdrawals' })
  @ForeignKey(() => PersonEvidenceRow, { name: 'fk_evidence_withdrawals_evidence' })
  evidenceId!: string;
  @Column('text')
  reason!: string;
  @Column('timestamptz')
  at!: Date;
  @Column('text')
  actor!: string;
  @Column('uuid', { name: 'actor_id' })
  actorId!: string;
}

@Entity('person_rests')
@Check('ck_person_rests_ends', 'NOT upper_inf(during) AND NOT lower_inf(during)')
@Exclusion('ex_person_rests_one_at_a_time', 'USING gist (person_id WITH =, during WITH &&)')
export class PersonRestRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_person_rests' })
  id!: string;
  @Column('uuid', { name: 'person_id' })
  @ForeignKey(() => PersonRow, { name: 'fk_person_rests_person' })
  personId!: string;
  @Column('tstzrange')
  during!: string;
  @Column('text')
  reason!: string;
  @Column('timestamptz', { name: 'recorded_at' })
  recordedAt!: Date;
  @Column('text', { name: 'recorded_by' })
  recordedBy!: string;
  @Column('uuid', { name: 'recorded_by_id' })
  recordedById!: string;
}
