import { DEPOT_STATES, JOURNEY_ACCOUNT_PATTERN, OUTSIDE_ACCOUNTS } from '@ledger/contracts';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { regionCodeCheck } from '@ledger/platform';
import { DepotRow, ItemRow } from '../catalogue/catalogue.entity';
import { LOT_ORIGINS } from './domain/lot';
import { MOVEMENT_KINDS } from './domain/movement-kinds';

const listOf = (values: readonly string[]): string => values.map((value) => `'${value}'`).join(', ');
/** The form of an account, and that a depot account is one of the depot beside it. */
const isAccount = (column: string): string =>
  `CASE WHEN starts_with(${column}, 'depot:') THEN coalesce(left(${column}, 43) = 'depot:' || depot_id || ':' ` +
  `AND substr(${column}, 44) IN (${listOf(DEPOT_STATES)}), false) ` +
  `WHEN position(':' IN ${column}) = 0 THEN ${column} IN (${listOf(OUTSIDE_ACCOUNTS)}) ` +
  `ELSE ${column} ~ '${JOURNEY_ACCOUNT_PATTERN.source}' END`;
const isDepotAccount = (column: string): string => `starts_with(${column}, 'depot:')`;
const ORIGINS = LOT_ORIGINS.map((origin) => `'${origin}'`).join(', ');
const KINDS = MOVEMENT_KINDS.map((kind) => `'${kind}'`).join(', ');

/** Row shapes of the ledger; `stock.repository.ts` holds the statements that write them. */

@Entity('lots')
@Unique('uq_lots_id_item', ['id', 'itemCode'])
@Unique('uq_lots_serial_number', ['itemCode', 'serialNumber'])
@Index('uq_lots_batch', ['itemCode', 'batchNumber', 'origin', 'ownerRegionCode'], {
  unique: true,
  where: 'serial_number IS NULL',
})
@Index('ix_lots_item_batch', ['itemCode', 'batchNumber'])
@Index('ix_lots_owner_region_code', { synchronize: false })
@Index('ix_lots_life', { synchronize: false })
@Check('ck_lots_dates', 'expiry_date >= production_date')
@Check('ck_lots_origin', `origin IN (${ORIGINS})`)
@Check('ck_lots_quality', `quality IN ('good', 'held', 'recalled')`)
@Check('ck_lots_owner_region_code', regionCodeCheck('owner_region_code'))
export class LotRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_lots' })
  id!: string;
  @Column('text', { name: 'item_code' })
  @ForeignKey(() => ItemRow, { name: 'fk_lots_item' })
  itemCode!: string;
  @Column('text', { name: 'batch_number' })
  batchNumber!: string;
  @Column('date', { name: 'production_date', nullable: true })
  productionDate!: string | null;
  @Column('date', { name: 'expiry_date', nullable: true })
  expiryDate!: string | null;
  @Column('text')
  origin!: string;
  @Column('text', { name: 'owner_region_code' })
  ownerRegionCode!: string;
  @Column('text', { default: 'good' })
  quality!: string;
  @Column('boolean', { default: false })
  synthetic!: boolean;
  /** Of gear that is numbered piece by piece: such a lot is one piece. */
  @Column('text', { name: 'serial_number', nullable: true })
  serialNumber!: string | null;
  /** Given for a purpose and not freed of it: it goes only where the purpose allows. */
  @Column('boolean', { name: 'purpose_bound', default: false })
  purposeBound!: boolean;
  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;
}

/**
 * What an account holds of a lot: a cache of the postings. Outside accounts have rows too, below zero where goods came
 * from, so that per lot the rows sum to zero and a plain sum finds what a lost or doubled write did. Their key holds the
 * lot, so only callers who contend for the lot anyway contend for them.
 */
@Entity('balances')
@ForeignKey(() => LotRow, ['lotId', 'itemCode'], ['id', 'itemCode'], { name: 'fk_balances_lot' })
@Index('ix_balances_depot_stock', { synchronize: false })
@Index('ix_balances_item_expiry', { synchronize: false })
@Index('ix_balances_lot', ['lotId'])
@Check('ck_balances_account', isAccount('account'))
@Check('ck_balances_inside', `quantity_base >= 0 OR position(':' in account) = 0`)
@Check('ck_balances_in_stock', 'in_stock = (quantity_base > 0)')
@Check('ck_balances_depot', `(depot_id IS NOT NULL) = ${isDepotAccount('account')}`)
export class BalanceRow {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_balances' })
  account!: string;
  @PrimaryColumn('uuid', { name: 'lot_id', primaryKeyConstraintName: 'pk_balances' })
  lotId!: string;
  @Column('text', { name: 'item_code' })
  itemCode!: string;
  @Column('uuid', { name: 'depot_id', nullable: true })
  @ForeignKey(() => DepotRow, { name: 'fk_balances_depot' })
  depotId!: string | null;
  @Column('bigint', { name: 'quantity_base' })
  quantityBase!: string;
  /** Kept beside the quantity for the partial indexes. */
  @Column('boolean', { name: 'in_stock' })
  inStock!: boolean;
  /** Of the lot; a trigger carries changes of it here. */
  @Column('date', { name: 'expiry_date', nullable: true })
  expiryDate!: string | null;
}

