import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { regionCodeCheck } from '@ledger/platform';
import { TeamRow } from './team.entity';

/** Row shapes of what an entry of the register says besides the team's name and place. */

const CODE = `'^[a-z]+(-[a-z]+)*$'`;

@Entity('specialties')
@Check('ck_specialties_code', `code ~ ${CODE}`)
export class SpecialtyRow {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_specialties' })
  code!: string;
  @Column('text', { name: 'name_zh' })
  nameZh!: string;
  @Column('text', { name: 'name_en' })
  nameEn!: string;
}

@Entity('team_specialties')
@Index('ux_team_specialties_one_main', ['teamId'], { unique: true, where: 'main' })
export class TeamSpecialtyRow {
  @PrimaryColumn('uuid', { name: 'team_id', primaryKeyConstraintName: 'pk_team_specialties' })
  @ForeignKey(() => TeamRow, { name: 'fk_team_specialties_team' })
  teamId!: string;
  @PrimaryColumn('text', { name: 'specialty_code', primaryKeyConstraintName: 'pk_team_specialties' })
  @ForeignKey(() => SpecialtyRow, { name: 'fk_team_specialties_specialty' })
  specialtyCode!: string;
  /** The one specialty; the others are abilities besides it. */
  @Column('boolean')
  main!: boolean;
}

@Entity('team_coverage_regions')
@Check('ck_team_coverage_regions_region_code', regionCodeCheck('region_code'))
export class TeamCoverageRegionRow {
  @PrimaryColumn('uuid', { name: 'team_id', primaryKeyConstraintName: 'pk_team_coverage_regions' })
  @ForeignKey(() => TeamRow, { name: 'fk_team_coverage_regions_team' })
  teamId!: string;
  @PrimaryColumn('text', { name: 'region_code', primaryKeyConstraintName: 'pk_team_coverage_regions' })
  regionCode!: string;
}

@Entity('team_capability_kinds')
@Check('ck_team_capability_kinds_code', `code ~ ${CODE}`)
@Check('ck_team_capability_kinds_level', 'highest_level BETWEEN 0 AND 9')
export class TeamCapabilityKindRow {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_team_capability_kinds' })
  code!: string;
  @Column('text', { name: 'name_zh' })
  nameZh!: string;
  @Column('text', { name: 'name_en' })
  nameEn!: string;
  /** Of the amount. */
  @Column('text')
  unit!: string;
  /** 0 for a kind without levels; more is better. */
  @Column('integer', { name: 'highest_level' })
  highestLevel!: number;
}

@Entity('team_capabilities')
@Check('ck_team_capabilities_amount', 'amount > 0')
@Check('ck_team_capabilities_level', 'level BETWEEN 0 AND 9')
@Check('ck_team_capabilities_basis', `basis IN ('declared', 'assessed')`)
@Index('ux_team_capabilities_one_per_kind', ['teamId', 'kindCode'], { unique: true, where: 'ended_at IS NULL' })
@Index('ix_team_capabilities_kind', ['kindCode', 'amount'], { where: 'ended_at IS NULL' })
export class TeamCapabilityRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_team_capabilities' })
  id!: string;
  @Column('uuid', { name: 'team_id' })
  @ForeignKey(() => TeamRow, { name: 'fk_team_capabilities_team' })
  teamId!: string;
  @Column('text', { name: 'kind_code' })
  @ForeignKey(() => TeamCapabilityKindRow, { name: 'fk_team_capabilities_kind' })
  kindCode!: string;
  /** In the unit of the kind. */
  @Column('bigint')
  amount!: string;
  /** 0 where the kind has no levels. */
  @Column('integer')
  level!: number;
  @Column('text')
  basis!: string;
  @Column('timestamptz', { name: 'stated_at' })
  statedAt!: Date;
  @Column('timestamptz', { name: 'ended_at', nullable: true })
  endedAt!: Date | null;
}

@Entity('team_contacts')
@Check('ck_team_contacts_role', `role IN ('commander', 'deputy', 'duty-desk')`)
@Index('ux_team_contacts_place', ['teamId', 'ordinal'], { unique: true, where: 'ended_at IS NULL' })
@Index('ux_team_contacts_one_commander', ['teamId'], {
  unique: true,
  where: `ended_at IS NULL AND role = 'commander'`,
})
export class TeamContactRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_team_contacts' })
  id!: string;
  @Column('uuid', { name: 'team_id' })
  @ForeignKey(() => TeamRow, { name: 'fk_team_contacts_team' })
  teamId!: string;
  @Column('text')
  role!: string;
  @Column('integer')
  ordinal!: number;
  /** Personal. */
  @Column('text')
  name!: string;
  /** Personal. */
  @Column('text')
  phone!: string;
  /** The account of the contact, where there is one. */
  @Column('uuid', { name: 'user_id', nullable: true })
  userId!: string | null;
  @Column('timestamptz')
  since!: Date;
  @Column('timestamptz', { name: 'ended_at', nullable: true })
  endedAt!: Date | null;
}

@Entity('team_grades')
@Check('ck_team_grades_validity', 'valid_until >= assessed_on')
@Index('ix_team_grades_team', ['teamId', 'assessedOn'])
export class TeamGradeRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_team_grades' })
  id!: string;
  @Column('uuid', { name: 'team_id' })
  @ForeignKey(() => TeamRow, { name: 'fk_team_grades_team' })
  teamId!: string;
  @Column('text')
  scheme!: string;
  @Column('text')
  grade!: string;
  @Column('date', { name: 'assessed_on' })
  assessedOn!: string;
  @Column('text')
  assessor!: string;
  /** The last day; null for a grade without an end. */
  @Column('date', { name: 'valid_until', nullable: true })
  validUntil!: string | null;
  @Column('timestamptz', { name: 'recorded_at' })
  recordedAt!: Date;
  @Column('text', { name: 'recorded_by' })
  recordedBy!: string;
  @Column('uuid', { name: 'recorded_by_id' })
  recordedById!: string;
}

@Entity('team_state_changes')
@Check('ck_team_state_changes_state', `state IN ('active', 'disbanded')`)
export class TeamStateChangeRow {
  @PrimaryColumn('uuid', { name: 'team_id', primaryKeyConstraintName: 'pk_team_state_changes' })
  @ForeignKey(() => TeamRow, { name: 'fk_team_state_changes_team' })
  teamId!: string;
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_team_state_changes' })
  version!: number;
  @Column('text')
  state!: string;
  @Column('text')
  reason!: string;
  @Column('timestamptz')
  at!: Date;
  @Column('text')
  actor!: string;
  @Column('uuid', { name: 'actor_id' })
  actorId!: string;
}
