import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { regionCodeCheck } from '@ledger/platform';
import { ItemRow } from '../catalogue/catalogue.entity';

/** What an enterprise, a supplier or others keep ready for a region: one item under one document. `called…`, `drawn…` and
 * the last confirmed figures are kept here so that one row says what can still be called; calls, receipts and
 * confirmations are the facts they are made from. */
@Entity('reserve_contracts')
@Index('uq_reserve_contracts_document', ['organisationId', 'documentNumber', 'itemCode'], {
  unique: true,
  where: `state <> 'ended'`,
})
@Index('ix_reserve_contracts_item', ['itemCode', 'state'])
@Index('ix_reserve_contracts_region_code', { synchronize: false })
@Index('ix_reserve_contracts_enterprise', ['enterpriseOrganisationId'])
@Check('ck_reserve_contracts_mode', `mode IN ('agreement', 'enterprise', 'capacity', 'social', 'household')`)
@Check('ck_reserve_contracts_state', `state IN ('draft', 'active', 'suspended', 'ended')`)
@Check('ck_reserve_contracts_region_code', regionCodeCheck('region_code'))
@Check('ck_reserve_contracts_period', 'valid_to >= valid_from')
@Check('ck_reserve_contracts_response', 'response_hours BETWEEN 0 AND 8760')
@Check('ck_reserve_contracts_quantity', 'quantity_base > 0')
@Check('ck_reserve_contracts_minimum', `minimum_base >= 0 AND (mode = 'enterprise' OR minimum_base = 0)`)
@Check(
  'ck_reserve_contracts_production',
  `CASE WHEN mode = 'capacity' THEN num_nonnulls(rate_per_day, start_up_hours, output_every_hours) = 3 AND rate_per_day > 0 AND start_up_hours BETWEEN 0 AND 8760 AND output_every_hours BETWEEN 1 AND 24 ELSE num_nonnulls(rate_per_day, start_up_hours, output_every_hours) = 0 END`,
)
@Check('ck_reserve_contracts_price', 'unit_price_fen >= 0')
@Check('ck_reserve_contracts_restored_by', `restored_by IN ('renewal', 'delivery')`)
@Check(
  'ck_reserve_contracts_schedule',
  `confirm_every_days > 0 AND grace_days >= 0 AND (confirm_every_days IS NOT NULL OR (mode NOT IN ('enterprise', 'capacity') AND grace_days = 0))`,
)
@Check(
  'ck_reserve_contracts_enterprise',
  `enterprise_organisation_id IS NOT NULL OR mode NOT IN ('enterprise', 'capacity')`,
)
@Check(
  'ck_reserve_contracts_called',
  'called_base >= 0 AND drawn_base >= 0 AND called_base + drawn_base <= quantity_base',
)
@Check('ck_reserve_contracts_activated', `state = 'draft' OR state = 'ended' OR activated_at IS NOT NULL`)
@Check('ck_reserve_contracts_key_inputs', `key_inputs_level IN ('sufficient', 'tight', 'exhausted')`)
@Check('ck_reserve_contracts_taken', 'taken_since_base >= 0')
export class ReserveContractRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_reserve_contracts' })
  id!: string;
  @Column('text', { name: 'document_number' })
  documentNumber!: string;
  @Column('text')
  mode!: string;
  @Column('text')
  state!: string;
  /** Whose reserve it is: the region it counts for. */
  @Column('text', { name: 'region_code' })
  regionCode!: string;
  /** The office that concluded it. */
  @Column('uuid', { name: 'organisation_id' })
  organisationId!: string;
  @Column('text', { name: 'counterparty_name' })
  counterpartyName!: string;
  /** The counterparty, where its people have accounts: they confirm its figures and answer its calls. */
  @Column('uuid', { name: 'enterprise_organisation_id', nullable: true })
  enterpriseOrganisationId!: string | null;
  @Column('text', { name: 'item_code' })
  @ForeignKey(() => ItemRow, { name: 'fk_reserve_contracts_item' })
  itemCode!: string;
  @Column('date', { name: 'valid_from' })
  validFrom!: string;
  @Column('date', { name: 'valid_to' })
  validTo!: string;
  @Column('integer', { name: 'response_hours' })
  responseHours!: number;
  @Column('bigint', { name: 'quantity_base' })
  quantityBase!: string;
  @Column('bigint', { name: 'minimum_base', default: 0 })
  minimumBase!: string;
  @Column('bigint', { name: 'rate_per_day', nullable: true })
  ratePerDay!: string | null;
  @Column('integer', { name: 'start_up_hours', nullable: true })
  startUpHours!: number | null;
  @Column('integer', { name: 'output_every_hours', nullable: true })
  outputEveryHours!: number | null;
  @Column('bigint', { name: 'unit_price_fen', nullable: true })
  unitPriceFen!: string | null;
  @Column('text', { name: 'restored_by' })
  restoredBy!: string;
  @Column('integer', { name: 'confirm_every_days', nullable: true })
  confirmEveryDays!: number | null;
  @Column('integer', { name: 'grace_days', default: 0 })
  graceDays!: number;
  /** Personal; masked for those who do not need it. */
  @Column('text', { name: 'contact_name', nullable: true })
  contactName!: string | null;
  /** Personal; masked for those who do not need it. */
  @Column('text', { name: 'contact_phone', nullable: true })
  contactPhone!: string | null;
  @Column('bigint', { name: 'called_base', default: 0 })
  calledBase!: string;
  @Column('bigint', { name: 'drawn_base', default: 0 })
  drawnBase!: string;
  /** Counts renewals from 1: what was received in an earlier term is not drawn any more. */
  @Column('integer', { default: 1 })
  term!: number;
  @Column('timestamptz', { name: 'activated_at', nullable: true })
  activatedAt!: Date | null;
  /** Since when the enterprise is known to be below its minimum: set and announced once per fall. */
  @Column('timestamptz', { name: 'below_minimum_since', nullable: true })
  belowMinimumSince!: Date | null;
  @Column('timestamptz', { name: 'confirmed_at', nullable: true })
  confirmedAt!: Date | null;
  @Column('bigint', { name: 'confirmed_stock_base', nullable: true })
  confirmedStockBase!: string | null;
  @Column('bigint', { name: 'confirmed_rate_per_day', nullable: true })
  confirmedRatePerDay!: string | null;
  @Column('integer', { name: 'confirmed_start_up_hours', nullable: true })
  confirmedStartUpHours!: number | null;
  @Column('text', { name: 'key_inputs_level', nullable: true })
  keyInputsLevel!: string | null;
  @Column('bigint', { name: 'taken_since_base', default: 0 })
  takenSinceBase!: string;
  @Column('boolean', { default: false })
  synthetic!: boolean;
  @Column('text', { name: 'created_by' })
  createdBy!: string;
  @Column('uuid', { name: 'created_by_id', nullable: true })
  createdById!: string | null;
  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;
  @Column('timestamptz', { name: 'updated_at', default: () => 'now()' })
  updatedAt!: Date;
}

