import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { DepotRow, ItemRow } from '../catalogue/catalogue.entity';
import { LotRow, MovementRow } from '../stock/stock.entity';
import { ORDER_STATES } from './domain/order-state';
import { FrameworkAgreementRow, SupplierRow } from './supplier.entity';

/** Goods ordered from one supplier for one depot. */
@Entity('purchase_orders')
@Unique('uq_purchase_orders_number', ['number'])
@Index('ix_purchase_orders_region', { synchronize: false })
@Index('ix_purchase_orders_supplier', ['supplierId'])
@Index('ix_purchase_orders_framework', ['frameworkId'])
@Check('ck_purchase_orders_kind', `kind IN ('ordinary', 'emergency', 'advance')`)
@Check('ck_purchase_orders_state', `state IN (${ORDER_STATES.map((state) => `'${state}'`).join(', ')})`)
@Check('ck_purchase_orders_framework', `framework_id IS NOT NULL OR (kind = 'emergency' AND reason IS NOT NULL)`)
@Check('ck_purchase_orders_season', `kind <> 'advance' OR season IS NOT NULL`)
@Check('ck_purchase_orders_origin', `origin IN ('manual', 'needs', 'pre-assessment')`)
@Check('ck_purchase_orders_amount', 'amount_fen >= 0')
@Check('ck_purchase_orders_acted_first', `NOT acted_first OR kind = 'emergency'`)
@Check('ck_purchase_orders_sent', '(sent_at IS NULL) = (promised_by IS NULL)')
@Check('ck_purchase_orders_closed', `(state IN ('closed', 'cancelled')) = (closed_at IS NOT NULL)`)
export class PurchaseOrderRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_purchase_orders' })
  id!: string;
  @Column('text')
  number!: string;
  @Column('text')
  kind!: string;
  @Column('text')
  state!: string;
  @Column('uuid', { name: 'depot_id' })
  @ForeignKey(() => DepotRow, { name: 'fk_purchase_orders_depot' })
  depotId!: string;
  /** Of the depot, as is the organisation. */
  @Column('text', { name: 'region_code' })
  regionCode!: string;
  @Column('uuid', { name: 'organisation_id' })
  organisationId!: string;
  @Column('uuid', { name: 'supplier_id' })
  @ForeignKey(() => SupplierRow, { name: 'fk_purchase_orders_supplier' })
  supplierId!: string;
  /** null for an emergency purchase outside every agreement. */
  @Column('uuid', { name: 'framework_id', nullable: true })
  @ForeignKey(() => FrameworkAgreementRow, { name: 'fk_purchase_orders_framework' })
  frameworkId!: string | null;
  @Column('text')
  origin!: string;
  @Column('text', { nullable: true })
  reason!: string | null;
  /** The season or forecast that an advance purchase is made for. */
  @Column('text', { nullable: true })
  season!: string | null;
  @Column('date', { name: 'needed_by', nullable: true })
  neededBy!: string | null;
  @Column('integer', { name: 'lead_time_days' })
  leadTimeDays!: number;
  @Column('bigint', { name: 'amount_fen' })
  amountFen!: string;
  @Column('boolean', { name: 'acted_first', default: false })
  actedFirst!: boolean;
  @Column('text', { name: 'drafted_by' })
  draftedBy!: string;
  @Column('uuid', { name: 'drafted_by_id' })
  draftedById!: string;
  @Column('timestamptz', { name: 'drafted_at', default: () => 'now()' })
  draftedAt!: Date;
  @Column('timestamptz', { name: 'sent_at', nullable: true })
  sentAt!: Date | null;
  @Column('date', { name: 'promised_by', nullable: true })
  promisedBy!: string | null;
  @Column('timestamptz', { name: 'closed_at', nullable: true })
  closedAt!: Date | null;
  @Column('text', { name: 'end_reason', nullable: true })
  endReason!: string | null;
}

