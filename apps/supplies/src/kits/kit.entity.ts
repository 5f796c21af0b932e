import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { DepotRow, ItemRow } from '../catalogue/catalogue.entity';
import { LotRow, MovementRow } from '../stock/stock.entity';

/** What a kit is made of from a day on. Append-only: another content is a further revision. */
@Entity('kit_recipes')
@Unique('uq_kit_recipes_revision', ['kitCode', 'revision'])
@Check('ck_kit_recipes_revision', 'revision > 0')
export class KitRecipeRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_kit_recipes' })
  id!: string;
  @Column('text', { name: 'kit_code' })
  @ForeignKey(() => ItemRow, { name: 'fk_kit_recipes_item' })
  kitCode!: string;
  @Column('integer')
  revision!: number;
  @Column('date', { name: 'valid_from' })
  validFrom!: string;
  @Column('text')
  source!: string;
  @Column('text', { name: 'recorded_by' })
  recordedBy!: string;
  @Column('uuid', { name: 'recorded_by_id' })
  recordedById!: string;
  @Column('timestamptz', { name: 'recorded_at', default: () => 'now()' })
  recordedAt!: Date;
}

/** One line of a recipe. Append-only. */
@Entity('kit_components')
@Index('ix_kit_components_item', ['itemCode'])
@Check('ck_kit_components_quantity', 'quantity_per_kit BETWEEN 1 AND 1000000')
export class KitComponentRow {
  @PrimaryColumn('uuid', { name: 'recipe_id', primaryKeyConstraintName: 'pk_kit_components' })
  @ForeignKey(() => KitRecipeRow, { name: 'fk_kit_components_recipe' })
  recipeId!: string;
  @PrimaryColumn('text', { name: 'item_code', primaryKeyConstraintName: 'pk_kit_components' })
  @ForeignKey(() => ItemRow, { name: 'fk_kit_components_item' })
  itemCode!: string;
  @Column('bigint', { name: 'quantity_per_kit' })
  quantityPerKit!: string;
  @Column('boolean')
  required!: boolean;
}

/** A lot of kits that hold the same pieces of the same lots, as it was built. Append-only. */
@Entity('kit_lots')
@Check('ck_kit_lots_quantity', 'quantity_base > 0')
export class KitLotRow {
  @PrimaryColumn('uuid', { name: 'lot_id', primaryKeyConstraintName: 'pk_kit_lots' })
  @ForeignKey(() => LotRow, { name: 'fk_kit_lots_lot' })
  lotId!: string;
  @Column('uuid', { name: 'recipe_id' })
  @ForeignKey(() => KitRecipeRow, { name: 'fk_kit_lots_recipe' })
  recipeId!: string;
  @Column('uuid', { name: 'movement_id' })
  @ForeignKey(() => MovementRow, { name: 'fk_kit_lots_movement' })
  movementId!: string;
  @Column('uuid', { name: 'depot_id' })
  @ForeignKey(() => DepotRow, { name: 'fk_kit_lots_depot' })
  depotId!: string;
  @Column('bigint', { name: 'quantity_base' })
  quantityBase!: string;
}

/** What lies in each kit of a lot. Append-only. */
@Entity('kit_lot_components')
@Index('ix_kit_lot_components_lot', ['componentLotId'])
@Check('ck_kit_lot_components_quantity', 'quantity_per_kit > 0')
export class KitLotComponentRow {
  @PrimaryColumn('uuid', { name: 'kit_lot_id', primaryKeyConstraintName: 'pk_kit_lot_components' })
  @ForeignKey(() => KitLotRow, { name: 'fk_kit_lot_components_kit' })
  kitLotId!: string;
  @PrimaryColumn('uuid', { name: 'component_lot_id', primaryKeyConstraintName: 'pk_kit_lot_components' })
  @ForeignKey(() => LotRow, { name: 'fk_kit_lot_components_lot' })
  componentLotId!: string;
  @Column('bigint', { name: 'quantity_per_kit' })
  quantityPerKit!: string;
}

/** Kits that were taken apart. Append-only. */
@Entity('kit_breaks')
@Index('ix_kit_breaks_kit', ['kitLotId'])
@Check('ck_kit_breaks_quantity', 'quantity_base > 0')
export class KitBreakRow {
  @PrimaryColumn('uuid', { name: 'movement_id', primaryKeyConstraintName: 'pk_kit_breaks' })
  @ForeignKey(() => MovementRow, { name: 'fk_kit_breaks_movement' })
  movementId!: string;
  @Column('uuid', { name: 'kit_lot_id' })
  @ForeignKey(() => KitLotRow, { name: 'fk_kit_breaks_kit' })
  kitLotId!: string;
  @Column('uuid', { name: 'depot_id' })
  @ForeignKey(() => DepotRow, { name: 'fk_kit_breaks_depot' })
  depotId!: string;
  @Column('bigint', { name: 'quantity_base' })
  quantityBase!: string;
  @Column('text')
  reason!: string;
}