/** A region, with all below it, that a contract serves. */
@Entity('reserve_contract_regions')
@Check('ck_reserve_contract_regions_region_code', regionCodeCheck('region_code'))
export class ReserveContractRegionRow {
  @PrimaryColumn('uuid', { name: 'contract_id', primaryKeyConstraintName: 'pk_reserve_contract_regions' })
  @ForeignKey(() => ReserveContractRow, { name: 'fk_reserve_contract_regions_contract' })
  contractId!: string;
  @PrimaryColumn('text', { name: 'region_code', primaryKeyConstraintName: 'pk_reserve_contract_regions' })
  regionCode!: string;
}

/** Figures that an enterprise confirmed, by itself or on the telephone. Append-only. */
@Entity('reserve_contract_confirmations')
@Index('ix_reserve_contract_confirmations_contract', ['contractId', 'confirmedAt'])
@Check(
  'ck_reserve_contract_confirmations_figures',
  'stock_base >= 0 AND rate_per_day >= 0 AND start_up_hours BETWEEN 0 AND 8760',
)
@Check('ck_reserve_contract_confirmations_key_inputs', `key_inputs_level IN ('sufficient', 'tight', 'exhausted')`)
@Check('ck_reserve_contract_confirmations_time', 'confirmed_at <= recorded_at')
export class ReserveConfirmationRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_reserve_contract_confirmations' })
  id!: string;
  @Column('uuid', { name: 'contract_id' })
  @ForeignKey(() => ReserveContractRow, { name: 'fk_reserve_contract_confirmations_contract' })
  contractId!: string;
  @Column('timestamptz', { name: 'confirmed_at' })
  confirmedAt!: Date;
  /** Who stood for the figures. */
  @Column('text', { name: 'confirmed_by' })
  confirmedBy!: string;
  @Column('boolean', { name: 'by_enterprise' })
  byEnterprise!: boolean;
  @Column('bigint', { name: 'stock_base', nullable: true })
  stockBase!: string | null;
  @Column('bigint', { name: 'rate_per_day', nullable: true })
  ratePerDay!: string | null;
  @Column('integer', { name: 'start_up_hours', nullable: true })
  startUpHours!: number | null;
  @Column('text', { name: 'key_inputs', nullable: true })
  keyInputs!: string | null;
  @Column('text', { name: 'key_inputs_level', nullable: true })
  keyInputsLevel!: string | null;
  @Column('text', { nullable: true })
  note!: string | null;
  @Column('text', { name: 'recorded_by' })
  recordedBy!: string;
  @Column('uuid', { name: 'recorded_by_id', nullable: true })
  recordedById!: string | null;
  @Column('timestamptz', { name: 'recorded_at', default: () => 'now()' })
  recordedAt!: Date;
}
