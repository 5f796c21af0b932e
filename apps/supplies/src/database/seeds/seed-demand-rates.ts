import type { SeedContext } from '@ledger/platform';

interface RateSeed {
  readonly item_code: string;
  readonly valid_from: string;
  readonly once_per_thousand_base: string;
  readonly daily_per_thousand_base: string;
  readonly basis: string;
  readonly source: string;
}

/** Estimates to start from; a region sets its own by a later day. */
export async function seedDemandRates({ database, readCsv, progress }: SeedContext): Promise<void> {
  const rates = await readCsv<RateSeed>('supplies/demand-rates.csv');
  const added = await database.transaction((tx) =>
    tx.execute(
      `INSERT INTO demand_rates (item_code, valid_from, once_per_thousand_base, daily_per_thousand_base, basis, source, set_by)
       SELECT rate.*, 'seed' FROM unnest($1::text[], $2::date[], $3::integer[], $4::integer[], $5::text[], $6::text[]) AS rate
       ON CONFLICT (item_code, valid_from) DO NOTHING`,
      [
        rates.map((row) => row.item_code),
        rates.map((row) => row.valid_from),
        rates.map((row) => row.once_per_thousand_base),
        rates.map((row) => row.daily_per_thousand_base),
        rates.map((row) => row.basis),
        rates.map((row) => row.source),
      ],
    ),
  );
  progress(`supplies: ${rates.length} demand rates, ${added} of them new`);
}
