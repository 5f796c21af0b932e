import { DEMO_PASSWORD } from '@ledger/contracts';
import type { SeedContext, Tx } from '@ledger/platform';
import { hashPassword } from '../identity/password-hash';

type CsvRow = Readonly<Record<string, string>>;

/**
 * Loads divisions, organisations and, in the demo profile only, the demonstration accounts. Loading again changes
 * nothing; changed rows of the files are taken over.
 */
export async function seedGateway(context: SeedContext): Promise<void> {
  const regions = await context.readCsv<CsvRow>('reference/regions.csv');
  await context.database.transaction((tx) => seedRegions(tx, regions));
  context.progress(`gateway: ${regions.length} divisions`);

  const organisations = await context.readCsv<CsvRow>('gateway/organisations.csv');
  await context.database.transaction((tx) => seedOrganisations(tx, organisations));
  context.progress(`gateway: ${organisations.length} organisations`);

  if (context.profile !== 'demo') return;
  const users = await context.readCsv<CsvRow>('gateway/users.csv');
  // One hash for all of them: their password is published anyway, and each hash takes a while.
  const passwordHash = await hashPassword(DEMO_PASSWORD);
  await context.database.transaction((tx) => seedUsers(tx, users, passwordHash));
  context.progress(`gateway: ${users.length} demonstration accounts`);
}

async function seedRegions(tx: Tx, rows: readonly CsvRow[]): Promise<void> {
  await tx.execute(
    `INSERT INTO regions (region_code, name, short_name, tier, kind, parent_code)
     SELECT code, name, coalesce(nullif(short_name, ''), name), tier, kind, nullif(parent_code, '')
     FROM jsonb_to_recordset($1) AS r (code text, name text, short_name text, tier text, kind text, parent_code text)
     ON CONFLICT (region_code) DO UPDATE
       SET name = EXCLUDED.name, short_name = EXCLUDED.short_name, tier = EXCLUDED.tier, kind = EXCLUDED.kind,
           parent_code = EXCLUDED.parent_code`,
    [JSON.stringify(rows)],
  );
}

async function seedOrganisations(tx: Tx, rows: readonly CsvRow[]): Promise<void> {
  await tx.execute(
    `INSERT INTO organisations (id, code, name_zh, name_en, kind, region_code, synthetic)
     SELECT id, code, name_zh, name_en, kind, region_code, synthetic = 'y'
     FROM jsonb_to_recordset($1) AS o (id uuid, code text, name_zh text, name_en text, kind text, region_code text,
                                       synthetic text)
     ON CONFLICT (id) DO UPDATE
       SET code = EXCLUDED.code, name_zh = EXCLUDED.name_zh, name_en = EXCLUDED.name_en, kind = EXCLUDED.kind,
           region_code = EXCLUDED.region_code, synthetic = EXCLUDED.synthetic`,
    [JSON.stringify(rows)],
  );
}

/** A password that was changed since the first load stays. */
async function seedUsers(tx: Tx, rows: readonly CsvRow[], passwordHash: string): Promise<void> {
  const written = await tx.execute(
    `INSERT INTO users (id, username, display_name_zh, display_name_en, roles, region_code, organisation_id,
                        password_hash, demonstration)
     SELECT u.id, u.username, u.display_name_zh, u.display_name_en, string_to_array(u.roles, ';'), u.region_code, o.id,
            $2, true
     FROM jsonb_to_recordset($1) AS u (id uuid, username text, display_name_zh text, display_name_en text, roles text,
                                       region_code text, organisation_code text)
     JOIN organisations o ON o.code = u.organisation_code
     ON CONFLICT (id) DO UPDATE
       SET username = EXCLUDED.username, display_name_zh = EXCLUDED.display_name_zh,
           display_name_en = EXCLUDED.display_name_en, roles = EXCLUDED.roles, region_code = EXCLUDED.region_code,
           organisation_id = EXCLUDED.organisation_id, password_hash = coalesce(users.password_hash, $2)`,
    [JSON.stringify(rows), passwordHash],
  );
  if (written !== rows.length) throw new Error('gateway/users.csv names an organisation that does not exist');
}
