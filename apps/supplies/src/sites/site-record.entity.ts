import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { DepotRow, ItemRow } from '../catalogue/catalogue.entity';
import { IssueOrderRow } from '../shipments/shipment.entity';
import { MovementRow } from '../stock/stock.entity';
import { SiteRow } from './site.entity';

/** Goods given to people at a site. Append-only. */
@Entity('handouts')
@Index('ix_handouts_site', ['siteId'])
@Check('ck_handouts_people', 'people_reached >= 0')
export class HandoutRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_handouts' })
  id!: string;
  @Column('uuid', { name: 'site_id' })
  @ForeignKey(() => SiteRow, { name: 'fk_handouts_site' })
  siteId!: string;
  @Column('uuid', { name: 'allocation_id' })
  allocationId!: string;
  /** null when only recoverable goods were handed out: they stay in the site's account. */
  @Column('uuid', { name: 'movement_id', nullable: true })
  @ForeignKey(() => MovementRow, { name: 'fk_handouts_movement' })
  movementId!: string | null;
  @Column('integer', { name: 'people_reached' })
  peopleReached!: number;
  @Column('timestamptz', { name: 'handed_out_at' })
  handedOutAt!: Date;
  @Column('text', { name: 'recorded_by' })
  recordedBy!: string;
  @Column('uuid', { name: 'recorded_by_id' })
  recordedById!: string;
  @Column('text', { nullable: true })
  note!: string | null;
  @Column('timestamptz', { name: 'recorded_at', default: () => 'now()' })
  recordedAt!: Date;
}

@Entity('handout_lines')
@Index('ix_handout_lines_line', ['lineId'])
@Check('ck_handout_lines_quantity', 'quantity_base > 0')
export class HandoutLineRow {
  @PrimaryColumn('uuid', { name: 'handout_id', primaryKeyConstraintName: 'pk_handout_lines' })
  @ForeignKey(() => HandoutRow, { name: 'fk_handout_lines_handout' })
  handoutId!: string;
  @PrimaryColumn('uuid', { name: 'line_id', primaryKeyConstraintName: 'pk_handout_lines' })
  lineId!: string;
  @Column('text', { name: 'item_code' })
  @ForeignKey(() => ItemRow, { name: 'fk_handout_lines_item' })
  itemCode!: string;
  @Column('bigint', { name: 'quantity_base' })
  quantityBase!: string;
  @Column('boolean')
  consumed!: boolean;
}

/** Goods that came back to a depot, from a site or from a shipment that turned back. Append-only. */
@Entity('returns')
@Index('ix_returns_site', ['siteId'], { where: 'site_id IS NOT NULL' })
@Index('ix_returns_shipment', ['shipmentId'], { where: 'shipment_id IS NOT NULL' })
@Check(
  'ck_returns_origin',
  `origin = 'site' AND site_id IS NOT NULL AND shipment_id IS NULL
   OR origin = 'transit' AND shipment_id IS NOT NULL AND site_id IS NULL`,
)
export class ReturnRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_returns' })
  id!: string;
  @Column('text')
  origin!: string;
  @Column('uuid', { name: 'site_id', nullable: true })
  @ForeignKey(() => SiteRow, { name: 'fk_returns_site' })
  siteId!: string | null;
  @Column('uuid', { name: 'shipment_id', nullable: true })
  @ForeignKey(() => IssueOrderRow, { name: 'fk_returns_order' })
  shipmentId!: string | null;
  @Column('uuid', { name: 'allocation_id' })
  allocationId!: string;
  @Column('uuid', { name: 'depot_id' })
  @ForeignKey(() => DepotRow, { name: 'fk_returns_depot' })
  depotId!: string;
  @Column('uuid', { name: 'movement_id' })
  @ForeignKey(() => MovementRow, { name: 'fk_returns_movement' })
  movementId!: string;
  @Column('timestamptz', { name: 'returned_at' })
  returnedAt!: Date;
  @Column('text', { name: 'recorded_by' })
  recordedBy!: string;
  @Column('uuid', { name: 'recorded_by_id' })
  recordedById!: string;
  @Column('text', { nullable: true })
  note!: string | null;
  @Column('timestamptz', { name: 'recorded_at', default: () => 'now()' })
  recordedAt!: Date;
}

@Entity('return_lines')
@Check(
  'ck_return_lines_counts',
  'usable_base >= 0 AND damaged_base >= 0 AND lost_base >= 0 AND usable_base + damaged_base + lost_base > 0',
)
export class ReturnLineRow {
  @PrimaryColumn('uuid', { name: 'return_id', primaryKeyConstraintName: 'pk_return_lines' })
  @ForeignKey(() => ReturnRow, { name: 'fk_return_lines_return' })
  returnId!: string;
  @PrimaryColumn('uuid', { name: 'line_id', primaryKeyConstraintName: 'pk_return_lines' })
  lineId!: string;
  @Column('text', { name: 'item_code' })
  @ForeignKey(() => ItemRow, { name: 'fk_return_lines_item' })
  itemCode!: string;
  @Column('bigint', { name: 'usable_base' })
  usableBase!: string;
  @Column('bigint', { name: 'damaged_base' })
  damagedBase!: string;
  @Column('bigint', { name: 'lost_base' })
  lostBase!: string;
}
