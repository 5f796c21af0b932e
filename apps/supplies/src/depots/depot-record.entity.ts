import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { regionCodeCheck } from '@ledger/platform';
import { DepotRow } from '../catalogue/catalogue.entity';
import { OPENING_STATES, RISK_LEVELS } from './domain/depot-entry';

const listed = (values: readonly string[]): string => values.map((value) => `'${value}'`).join(', ');

/** A depot was opened, suspended or closed. Append-only. */
@Entity('depot_state_changes')
@Index('ix_depot_state_changes_depot', ['depotId', 'changedAt'])
@Check(
  'ck_depot_state_changes_states',
  `from_state <> to_state AND from_state IN (${listed(OPENING_STATES)}) AND to_state IN (${listed(OPENING_STATES)})`,
)
export class DepotStateChangeRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_depot_state_changes' })
  id!: string;
  @Column('uuid', { name: 'depot_id' })
  @ForeignKey(() => DepotRow, { name: 'fk_depot_state_changes_depot' })
  depotId!: string;
  @Column('text', { name: 'from_state' })
  fromState!: string;
  @Column('text', { name: 'to_state' })
  toState!: string;
  @Column('text')
  reason!: string;
  @Column('text', { name: 'changed_by' })
  changedBy!: string;
  @Column('uuid', { name: 'changed_by_id' })
  changedById!: string;
  @Column('timestamptz', { name: 'changed_at', default: () => 'now()' })
  changedAt!: Date;
}

/** Who keeps a depot, and from which day to which. */
@Entity('depot_keepers')
@Index('ix_depot_keepers_depot', ['depotId', 'userId'])
@Check('ck_depot_keepers_dates', 'valid_to >= valid_from')
export class DepotKeeperRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_depot_keepers' })
  id!: string;
  @Column('uuid', { name: 'depot_id' })
  @ForeignKey(() => DepotRow, { name: 'fk_depot_keepers_depot' })
  depotId!: string;
  @Column('uuid', { name: 'user_id' })
  userId!: string;
  @Column('text')
  name!: string;
  @Column('text')
  phone!: string;
  @Column('date', { name: 'valid_from' })
  validFrom!: string;
  /** The last day; null while it goes on. */
  @Column('date', { name: 'valid_to', nullable: true })
  validTo!: string | null;
}

/** How many people were in a shelter when somebody counted. Append-only; the latest count is the one that holds. */
@Entity('depot_people_reports')
@Index('ix_depot_people_reports_depot', ['depotId', 'countedAt'])
@Check('ck_depot_people_reports_people', 'priority_people BETWEEN 0 AND people_present')
export class DepotPeopleReportRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_depot_people_reports' })
  id!: string;
  @Column('uuid', { name: 'depot_id' })
  @ForeignKey(() => DepotRow, { name: 'fk_depot_people_reports_depot' })
  depotId!: string;
  @Column('integer', { name: 'people_present' })
  peoplePresent!: number;
  @Column('integer', { name: 'priority_people' })
  priorityPeople!: number;
  @Column('timestamptz', { name: 'counted_at' })
  countedAt!: Date;
  @Column('text', { name: 'reported_by' })
  reportedBy!: string;
  @Column('uuid', { name: 'reported_by_id' })
  reportedById!: string;
  @Column('text', { nullable: true })
  note!: string | null;
  @Column('timestamptz', { name: 'recorded_at', default: () => 'now()' })
  recordedAt!: Date;
}

/** A region that needs goods in place beforehand, also one that has no depot at all. */
@Entity('pre_positioning_needs')
@Index('ix_pre_positioning_needs_region_code', { synchronize: false })
@Check('ck_pre_positioning_needs_region_code', regionCodeCheck('region_code'))
@Check('ck_pre_positioning_needs_risk_level', `risk_level IN (${listed(RISK_LEVELS)})`)
@Check('ck_pre_positioning_needs_dates', 'valid_to >= valid_from')
export class PrePositioningNeedRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_pre_positioning_needs' })
  id!: string;
  @Column('text', { name: 'region_code' })
  regionCode!: string;
  @Column('text')
  reason!: string;
  @Column('text', { name: 'risk_level' })
  riskLevel!: string;
  @Column('text')
  source!: string;
  @Column('date', { name: 'valid_from' })
  validFrom!: string;
  /** The last day; null while it goes on. */
  @Column('date', { name: 'valid_to', nullable: true })
  validTo!: string | null;
  @Column('text', { name: 'recorded_by' })
  recordedBy!: string;
  @Column('uuid', { name: 'recorded_by_id' })
  recordedById!: string;
}
