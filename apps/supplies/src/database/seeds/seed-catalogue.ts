import { ItemCatalogued } from '@ledger/contracts';
import type { SeedContext, Tx } from '@ledger/platform';
import { isYes, optionalInteger, seedCause } from './seed-cause';

interface ItemSeed {
  readonly code: string;
  readonly name_zh: string;
  readonly name_en: string;
  readonly category: string;
  readonly unit: string;
  readonly perishable: string;
  readonly shelf_life_months: string;
  readonly shelf_life_basis: string;
  readonly shelf_life_source: string;
  readonly rotation_rule: string;
  readonly rotation_source: string;
  readonly inspect_every_months: string;
  readonly recoverable: string;
  readonly hazard_class: string;
  readonly weight_kg: string;
  readonly volume_m3: string;
  readonly size_basis: string;
  readonly size_source: string;
  readonly plan_ref: string;
}

const GRAMS_PER_KILOGRAM = 1_000;
const CUBIC_CENTIMETRES_PER_CUBIC_METRE = 1_000_000;

export async function seedCatalogue({ database, outbox, readCsv, progress }: SeedContext): Promise<void> {
  const items = await readCsv<ItemSeed>('supplies/catalogue.csv');
  const added = await database.transaction(async (tx) => {
    let count = 0;
    for (const item of items) {
      if (!(await insertItem(tx, item))) continue;
      await outbox.add(tx, ItemCatalogued, eventOf(item), seedCause(item.code));
      count++;
    }
    return count;
  });
  progress(`supplies: ${items.length} items, ${added} of them new`);
}

async function insertItem(tx: Tx, item: ItemSeed): Promise<boolean> {
  const { perishable, recoverable, weightGrams, volumeCubicCentimetres } = eventOf(item);
  const inserted = await tx.execute(
    `INSERT INTO items (code, name_zh, name_en, category, unit, perishable, recoverable, shelf_life_months,
                        shelf_life_basis, rotation_rule, inspect_every_months, hazard_class, weight_grams,
                        volume_cubic_centimetres, size_basis, plan_reference, shelf_life_source,
                        rotation_source, size_source)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
     ON CONFLICT (code) DO NOTHING`,
    [
      item.code,
      item.name_zh,
      item.name_en,
      item.category,
      item.unit,
      perishable,
      recoverable,
      optionalInteger(item.shelf_life_months),
      item.shelf_life_basis,
      item.rotation_rule,
      optionalInteger(item.inspect_every_months),
      item.hazard_class,
      weightGrams,
      volumeCubicCentimetres,
      item.size_basis,
      item.plan_ref,
      item.shelf_life_source,
      item.rotation_source,
      item.size_source,
    ],
  );
  return inserted === 1;
}

/** Sizes are kept as whole grams and cubic centimetres: sums of many pieces stay exact. */
function eventOf(item: ItemSeed): ItemCatalogued {
  return {
    itemCode: item.code,
    nameZh: item.name_zh,
    nameEn: item.name_en,
    category: item.category,
    unit: item.unit,
    recoverable: isYes(item.recoverable),
    perishable: isYes(item.perishable),
    weightGrams: Math.round(Number(item.weight_kg) * GRAMS_PER_KILOGRAM),
    volumeCubicCentimetres: Math.round(Number(item.volume_m3) * CUBIC_CENTIMETRES_PER_CUBIC_METRE),
  };
}
