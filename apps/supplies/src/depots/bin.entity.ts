import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { DepotRow } from '../catalogue/catalogue.entity';
import { LotRow } from '../stock/stock.entity';

/** A part of a depot: a hall, a cold room, the cage for dangerous goods. */
@Entity('depot_zones')
@Unique('uq_depot_zones_code', ['depotId', 'code'])
@Unique('uq_depot_zones_id_depot', ['id', 'depotId'])
export class DepotZoneRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_depot_zones' })
  id!: string;
  @Column('uuid', { name: 'depot_id' })
  @ForeignKey(() => DepotRow, { name: 'fk_depot_zones_depot' })
  depotId!: string;
  @Column('text')
  code!: string;
  @Column('text')
  name!: string;
}

/** The label of a shelf or a spot on the floor. */
@Entity('depot_bins')
@Unique('uq_depot_bins_label', ['depotId', 'label'])
@ForeignKey(() => DepotZoneRow, ['zoneId', 'depotId'], ['id', 'depotId'], { name: 'fk_depot_bins_zone' })
export class DepotBinRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_depot_bins' })
  id!: string;
  @Column('uuid', { name: 'depot_id' })
  @ForeignKey(() => DepotRow, { name: 'fk_depot_bins_depot' })
  depotId!: string;
  @Column('uuid', { name: 'zone_id', nullable: true })
  zoneId!: string | null;
  @Column('text')
  label!: string;
  @Column('text', { nullable: true })
  note!: string | null;
}

/** Where pieces of a lot lie in a depot: a note for the keeper, no part of the ledger. */
@Entity('depot_bin_lots')
@Index('ix_depot_bin_lots_lot', ['lotId'])
@Check('ck_depot_bin_lots_quantity', 'quantity_base BETWEEN 1 AND 1000000000')
export class DepotBinLotRow {
  @PrimaryColumn('uuid', { name: 'bin_id', primaryKeyConstraintName: 'pk_depot_bin_lots' })
  @ForeignKey(() => DepotBinRow, { name: 'fk_depot_bin_lots_bin' })
  binId!: string;
  @PrimaryColumn('uuid', { name: 'lot_id', primaryKeyConstraintName: 'pk_depot_bin_lots' })
  @ForeignKey(() => LotRow, { name: 'fk_depot_bin_lots_lot' })
  lotId!: string;
  @Column('bigint', { name: 'quantity_base' })
  quantityBase!: string;
  @Column('text', { name: 'placed_by' })
  placedBy!: string;
  @Column('uuid', { name: 'placed_by_id' })
  placedById!: string;
  @Column('timestamptz', { name: 'placed_at' })
  placedAt!: Date;
}
