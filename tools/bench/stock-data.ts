import type { Client } from 'pg';
import { BENCH_ORGANISATION } from './identity';

export const DEPOTS = 600;
/** As many kinds of goods as the catalogue has. */
export const ITEMS = 148;
/** The city whose townships the roll-up adds up, and the item it adds. */
export const CITY = '1401';
export const ITEM = 'BEN-001';

/**
 * Fills an empty ledger by statements over whole tables: so many lots, spread over 600 depots in ten cities and over 148
 * items, every second one with an expiry date, each received once. It keeps every rule that `npm run verify` checks.
 */
export async function fillLedger(owner: Client, lots: number, piecesPerLot: number): Promise<void> {
  await owner.query(
    `INSERT INTO items (code, name_zh, name_en, category, unit, perishable, recoverable, shelf_life_basis, rotation_rule,
                        hazard_class, weight_grams, volume_cubic_centimetres, size_basis, plan_reference)
     SELECT 'BEN-' || lpad(n::text, 3, '0'), '测试物资', 'bench goods', 'bench', '件', false, true, 'none', 'FEFO', '',
            1000, 1000, 'estimate', '' FROM generate_series(1, ${ITEMS}) AS n`,
  );
  await owner.query(
    `INSERT INTO depots (id, code, name_zh, name_en, region_code, tier, kind, organisation_id, latitude, longitude,
                         position_basis, remote, synthetic)
     SELECT ${uuidOf('d', 'n')}, 'BEN-' || n, '测试库', 'bench depot',
            '14' || lpad((n % 10 + 1)::text, 2, '0') || '01' || lpad((n / 10)::text, 3, '0'), 'township', 'warehouse',
            '${BENCH_ORGANISATION}', 38, 112, 'synthetic', false, true FROM generate_series(1, ${DEPOTS}) AS n`,
  );
  await owner.query(
    `INSERT INTO lots (id, item_code, batch_number, expiry_date, origin, owner_region_code, synthetic)
     SELECT ${uuidOf('a', 'n')}, 'BEN-' || lpad((n / ${DEPOTS} % ${ITEMS} + 1)::text, 3, '0'), 'B' || n,
            CASE WHEN n % 2 = 0 THEN current_date + 30 + (n % 1000) END, 'purchase', '14', true
     FROM generate_series(0, ${lots - 1}) AS n`,
  );
  await owner.query(
    `INSERT INTO movements (id, business_key, kind, depot_id, recorded_by, correlation_id, causation_id)
     SELECT ${uuidOf('b', 'n')}, 'bench:' || n, 'receipt', ${uuidOf('d', 'n')}, 'bench', 'bench', 'bench'
     FROM generate_series(1, ${DEPOTS}) AS n`,
  );
  await owner.query(
    `INSERT INTO postings (movement_id, position, lot_id, from_account, to_account, quantity_base, depot_id)
     SELECT ${uuidOf('b', 'n % 600 + 1')}, n / ${DEPOTS} + 1, ${uuidOf('a', 'n')}, 'supplier',
            'depot:' || ${uuidOf('d', 'n % 600 + 1')} || ':available', $1, ${uuidOf('d', 'n % 600 + 1')}
     FROM generate_series(0, ${lots - 1}) AS n`,
    [piecesPerLot],
  );
  for (const [account, depot, sign] of [
    ['from_account', 'NULL', '-'],
    ['to_account', 'posting.depot_id', ''],
  ]) {
    await owner.query(
      `INSERT INTO balances (account, lot_id, item_code, depot_id, quantity_base, in_stock, expiry_date)
       SELECT posting.${account}, lot.id, lot.item_code, ${depot}, ${sign}posting.quantity_base, ${sign === ''},
              lot.expiry_date
       FROM postings AS posting JOIN lots AS lot ON lot.id = posting.lot_id`,
    );
  }
  await owner.query(
    `INSERT INTO stock_totals (item_code, depot_id, available_base, reserved_base, quarantine_base)
     SELECT item_code, depot_id, sum(quantity_base), 0, 0 FROM balances WHERE depot_id IS NOT NULL
     GROUP BY item_code, depot_id`,
  );
  await owner.query('VACUUM ANALYZE');
}

/** A readable id that differs by number: `a0000000-0000-7000-8000-000000000007`. */
const uuidOf = (kind: string, number: string): string =>
  `('${kind}0000000-0000-7000-8000-' || lpad(to_hex((${number})::bigint), 12, '0'))::uuid`;

/** The id that `fillLedger` gives the depot or lot of a number; depots count from 1, lots from 0. */
export const idOf = (kind: 'depot' | 'lot', number: number): string =>
  `${kind === 'depot' ? 'd' : 'a'}0000000-0000-7000-8000-${number.toString(16).padStart(12, '0')}`;

/** Lot `n` lies in depot `n % 600 + 1`. */
export const depotOfLot = (lot: number): string => idOf('depot', (lot % DEPOTS) + 1);
