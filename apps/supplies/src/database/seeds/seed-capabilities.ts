import type { SeedContext, Tx } from '@ledger/platform';

interface KindSeed {
  readonly code: string;
  readonly name_zh: string;
  readonly name_en: string;
  readonly unit: string;
}

interface CapabilitySeed {
  readonly item_code: string;
  readonly capability_code: string;
  readonly amount_per_base: string;
  readonly basis: string;
  readonly source: string;
}

/** What goods can do for people; a row that is there stays, as somebody may have set it since. */
export async function seedCapabilities({ database, readCsv, progress }: SeedContext): Promise<void> {
  const kinds = await readCsv<KindSeed>('supplies/item-capability-kinds.csv');
  const capabilities = await readCsv<CapabilitySeed>('supplies/item-capabilities.csv');
  const added = await database.transaction(async (tx) => {
    await insertKinds(tx, kinds);
    return insertCapabilities(tx, capabilities);
  });
  progress(`supplies: ${capabilities.length} capabilities of items, ${added} of them new`);
}

async function insertKinds(tx: Tx, kinds: readonly KindSeed[]): Promise<void> {
  await tx.execute(
    `INSERT INTO item_capability_kinds (code, name_zh, name_en, unit)
     SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) ON CONFLICT DO NOTHING`,
    [
      kinds.map(({ code }) => code),
      kinds.map(({ name_zh }) => name_zh),
      kinds.map(({ name_en }) => name_en),
      kinds.map(({ unit }) => unit),
    ],
  );
}

function insertCapabilities(tx: Tx, capabilities: readonly CapabilitySeed[]): Promise<number> {
  return tx.execute(
    `INSERT INTO item_capabilities (item_code, capability_code, amount_per_base, basis, source)
     SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[], $4::text[], $5::text[]) ON CONFLICT DO NOTHING`,
    [
      capabilities.map(({ item_code }) => item_code),
      capabilities.map(({ capability_code }) => capability_code),
      capabilities.map(({ amount_per_base }) => amount_per_base),
      capabilities.map(({ basis }) => basis),
      capabilities.map(({ source }) => source),
    ],
  );
}
