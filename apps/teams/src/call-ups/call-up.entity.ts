import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { regionCodeCheck } from '@ledger/platform';
import { TeamRow } from '../registry/team.entity';
import { CALL_UP_STATES } from './domain/call-up-state';

/** Row shapes of call-ups. All statements on them stand in `call-ups.repository.ts` and `call-ups.queries.ts`. */

const STATES = CALL_UP_STATES.map((state) => `'${state}'`).join(', ');

/** Only a tombstone, whose stand-down came first, knows neither incident nor site. */
export const CALL_UP_COMPLETE = `state = 'cancelled' OR num_nulls(incident_id, type_code, site_id, site_name, site_region_code, site_latitude, site_longitude, answer_seconds) = 0`;

@Entity('call_ups')
@Check('ck_call_ups_state', `state IN (${STATES})`)
@Check('ck_call_ups_complete', CALL_UP_COMPLETE)
@Check('ck_call_ups_ended', `(ended_at IS NOT NULL) = (state IN ('stood-down', 'refused', 'cancelled'))`)
@Check('ck_call_ups_answer_seconds', 'answer_seconds > 0')
@Check('ck_call_ups_site_region_code', regionCodeCheck('site_region_code'))
@Index('ix_call_ups_allocation_id', ['allocationId'])
@Index('ix_call_ups_site_region_code_prefix', { synchronize: false })
export class CallUpRow {
  /** Given by the command. */
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_call_ups' })
  id!: string;
  @Column('uuid', { name: 'allocation_id' })
  allocationId!: string;
  @Column('uuid', { name: 'line_id' })
  lineId!: string;
  @Column('uuid', { name: 'incident_id', nullable: true })
  incidentId!: string | null;
  @Column('text', { name: 'type_code', nullable: true })
  typeCode!: string | null;
  @Column('uuid', { name: 'site_id', nullable: true })
  siteId!: string | null;
  @Column('text', { name: 'site_name', nullable: true })
  siteName!: string | null;
  @Column('text', { name: 'site_region_code', nullable: true })
  siteRegionCode!: string | null;
  @Column('double precision', { name: 'site_latitude', nullable: true })
  siteLatitude!: number | null;
  @Column('double precision', { name: 'site_longitude', nullable: true })
  siteLongitude!: number | null;
  @Column('integer', { name: 'answer_seconds', nullable: true })
  answerSeconds!: number | null;
  @Column('text')
  state!: string;
  @Column('timestamptz', { name: 'requested_at' })
  requestedAt!: Date;
  @Column('timestamptz', { name: 'ended_at', nullable: true })
  endedAt!: Date | null;
  /** Why it was refused, cancelled or stood down. */
  @Column('text', { name: 'end_reason', nullable: true })
  endReason!: string | null;
}

@Entity('call_up_attempts')
@Unique('uq_call_up_attempts_ordinal', ['callUpId', 'ordinal'])
@Check('ck_call_up_attempts_answer', `answer IN ('accepted', 'declined', 'no-answer')`)
@Check('ck_call_up_attempts_channel', `channel IN ('phone', 'system')`)
@Check('ck_call_up_attempts_turned_down', `answer IS NULL OR answer = 'accepted' OR ended_at IS NOT NULL`)
@Check('ck_call_up_attempts_strength', `answer IS DISTINCT FROM 'accepted' OR strength > 0`)
@Index('ux_call_up_attempts_one_per_team', ['teamId'], { unique: true, where: 'ended_at IS NULL' })
@Index('ux_call_up_attempts_one_per_call_up', ['callUpId'], { unique: true, where: 'ended_at IS NULL' })
export class CallUpAttemptRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_call_up_attempts' })
  id!: string;
  @Column('uuid', { name: 'call_up_id' })
  @ForeignKey(() => CallUpRow, { name: 'fk_call_up_attempts_call_up' })
  callUpId!: string;
  /** 1 for the first team asked. */
  @Column('integer')
  ordinal!: number;
  @Column('uuid', { name: 'team_id' })
  @ForeignKey(() => TeamRow, { name: 'fk_call_up_attempts_team' })
  teamId!: string;
  @Column('timestamptz', { name: 'asked_at' })
  askedAt!: Date;
  @Column('timestamptz', { name: 'answer_by' })
  answerBy!: Date;
  /** Teams passed over before this one: `{ teamId, teamName, reason }`. */
  @Column('jsonb')
  skipped!: unknown;
  @Column('text', { nullable: true })
  answer!: string | null;
  @Column('timestamptz', { name: 'answered_at', nullable: true })
  answeredAt!: Date | null;
  /** Personal: who spoke for the team. */
  @Column('text', { name: 'answered_by', nullable: true })
  answeredBy!: string | null;
  @Column('text', { nullable: true })
  channel!: string | null;
  /** The account that entered the answer. */
  @Column('uuid', { name: 'recorded_by', nullable: true })
  recordedBy!: string | null;
  /** People who come. */
  @Column('integer', { nullable: true })
  strength!: number | null;
  @Column('text', { nullable: true })
  reason!: string | null;
  /** Null as long as the team is held by the call-up. */
  @Column('timestamptz', { name: 'ended_at', nullable: true })
  endedAt!: Date | null;
}

@Entity('call_up_changes')
export class CallUpChangeRow {
  @PrimaryColumn('uuid', { name: 'call_up_id', primaryKeyConstraintName: 'pk_call_up_changes' })
  @ForeignKey(() => CallUpRow, { name: 'fk_call_up_changes_call_up' })
  callUpId!: string;
  /** 1 for the first state. */
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_call_up_changes' })
  ordinal!: number;
  @Column('text')
  state!: string;
  @Column('timestamptz')
  at!: Date;
  /** A user name, or the part of the system that acted. */
  @Column('text')
  actor!: string;
}
