import type { MigrationInterface, QueryRunner } from 'typeorm';

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const ACCOUNT =
  `^(depot:${UUID}:(available|reserved|quarantine)|transit:${UUID}|site:${UUID}(:damaged)?` +
  '|supplier|donor|consumed|lost|scrapped|rotated-out|count-difference|kitted)$';
const KINDS = [
  ...['receipt', 'put-away', 'use', 'quarantine', 'rotate', 'scrap', 'count'],
  ...['transfer-out', 'transfer-in', 'lend', 'give-back', 'kit-build', 'kit-break'],
  ...['reserve', 'release', 'issue', 'deliver', 'difference', 'hand-out', 'return', 'take-back', 'reversal'],
];
const ORIGINS = ['purchase', 'donation', 'agreement', 'enterprise', 'capacity', 'kit', 'found'];
const listOf = (values: readonly string[]): string => values.map((value) => `'${value}'`).join(', ');

/** All kinds of movements, origins of goods and outside accounts of a full warehouse, and numbered pieces of gear. */
export class WidenLedger1763810500000 implements MigrationInterface {
  name = 'WidenLedger1763810500000';

  async up(runner: QueryRunner): Promise<void> {
    await replaceCheck(runner, 'movements', 'ck_movements_kind', `kind IN (${listOf(KINDS)})`);
    await replaceCheck(runner, 'balances', 'ck_balances_account', `account ~ '${ACCOUNT}'`);
    await replaceCheck(
      runner,
      'postings',
      'ck_postings_accounts',
      `from_account <> to_account AND from_account ~ '${ACCOUNT}' AND to_account ~ '${ACCOUNT}'`,
    );
    await replaceCheck(runner, 'lots', 'ck_lots_origin', `origin IN (${listOf(ORIGINS)})`);
    await runner.query(`
      ALTER TABLE lots ADD COLUMN serial_number text,
        ADD CONSTRAINT uq_lots_serial_number UNIQUE (item_code, serial_number)`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}

async function replaceCheck(runner: QueryRunner, table: string, name: string, condition: string): Promise<void> {
  await runner.query(`ALTER TABLE ${table} DROP CONSTRAINT ${name}, ADD CONSTRAINT ${name} CHECK (${condition})`);
}
