import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { regionCodeCheck } from '@ledger/platform';
import { ItemRow } from '../catalogue/catalogue.entity';
import { ReserveContractRow } from './reserve-contract.entity';

/** A holding fee or subsidy of a contract for a period: due, and then paid or withdrawn. */
@Entity('reserve_contract_fees')
@Index('ix_reserve_contract_fees_contract', ['contractId', 'periodFrom'])
@Index('ix_reserve_contract_fees_open', ['dueOn'], { where: 'settled_at IS NULL' })
@Check('ck_reserve_contract_fees_kind', `kind IN ('fee', 'subsidy')`)
@Check('ck_reserve_contract_fees_period', 'period_to >= period_from')
@Check('ck_reserve_contract_fees_amount', 'amount_fen > 0')
@Check('ck_reserve_contract_fees_paid', '(paid_on IS NULL) = (payment_document IS NULL)')
@Check(
  'ck_reserve_contract_fees_settled',
  '(paid_on IS NULL OR withdrawn_reason IS NULL) AND (settled_at IS NOT NULL) = (paid_on IS NOT NULL OR withdrawn_reason IS NOT NULL) AND (settled_at IS NOT NULL) = (settled_by IS NOT NULL AND settled_by_id IS NOT NULL)',
)
export class ReserveContractFeeRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_reserve_contract_fees' })
  id!: string;
  @Column('uuid', { name: 'contract_id' })
  @ForeignKey(() => ReserveContractRow, { name: 'fk_reserve_contract_fees_contract' })
  contractId!: string;
  @Column('text')
  kind!: string;
  @Column('date', { name: 'period_from' })
  periodFrom!: string;
  @Column('date', { name: 'period_to' })
  periodTo!: string;
  @Column('bigint', { name: 'amount_fen' })
  amountFen!: string;
  @Column('date', { name: 'due_on' })
  dueOn!: string;
  @Column('text', { nullable: true })
  note!: string | null;
  @Column('text', { name: 'recorded_by' })
  recordedBy!: string;
  @Column('uuid', { name: 'recorded_by_id' })
  recordedById!: string;
  @Column('timestamptz', { name: 'recorded_at', default: () => 'now()' })
  recordedAt!: Date;
  @Column('date', { name: 'paid_on', nullable: true })
  paidOn!: string | null;
  @Column('text', { name: 'payment_document', nullable: true })
  paymentDocument!: string | null;
  @Column('text', { name: 'withdrawn_reason', nullable: true })
  withdrawnReason!: string | null;
  @Column('text', { name: 'settled_by', nullable: true })
  settledBy!: string | null;
  @Column('uuid', { name: 'settled_by_id', nullable: true })
  settledById!: string | null;
  @Column('timestamptz', { name: 'settled_at', nullable: true })
  settledAt!: Date | null;
}

/** An entry into the capacity list (产能清单) or a removal from it. Append-only; the list of a day follows from it. */
@Entity('enterprise_capacity_changes')
@Unique('uq_enterprise_capacity_changes_sequence', ['sequence'])
@Index('ix_enterprise_capacity_changes_entry', ['enterpriseOrganisationId', 'itemCode', 'regionCode', 'sequence'])
@Index('ix_enterprise_capacity_changes_region_code', { synchronize: false })
@Check('ck_enterprise_capacity_changes_change', `change IN ('entered', 'removed')`)
@Check('ck_enterprise_capacity_changes_rate', `(change = 'entered') = (rate_per_day IS NOT NULL)`)
@Check('ck_enterprise_capacity_changes_rate_positive', 'rate_per_day > 0')
@Check('ck_enterprise_capacity_changes_region_code', regionCodeCheck('region_code'))
export class EnterpriseCapacityChangeRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_enterprise_capacity_changes' })
  id!: string;
  @Column('bigint', { generated: 'increment' })
  sequence!: string;
  @Column('text')
  change!: string;
  @Column('uuid', { name: 'enterprise_organisation_id' })
  enterpriseOrganisationId!: string;
  @Column('text', { name: 'enterprise_name' })
  enterpriseName!: string;
  @Column('text', { name: 'item_code' })
  @ForeignKey(() => ItemRow, { name: 'fk_enterprise_capacity_changes_item' })
  itemCode!: string;
  @Column('text', { name: 'region_code' })
  regionCode!: string;
  @Column('bigint', { name: 'rate_per_day', nullable: true })
  ratePerDay!: string | null;
  @Column('date', { name: 'effective_on' })
  effectiveOn!: string;
  @Column('text')
  reason!: string;
  /** The paper or survey behind it. */
  @Column('text')
  source!: string;
  @Column('uuid', { name: 'contract_id', nullable: true })
  @ForeignKey(() => ReserveContractRow, { name: 'fk_enterprise_capacity_changes_contract' })
  contractId!: string | null;
  @Column('text', { name: 'recorded_by' })
  recordedBy!: string;
  @Column('uuid', { name: 'recorded_by_id', nullable: true })
  recordedById!: string | null;
  @Column('timestamptz', { name: 'recorded_at', default: () => 'now()' })
  recordedAt!: Date;
}