@Entity('purchase_order_lines')
@Unique('uq_purchase_order_lines_position', ['orderId', 'position'])
@Check('ck_purchase_order_lines_price', 'pack_base > 0 AND unit_price_fen >= 0')
@Check('ck_purchase_order_lines_ordered', 'ordered_base > 0 AND ordered_base % pack_base = 0')
@Check(
  'ck_purchase_order_lines_received',
  'received_base >= 0 AND received_base <= ordered_base + ordered_base * tolerance_permille / 1000',
)
export class PurchaseOrderLineRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_purchase_order_lines' })
  id!: string;
  @Column('uuid', { name: 'order_id' })
  @ForeignKey(() => PurchaseOrderRow, { name: 'fk_purchase_order_lines_order' })
  orderId!: string;
  @Column('integer')
  position!: number;
  @Column('text', { name: 'item_code' })
  @ForeignKey(() => ItemRow, { name: 'fk_purchase_order_lines_item' })
  itemCode!: string;
  @Column('integer', { name: 'pack_base' })
  packBase!: number;
  /** Of one pack. */
  @Column('bigint', { name: 'unit_price_fen' })
  unitPriceFen!: string;
  @Column('bigint', { name: 'ordered_base' })
  orderedBase!: string;
  @Column('bigint', { name: 'received_base', default: 0 })
  receivedBase!: string;
  @Column('integer', { name: 'tolerance_permille' })
  tolerancePermille!: number;
  /** Which shortage it answers. */
  @Column('text', { nullable: true })
  need!: string | null;
  /** Why this agreement was chosen. */
  @Column('text', { nullable: true })
  reasoning!: string | null;
}

/** What came in against an order: one receipt of the ledger. Append-only. */
@Entity('purchase_receipts')
@Unique('uq_purchase_receipts_movement', ['movementId'])
@Index('ix_purchase_receipts_order', ['orderId'])
export class PurchaseReceiptRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_purchase_receipts' })
  id!: string;
  @Column('uuid', { name: 'order_id' })
  @ForeignKey(() => PurchaseOrderRow, { name: 'fk_purchase_receipts_order' })
  orderId!: string;
  @Column('uuid', { name: 'movement_id' })
  @ForeignKey(() => MovementRow, { name: 'fk_purchase_receipts_movement' })
  movementId!: string;
  @Column('text', { name: 'recorded_by' })
  recordedBy!: string;
  @Column('uuid', { name: 'recorded_by_id' })
  recordedById!: string;
  @Column('timestamptz', { name: 'received_at', default: () => 'now()' })
  receivedAt!: Date;
}

/** A batch of a line, with the price it was bought at. Append-only. */
@Entity('purchase_receipt_lines')
@Index('ix_purchase_receipt_lines_line', ['lineId'])
@Index('ix_purchase_receipt_lines_lot', ['lotId'])
@Check('ck_purchase_receipt_lines_quantity', 'quantity_base > 0 AND pack_base > 0 AND unit_price_fen >= 0')
export class PurchaseReceiptLineRow {
  @PrimaryColumn('uuid', { name: 'receipt_id', primaryKeyConstraintName: 'pk_purchase_receipt_lines' })
  @ForeignKey(() => PurchaseReceiptRow, { name: 'fk_purchase_receipt_lines_receipt' })
  receiptId!: string;
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_purchase_receipt_lines' })
  position!: number;
  @Column('uuid', { name: 'line_id' })
  @ForeignKey(() => PurchaseOrderLineRow, { name: 'fk_purchase_receipt_lines_line' })
  lineId!: string;
  @Column('uuid', { name: 'lot_id' })
  @ForeignKey(() => LotRow, { name: 'fk_purchase_receipt_lines_lot' })
  lotId!: string;
  @Column('bigint', { name: 'quantity_base' })
  quantityBase!: string;
  @Column('integer', { name: 'pack_base' })
  packBase!: number;
  @Column('bigint', { name: 'unit_price_fen' })
  unitPriceFen!: string;
}
