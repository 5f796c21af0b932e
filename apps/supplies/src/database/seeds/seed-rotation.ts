import { newId, type Outbox, type SeedContext, type Tx } from '@ledger/platform';
import { DepotsRepository } from '../../catalogue/depots.repository';
import { RotationConfigurationRepository } from '../../rotation/configuration.repository';
import type { Measure } from '../../rotation/domain/standing';
import { EquipmentTestsRepository } from '../../rotation/equipment/equipment-tests.repository';
import { OpenOrdersUseCase } from '../../rotation/open-orders';
import { RotationLotsRepository } from '../../rotation/rotation-lots.repository';
import { RotationOrdersRepository } from '../../rotation/rotation-orders.repository';
import { isYes, optionalInteger, optionalText, seedCause } from './seed-cause';

interface ThresholdSeed {
  readonly item_class: string;
  readonly class_value: string;
  readonly tier: string;
  readonly valid_from: string;
  readonly measure: Measure;
  readonly notice_before: string;
  readonly act_before: string;
  readonly late_before: string;
  readonly basis: string;
  readonly source: string;
}

interface PriceSeed {
  readonly item_code: string;
  readonly valid_from: string;
  readonly price_fen: string;
  readonly basis: string;
  readonly source: string;
}

interface TestRuleSeed {
  readonly item_class: string;
  readonly class_value: string;
  readonly test_kind: string;
  readonly required: string;
  readonly interval_months: string;
  readonly notice_days: string;
  readonly grace_days: string;
  readonly valid_from: string;
  readonly basis: string;
  readonly source: string;
}

const RECORDER = { name: 'seed', userId: null };
const ORDERS_PER_TRANSACTION = 200;
const equipment = new EquipmentTestsRepository();
const configuration = new RotationConfigurationRepository();

/** Thresholds, rules of tests and prices to begin with: estimates that hold everywhere until a region sets its own. */
export async function seedRotation({ database, readCsv, progress }: SeedContext): Promise<void> {
  const thresholds = await readCsv<ThresholdSeed>('supplies/rotation-thresholds.csv');
  const prices = await readCsv<PriceSeed>('supplies/item-prices.csv');
  const rules = await readCsv<TestRuleSeed>('supplies/equipment-test-rules.csv');
  const added = await database.transaction(async (tx) => {
    let count = 0;
    for (const row of rules) count += await insertTestRule(tx, row);
    for (const row of thresholds) count += await insertThreshold(tx, row);
    for (const row of prices) count += await insertPrice(tx, row);
    return count;
  });
  const all = thresholds.length + rules.length + prices.length;
  progress(`supplies: ${all} rotation thresholds, rules of tests and prices, ${added} of them new`);
}

/** Opens the rotation orders that opening stock needs, as the service would a moment after its start. */
export async function openSeededOrders({ database, outbox, progress }: SeedContext): Promise<void> {
  const opening = openingOf(outbox);
  const depots = await database.query<{ id: string }>('SELECT id FROM depots ORDER BY id');
  const depotIds = depots.map(({ id }) => id);
  let found: number;
  let opened = 0;
  do {
    found = await database.transaction((tx) => opening.openDue(tx, depotIds, ORDERS_PER_TRANSACTION, seedCause));
    opened += found;
  } while (found === ORDERS_PER_TRANSACTION);
  progress(`supplies: ${opened} rotation orders opened`);
}

const openingOf = (outbox: Outbox): OpenOrdersUseCase =>
  new OpenOrdersUseCase(new DepotsRepository(), new RotationLotsRepository(), new RotationOrdersRepository(), outbox);

async function insertThreshold(tx: Tx, row: ThresholdSeed): Promise<number> {
  const known = await tx.query(
    `SELECT 1 FROM rotation_thresholds
     WHERE item_class = $1 AND class_value = $2 AND tier = $3 AND valid_from = $4 AND region_code IS NULL`,
    [row.item_class, row.class_value, row.tier, row.valid_from],
  );
  if (known.length > 0) return 0;
  await configuration.insertThreshold(tx, {
    ...{ id: newId(), itemClass: row.item_class, classValue: row.class_value, tier: row.tier, regionCode: null },
    ...{ validFrom: row.valid_from, measure: row.measure, noticeBefore: Number(row.notice_before) },
    ...{ actBefore: Number(row.act_before), lateBefore: Number(row.late_before), basis: row.basis },
    ...{ source: optionalText(row.source), recordedBy: RECORDER },
  });
  return 1;
}

async function insertPrice(tx: Tx, row: PriceSeed): Promise<number> {
  const known = await tx.query(
    'SELECT 1 FROM item_prices WHERE item_code = $1 AND valid_from = $2 AND region_code IS NULL',
    [row.item_code, row.valid_from],
  );
  if (known.length > 0) return 0;
  await configuration.insertPrice(tx, {
    ...{ id: newId(), itemCode: row.item_code, regionCode: null, validFrom: row.valid_from },
    ...{ priceFen: Number(row.price_fen), basis: row.basis, source: optionalText(row.source), recordedBy: RECORDER },
  });
  return 1;
}

async function insertTestRule(tx: Tx, row: TestRuleSeed): Promise<number> {
  const known = await tx.query(
    `SELECT 1 FROM equipment_test_rules
     WHERE item_class = $1 AND class_value = $2 AND test_kind = $3 AND valid_from = $4 AND region_code IS NULL`,
    [row.item_class, row.class_value, row.test_kind, row.valid_from],
  );
  if (known.length > 0) return 0;
  const rule = {
    ...{ id: newId(), itemClass: row.item_class, classValue: row.class_value, testKind: row.test_kind },
    ...{ required: isYes(row.required), intervalMonths: optionalInteger(row.interval_months), regionCode: null },
    ...{ noticeDays: Number(row.notice_days), graceDays: Number(row.grace_days), validFrom: row.valid_from },
    ...{ basis: row.basis, source: optionalText(row.source) },
  };
  await equipment.insertRule(tx, rule, RECORDER);
  return 1;
}
