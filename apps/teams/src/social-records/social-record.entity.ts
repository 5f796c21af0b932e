import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { TeamRow } from '../registry/team.entity';

/** Row shapes of survey returns and service contracts. Money is whole fen. */

@Entity('team_survey_returns')
@Unique('uq_team_survey_returns_day', ['teamId', 'surveyedOn'])
@Check('ck_team_survey_returns_people', 'people >= full_time_people AND full_time_people >= 0')
@Check('ck_team_survey_returns_money', 'gear_value_fen >= 0 AND yearly_funds_fen >= 0')
export class TeamSurveyReturnRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_team_survey_returns' })
  id!: string;
  @Column('uuid', { name: 'team_id' })
  @ForeignKey(() => TeamRow, { name: 'fk_team_survey_returns_team' })
  teamId!: string;
  @Column('date', { name: 'surveyed_on' })
  surveyedOn!: string;
  @Column('integer')
  people!: number;
  @Column('integer', { name: 'full_time_people' })
  fullTimePeople!: number;
  @Column('text')
  gear!: string;
  @Column('bigint', { name: 'gear_value_fen' })
  gearValueFen!: string;
  @Column('bigint', { name: 'yearly_funds_fen' })
  yearlyFundsFen!: string;
  /** What the force asks of the government. */
  @Column('text', { name: 'support_wanted' })
  supportWanted!: string;
  @Column('timestamptz', { name: 'recorded_at' })
  recordedAt!: Date;
  @Column('text', { name: 'recorded_by' })
  recordedBy!: string;
  @Column('uuid', { name: 'recorded_by_id' })
  recordedById!: string;
}

@Entity('service_contracts')
@Unique('uq_service_contracts_number', ['number'])
@Check('ck_service_contracts_dates', 'ends_on >= begins_on')
@Check('ck_service_contracts_ended', '(ended_on IS NULL) = (end_reason IS NULL)')
@Index('ix_service_contracts_team', ['teamId', 'beginsOn'])
export class ServiceContractRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_service_contracts' })
  id!: string;
  @Column('uuid', { name: 'team_id' })
  @ForeignKey(() => TeamRow, { name: 'fk_service_contracts_team' })
  teamId!: string;
  @Column('text')
  number!: string;
  @Column('text', { name: 'buyer_name' })
  buyerName!: string;
  @Column('text')
  service!: string;
  @Column('date', { name: 'begins_on' })
  beginsOn!: string;
  /** The last day, as signed. */
  @Column('date', { name: 'ends_on' })
  endsOn!: string;
  /** The last day when it ended before. */
  @Column('date', { name: 'ended_on', nullable: true })
  endedOn!: string | null;
  @Column('text', { name: 'end_reason', nullable: true })
  endReason!: string | null;
  @Column('timestamptz', { name: 'recorded_at' })
  recordedAt!: Date;
  @Column('text', { name: 'recorded_by' })
  recordedBy!: string;
  @Column('uuid', { name: 'recorded_by_id' })
  recordedById!: string;
}

@Entity('service_contract_rates')
@Check(
  'ck_service_contract_rates_per',
  `per IN ('person-hour', 'team-hour', 'vehicle-hour', 'call-up', 'month', 'year')`,
)
@Check('ck_service_contract_rates_amount', 'amount_fen >= 0')
export class ServiceContractRateRow {
  @PrimaryColumn('uuid', { name: 'contract_id', primaryKeyConstraintName: 'pk_service_contract_rates' })
  @ForeignKey(() => ServiceContractRow, { name: 'fk_service_contract_rates_contract' })
  contractId!: string;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_service_contract_rates' })
  per!: string;
  @Column('bigint', { name: 'amount_fen' })
  amountFen!: string;
}
