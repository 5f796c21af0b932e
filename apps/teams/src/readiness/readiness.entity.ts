import { Check, Column, Entity, Exclusion, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { regionCodeCheck } from '@ledger/platform';
import { EvidenceKindRow } from '../people/person.entity';
import { TeamRow, TeamTypeRow } from '../registry/team.entity';

/** Row shapes of readiness: rules by date, the history of levels, and overrides. */

const LEVELS = `'ready', 'limited', 'not-ready'`;

@Entity('readiness_rules')
@Check('ck_readiness_rules_region_code', regionCodeCheck('region_code'))
@Check('ck_readiness_rules_percent', 'limited_percent BETWEEN 0 AND ready_percent AND ready_percent <= 100')
@Check('ck_readiness_rules_basis', `basis IN ('sourced', 'estimate')`)
@Index('ux_readiness_rules_day', { synchronize: false })
export class ReadinessRuleRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_readiness_rules' })
  id!: string;
  /** Null for a rule of every kind of team. */
  @Column('text', { name: 'type_code', nullable: true })
  @ForeignKey(() => TeamTypeRow, { name: 'fk_readiness_rules_type' })
  typeCode!: string | null;
  /** Null for a rule of every region. */
  @Column('text', { name: 'region_code', nullable: true })
  regionCode!: string | null;
  @Column('date', { name: 'valid_from' })
  validFrom!: string;
  /** People who can go out, of the registered strength. */
  @Column('integer', { name: 'ready_percent' })
  readyPercent!: number;
  @Column('integer', { name: 'limited_percent' })
  limitedPercent!: number;
  @Column('text')
  basis!: string;
  @Column('text')
  source!: string;
  @Column('text', { name: 'set_by' })
  setBy!: string;
  @Column('uuid', { name: 'set_by_id', nullable: true })
  setById!: string | null;
  @Column('timestamptz', { name: 'set_at' })
  setAt!: Date;
}

@Entity('readiness_rule_needs')
@Check('ck_readiness_rule_needs_holders', 'holders > 0')
@Check('ck_readiness_rule_needs_lowers_to', `lowers_to IN ('limited', 'not-ready')`)
export class ReadinessRuleNeedRow {
  @PrimaryColumn('uuid', { name: 'rule_id', primaryKeyConstraintName: 'pk_readiness_rule_needs' })
  @ForeignKey(() => ReadinessRuleRow, { name: 'fk_readiness_rule_needs_rule' })
  ruleId!: string;
  @PrimaryColumn('text', { name: 'kind_code', primaryKeyConstraintName: 'pk_readiness_rule_needs' })
  @ForeignKey(() => EvidenceKindRow, { name: 'fk_readiness_rule_needs_kind' })
  kindCode!: string;
  /** How many of those who can go out must have it; null: each member. */
  @Column('integer', { nullable: true })
  holders!: number | null;
  @Column('text', { name: 'lowers_to' })
  lowersTo!: string;
}

@Entity('readiness_states')
@Check('ck_readiness_states_level', `level IN (${LEVELS})`)
@Check('ck_readiness_states_computed_level', `computed_level IN (${LEVELS})`)
@Index('ix_readiness_states_since', ['teamId', 'since'])
export class ReadinessStateRow {
  @PrimaryColumn('uuid', { name: 'team_id', primaryKeyConstraintName: 'pk_readiness_states' })
  @ForeignKey(() => TeamRow, { name: 'fk_readiness_states_team' })
  teamId!: string;
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_readiness_states' })
  ordinal!: number;
  /** Until the next one's. */
  @Column('timestamptz')
  since!: Date;
  @Column('text')
  level!: string;
  /** Without the override. */
  @Column('text', { name: 'computed_level' })
  computedLevel!: string;
  @Column('jsonb')
  reasons!: object[];
}

@Entity('readiness_overrides')
@Check('ck_readiness_overrides_way', `way IN ('lower', 'raise')`)
@Check('ck_readiness_overrides_level', `level IN (${LEVELS})`)
@Check('ck_readiness_overrides_raise_ends', `way = 'lower' OR NOT upper_inf(during)`)
@Exclusion('ex_readiness_overrides_one_at_a_time', 'USING gist (team_id WITH =, during WITH &&)')
export class ReadinessOverrideRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_readiness_overrides' })
  id!: string;
  @Column('uuid', { name: 'team_id' })
  @ForeignKey(() => TeamRow, { name: 'fk_readiness_overrides_team' })
  teamId!: string;
  @Column('text')
  way!: string;
  @Column('text')
  level!: string;
  @Column('text')
  reason!: string;
  @Column('tstzrange')
  during!: string;
  @Column('text', { name: 'set_by' })
  setBy!: string;
  @Column('uuid', { name: 'set_by_id' })
  setById!: string;
  @Column('text', { name: 'lifted_by', nullable: true })
  liftedBy!: string | null;
}