/** What a depot has of an item, over all lots: kept with every movement, so that roll-ups need not sum lots. */
@Entity('stock_totals')
@Index('ix_stock_totals_depot', ['depotId'])
export class StockTotalRow {
  @PrimaryColumn('text', { name: 'item_code', primaryKeyConstraintName: 'pk_stock_totals' })
  @ForeignKey(() => ItemRow, { name: 'fk_stock_totals_item' })
  itemCode!: string;
  @PrimaryColumn('uuid', { name: 'depot_id', primaryKeyConstraintName: 'pk_stock_totals' })
  @ForeignKey(() => DepotRow, { name: 'fk_stock_totals_depot' })
  depotId!: string;
  @Column('bigint', { name: 'available_base' })
  availableBase!: string;
  @Column('bigint', { name: 'reserved_base' })
  reservedBase!: string;
  @Column('bigint', { name: 'quarantine_base' })
  quarantineBase!: string;
}

/** The header of a movement. Append-only. `sequence` and `postedAt` are drawn after the balances are locked. */
@Entity('movements')
@Unique('uq_movements_sequence', ['sequence'])
@Unique('uq_movements_business_key', ['businessKey'])
@Unique('uq_movements_reverses', ['reversesMovementId'])
@Index('ix_movements_posted_at', { synchronize: false })
@Index('ix_movements_allocation', ['allocationId'], { where: 'allocation_id IS NOT NULL' })
@Check('ck_movements_kind', `kind IN (${KINDS})`)
@Check('ck_movements_reversal', `(kind = 'reversal') = (reverses_movement_id IS NOT NULL)`)
export class MovementRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_movements' })
  id!: string;
  @Column('bigint', { generated: 'increment' })
  sequence!: string;
  @Column('text', { name: 'business_key' })
  businessKey!: string;
  @Column('text')
  kind!: string;
  @Column('uuid', { name: 'allocation_id', nullable: true })
  allocationId!: string | null;
  @Column('uuid', { name: 'depot_id', nullable: true })
  @ForeignKey(() => DepotRow, { name: 'fk_movements_depot' })
  depotId!: string | null;
  @Column('uuid', { name: 'shipment_id', nullable: true })
  shipmentId!: string | null;
  @Column('uuid', { name: 'site_id', nullable: true })
  siteId!: string | null;
  @Column('uuid', { name: 'reverses_movement_id', nullable: true })
  @ForeignKey(() => MovementRow, { name: 'fk_movements_reverses' })
  reversesMovementId!: string | null;
  @Column('text', { name: 'use_order', nullable: true })
  useOrder!: string | null;
  @Column('text', { nullable: true })
  note!: string | null;
  @Column('text', { name: 'recorded_by' })
  recordedBy!: string;
  @Column('uuid', { name: 'recorded_by_id', nullable: true })
  recordedById!: string | null;
  @Column('text', { name: 'correlation_id' })
  correlationId!: string;
  @Column('text', { name: 'causation_id' })
  causationId!: string;
  @Column('timestamptz', { name: 'posted_at', default: () => 'clock_timestamp()' })
  postedAt!: Date;
}

/** One quantity of one lot from one account to another. Append-only. */
@Entity('postings')
@Index('ix_postings_lot', ['lotId'])
@Index('ix_postings_line', ['lineId'], { where: 'line_id IS NOT NULL' })
@Index('ix_postings_depot', ['depotId'], { where: 'depot_id IS NOT NULL' })
@Check('ck_postings_quantity', 'quantity_base BETWEEN 1 AND 1000000000')
@Check(
  'ck_postings_accounts',
  `from_account <> to_account AND ${isAccount('from_account')} AND ${isAccount('to_account')}`,
)
@Check(
  'ck_postings_depot',
  `(depot_id IS NOT NULL) = (${isDepotAccount('from_account')} OR ${isDepotAccount('to_account')})`,
)
export class PostingRow {
  @PrimaryColumn('uuid', { name: 'movement_id', primaryKeyConstraintName: 'pk_postings' })
  @ForeignKey(() => MovementRow, { name: 'fk_postings_movement' })
  movementId!: string;
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_postings' })
  position!: number;
  @Column('uuid', { name: 'lot_id' })
  @ForeignKey(() => LotRow, { name: 'fk_postings_lot' })
  lotId!: string;
  @Column('text', { name: 'from_account' })
  fromAccount!: string;
  @Column('text', { name: 'to_account' })
  toAccount!: string;
  @Column('bigint', { name: 'quantity_base' })
  quantityBase!: string;
  @Column('uuid', { name: 'line_id', nullable: true })
  lineId!: string | null;
  @Column('uuid', { name: 'depot_id', nullable: true })
  depotId!: string | null;
}
