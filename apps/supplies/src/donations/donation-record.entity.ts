import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { regionCodeCheck } from '@ledger/platform';
import { DepotRow } from '../catalogue/catalogue.entity';
import { LotRow, MovementRow } from '../stock/stock.entity';
import { DonationLineRow, DonationRow, purposeCheck } from './donation.entity';

/** Donated goods that came in: one receipt of the ledger. Append-only. */
@Entity('donation_receipts')
@Unique('uq_donation_receipts_movement', ['movementId'])
@Index('ix_donation_receipts_donation', ['donationId'])
export class DonationReceiptRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_donation_receipts' })
  id!: string;
  @Column('uuid', { name: 'donation_id' })
  @ForeignKey(() => DonationRow, { name: 'fk_donation_receipts_donation' })
  donationId!: string;
  @Column('uuid', { name: 'movement_id' })
  @ForeignKey(() => MovementRow, { name: 'fk_donation_receipts_movement' })
  movementId!: string;
  @Column('text', { name: 'recorded_by' })
  recordedBy!: string;
  @Column('uuid', { name: 'recorded_by_id' })
  recordedById!: string;
  @Column('timestamptz', { name: 'received_at', default: () => 'now()' })
  receivedAt!: Date;
}

@Entity('donation_receipt_lines')
@Unique('uq_donation_receipt_lines_lot', ['lotId'])
@Index('ix_donation_receipt_lines_line', ['lineId'])
@Check('ck_donation_receipt_lines_quantity', 'quantity_base > 0')
export class DonationReceiptLineRow {
  @PrimaryColumn('uuid', { name: 'receipt_id', primaryKeyConstraintName: 'pk_donation_receipt_lines' })
  @ForeignKey(() => DonationReceiptRow, { name: 'fk_donation_receipt_lines_receipt' })
  receiptId!: string;
  @PrimaryColumn('uuid', { name: 'line_id', primaryKeyConstraintName: 'pk_donation_receipt_lines' })
  @ForeignKey(() => DonationLineRow, { name: 'fk_donation_receipt_lines_line' })
  lineId!: string;
  @Column('uuid', { name: 'lot_id' })
  @ForeignKey(() => LotRow, { name: 'fk_donation_receipt_lines_lot' })
  lotId!: string;
  @Column('bigint', { name: 'quantity_base' })
  quantityBase!: string;
}

/** What the goods of a lot are for. Append-only; `lots.purpose_bound` says it in short. */
@Entity('donation_purposes')
@Check('ck_donation_purposes_purpose', purposeCheck(['region', 'incident', 'group']))
export class DonationPurposeRow {
  @PrimaryColumn('uuid', { name: 'lot_id', primaryKeyConstraintName: 'pk_donation_purposes' })
  @ForeignKey(() => LotRow, { name: 'fk_donation_purposes_lot' })
  lotId!: string;
  @Column('uuid', { name: 'donation_id' })
  @ForeignKey(() => DonationRow, { name: 'fk_donation_purposes_donation' })
  donationId!: string;
  @Column('text', { name: 'purpose_kind' })
  purposeKind!: string;
  @Column('text', { name: 'purpose_region_code', nullable: true })
  purposeRegionCode!: string | null;
  @Column('uuid', { name: 'purpose_incident_id', nullable: true })
  purposeIncidentId!: string | null;
  @Column('text', { name: 'purpose_group', nullable: true })
  purposeGroup!: string | null;
  @Column('timestamptz', { default: () => 'now()' })
  since!: Date;
}

/** A named decision that frees a lot of its purpose. Append-only. */
@Entity('donation_purpose_lifts')
export class DonationPurposeLiftRow {
  @PrimaryColumn('uuid', { name: 'lot_id', primaryKeyConstraintName: 'pk_donation_purpose_lifts' })
  @ForeignKey(() => DonationPurposeRow, { name: 'fk_donation_purpose_lifts_purpose' })
  lotId!: string;
  @Column('text', { name: 'paper_number' })
  paperNumber!: string;
  @Column('text')
  reason!: string;
  @Column('text', { name: 'lifted_by' })
  liftedBy!: string;
  @Column('uuid', { name: 'lifted_by_id' })
  liftedById!: string;
  @Column('timestamptz', { name: 'lifted_at', default: () => 'now()' })
  liftedAt!: Date;
}

/** Donated goods that were given out from the depot for their purpose, without an incident's allocation. Append-only. */
@Entity('donation_allocations')
@Unique('uq_donation_allocations_movement', ['movementId'])
@Index('ix_donation_allocations_donation', ['donationId'])
@Check('ck_donation_allocations_quantity', 'quantity_base > 0')
@Check('ck_donation_allocations_region_code', regionCodeCheck('region_code'))
export class DonationAllocationRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_donation_allocations' })
  id!: string;
  @Column('uuid', { name: 'donation_id' })
  @ForeignKey(() => DonationRow, { name: 'fk_donation_allocations_donation' })
  donationId!: string;
  @Column('uuid', { name: 'line_id' })
  @ForeignKey(() => DonationLineRow, { name: 'fk_donation_allocations_line' })
  lineId!: string;
  @Column('uuid', { name: 'lot_id' })
  @ForeignKey(() => LotRow, { name: 'fk_donation_allocations_lot' })
  lotId!: string;
  @Column('uuid', { name: 'movement_id' })
  @ForeignKey(() => MovementRow, { name: 'fk_donation_allocations_movement' })
  movementId!: string;
  @Column('uuid', { name: 'depot_id' })
  @ForeignKey(() => DepotRow, { name: 'fk_donation_allocations_depot' })
  depotId!: string;
  @Column('bigint', { name: 'quantity_base' })
  quantityBase!: string;
  @Column('text', { name: 'region_code' })
  regionCode!: string;
  @Column('uuid', { name: 'incident_id', nullable: true })
  incidentId!: string | null;
  @Column('text', { name: 'group_code', nullable: true })
  groupCode!: string | null;
  /** The body that hands on to people; never a person's name. */
  @Column('text')
  receiver!: string;
  @Column('text', { name: 'recorded_by' })
  recordedBy!: string;
  @Column('uuid', { name: 'recorded_by_id' })
  recordedById!: string;
  @Column('timestamptz', { name: 'allocated_at', default: () => 'now()' })
  allocatedAt!: Date;
}
