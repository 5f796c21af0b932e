import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { regionCodeCheck } from '@ledger/platform';
import { ItemRow } from '../catalogue/catalogue.entity';

/** A firm that sells to the region that registered it. */
@Entity('suppliers')
@Unique('uq_suppliers_credit_code', ['regionCode', 'creditCode'])
@Index('ix_suppliers_region_code', { synchronize: false })
@Check('ck_suppliers_credit_code', `credit_code ~ '^[0-9A-HJ-NP-RTUWXY]{18}$'`)
@Check('ck_suppliers_region_code', regionCodeCheck('region_code'))
@Check('ck_suppliers_state', `state IN ('active', 'suspended') AND (state = 'active' OR state_reason IS NOT NULL)`)
export class SupplierRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_suppliers' })
  id!: string;
  @Column('text')
  name!: string;
  @Column('text', { name: 'credit_code' })
  creditCode!: string;
  @Column('text', { name: 'licence_number', nullable: true })
  licenceNumber!: string | null;
  @Column('date', { name: 'licence_valid_until', nullable: true })
  licenceValidUntil!: string | null;
  @Column('text', { name: 'region_code' })
  regionCode!: string;
  @Column('uuid', { name: 'organisation_id' })
  organisationId!: string;
  @Column('text', { name: 'contact_name' })
  contactName!: string;
  @Column('text', { name: 'contact_phone' })
  contactPhone!: string;
  @Column('text')
  state!: string;
  @Column('text', { name: 'state_reason', nullable: true })
  stateReason!: string | null;
  @Column('text', { name: 'registered_by' })
  registeredBy!: string;
  @Column('uuid', { name: 'registered_by_id' })
  registeredById!: string;
  @Column('timestamptz', { name: 'registered_at', default: () => 'now()' })
  registeredAt!: Date;
}

/** What a supplier sells, to whom, at what price, for how long. Its terms never change; it can only be ended. */
@Entity('framework_agreements')
@Unique('uq_framework_agreements_document', ['regionCode', 'documentNumber'])
@Index('ix_framework_agreements_supplier', ['supplierId'])
@Check('ck_framework_agreements_region_code', regionCodeCheck('region_code'))
@Check('ck_framework_agreements_days', 'valid_until >= valid_from')
@Check('ck_framework_agreements_tolerance', 'tolerance_permille BETWEEN 0 AND 100')
@Check('ck_framework_agreements_end', '(ended_on IS NULL) = (end_reason IS NULL)')
export class FrameworkAgreementRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_framework_agreements' })
  id!: string;
  @Column('text', { name: 'document_number' })
  documentNumber!: string;
  @Column('uuid', { name: 'supplier_id' })
  @ForeignKey(() => SupplierRow, { name: 'fk_framework_agreements_supplier' })
  supplierId!: string;
  @Column('text', { name: 'region_code' })
  regionCode!: string;
  @Column('uuid', { name: 'organisation_id' })
  organisationId!: string;
  @Column('date', { name: 'valid_from' })
  validFrom!: string;
  @Column('date', { name: 'valid_until' })
  validUntil!: string;
  /** Thousandths of an ordered quantity that may come on top. */
  @Column('integer', { name: 'tolerance_permille' })
  tolerancePermille!: number;
  @Column('date', { name: 'ended_on', nullable: true })
  endedOn!: string | null;
  @Column('text', { name: 'end_reason', nullable: true })
  endReason!: string | null;
  @Column('text', { name: 'concluded_by' })
  concludedBy!: string;
  @Column('uuid', { name: 'concluded_by_id' })
  concludedById!: string;
  @Column('timestamptz', { name: 'concluded_at', default: () => 'now()' })
  concludedAt!: Date;
}

/** One item of an agreement. Append-only. */
@Entity('framework_items')
@Index('ix_framework_items_item', ['itemCode'])
@Check('ck_framework_items_price', 'pack_base > 0 AND unit_price_fen >= 0')
@Check(
  'ck_framework_items_bounds',
  'minimum_base >= 0 AND (maximum_base IS NULL OR maximum_base > 0 AND maximum_base >= minimum_base)',
)
@Check('ck_framework_items_lead_time', 'lead_time_days >= 0')
export class FrameworkItemRow {
  @PrimaryColumn('uuid', { name: 'framework_id', primaryKeyConstraintName: 'pk_framework_items' })
  @ForeignKey(() => FrameworkAgreementRow, { name: 'fk_framework_items_framework' })
  frameworkId!: string;
  @PrimaryColumn('text', { name: 'item_code', primaryKeyConstraintName: 'pk_framework_items' })
  @ForeignKey(() => ItemRow, { name: 'fk_framework_items_item' })
  itemCode!: string;
  /** Base units in one pack. */
  @Column('integer', { name: 'pack_base' })
  packBase!: number;
  /** Of one pack. */
  @Column('bigint', { name: 'unit_price_fen' })
  unitPriceFen!: string;
  /** Of one order. */
  @Column('bigint', { name: 'minimum_base' })
  minimumBase!: string;
  /** Of all orders together; null without a limit. */
  @Column('bigint', { name: 'maximum_base', nullable: true })
  maximumBase!: string | null;
  @Column('integer', { name: 'lead_time_days' })
  leadTimeDays!: number;
}

/** A region whose depots an agreement serves, with everything below it. Append-only. */
@Entity('framework_regions')
@Check('ck_framework_regions_region_code', regionCodeCheck('region_code'))
export class FrameworkRegionRow {
  @PrimaryColumn('uuid', { name: 'framework_id', primaryKeyConstraintName: 'pk_framework_regions' })
  @ForeignKey(() => FrameworkAgreementRow, { name: 'fk_framework_regions_framework' })
  frameworkId!: string;
  @PrimaryColumn('text', { name: 'region_code', primaryKeyConstraintName: 'pk_framework_regions' })
  regionCode!: string;
}
