import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { regionCodeCheck } from '@ledger/platform';

/** Row shapes of the register: the kinds of teams there are, and the teams. */

@Entity('team_types')
@Check('ck_team_types_code', `code ~ '^[A-Z]{3}-[0-9]{2}$'`)
export class TeamTypeRow {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_team_types' })
  code!: string;
  @Column('text')
  kind!: string;
  @Column('text', { name: 'name_zh' })
  nameZh!: string;
  @Column('text', { name: 'name_en' })
  nameEn!: string;
  @Column('text')
  specialty!: string;
  /** How a team of this kind is asked: whose duty desk, or which organ's request procedure. */
  @Column('text', { name: 'call_channel' })
  callChannel!: string;
  @Column('text', { name: 'plan_reference' })
  planReference!: string;
}

@Entity('teams')
@Unique('uq_teams_code', ['code'])
@Check('ck_teams_region_code', regionCodeCheck('region_code'))
@Check('ck_teams_latitude', 'latitude BETWEEN -90 AND 90')
@Check('ck_teams_longitude', 'longitude BETWEEN -180 AND 180')
@Check('ck_teams_position_basis', `position_basis IN ('sourced', 'synthetic')`)
@Check('ck_teams_strength', 'strength >= 0')
@Check('ck_teams_state', `state IN ('active', 'disbanded')`)
@Index('ix_teams_type_code', ['typeCode'])
@Index('ix_teams_region_code_prefix', { synchronize: false })
export class TeamRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_teams' })
  id!: string;
  @Column('text')
  code!: string;
  @Column('text', { name: 'name_zh' })
  nameZh!: string;
  @Column('text', { name: 'name_en' })
  nameEn!: string;
  @Column('text', { name: 'type_code' })
  @ForeignKey(() => TeamTypeRow, { name: 'fk_teams_type' })
  typeCode!: string;
  @Column('text', { name: 'region_code' })
  regionCode!: string;
  @Column('uuid', { name: 'organisation_id' })
  organisationId!: string;
  @Column('double precision')
  latitude!: number;
  @Column('double precision')
  longitude!: number;
  @Column('text', { name: 'position_basis' })
  positionBasis!: string;
  /** People of the team. */
  @Column('integer')
  strength!: number;
  @Column('text', { name: 'readiness_note' })
  readinessNote!: string;
  @Column('boolean')
  synthetic!: boolean;
  /** The unit that keeps and pays the team. */
  @Column('text', { name: 'sponsor_name', nullable: true })
  sponsorName!: string | null;
  @Column('text', { name: 'base_address', nullable: true })
  baseAddress!: string | null;
  @Column('text', { default: 'active' })
  state!: string;
  /** Rises with every change of the entry. */
  @Column('integer', { default: 1 })
  version!: number;
}
