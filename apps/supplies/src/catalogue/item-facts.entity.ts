import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { ItemRow } from './catalogue.entity';

/** A pack in which an item is bought, stored or scanned. Its content never changes: another content is another pack. */
@Entity('item_packs')
@Index('ix_item_packs_name', ['itemCode', 'name'], { unique: true, where: 'retired_at IS NULL' })
@Index('ix_item_packs_gtin', ['gtin'], { unique: true, where: 'retired_at IS NULL' })
@Check('ck_item_packs_base_units', 'base_units BETWEEN 1 AND 1000000')
@Check('ck_item_packs_gtin', `gtin ~ '^([0-9]{8}|[0-9]{12,14})$'`)
export class ItemPackRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_item_packs' })
  id!: string;
  @Column('text', { name: 'item_code' })
  @ForeignKey(() => ItemRow, { name: 'fk_item_packs_item' })
  itemCode!: string;
  @Column('text')
  name!: string;
  @Column('bigint', { name: 'base_units' })
  baseUnits!: string;
  @Column('text', { nullable: true })
  gtin!: string | null;
  @Column('timestamptz', { name: 'retired_at', nullable: true })
  retiredAt!: Date | null;
}

/** Something that goods can do for people, and the unit in which it is counted. */
@Entity('item_capability_kinds')
@Check('ck_item_capability_kinds_code', `code ~ '^[a-z]+(-[a-z]+)*$'`)
export class ItemCapabilityKindRow {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_item_capability_kinds' })
  code!: string;
  @Column('text', { name: 'name_zh' })
  nameZh!: string;
  @Column('text', { name: 'name_en' })
  nameEn!: string;
  @Column('text')
  unit!: string;
}

/** How much of a capability one base unit of an item gives. */
@Entity('item_capabilities')
@Index('ix_item_capabilities_kind', ['capabilityCode'])
@Check('ck_item_capabilities_amount', 'amount_per_base BETWEEN 1 AND 1000000000')
@Check('ck_item_capabilities_basis', `basis IN ('sourced', 'estimate')`)
export class ItemCapabilityRow {
  @PrimaryColumn('text', { name: 'item_code', primaryKeyConstraintName: 'pk_item_capabilities' })
  @ForeignKey(() => ItemRow, { name: 'fk_item_capabilities_item' })
  itemCode!: string;
  @PrimaryColumn('text', { name: 'capability_code', primaryKeyConstraintName: 'pk_item_capabilities' })
  @ForeignKey(() => ItemCapabilityKindRow, { name: 'fk_item_capabilities_kind' })
  capabilityCode!: string;
  @Column('bigint', { name: 'amount_per_base' })
  amountPerBase!: string;
  @Column('text')
  basis!: string;
  @Column('text')
  source!: string;
}
