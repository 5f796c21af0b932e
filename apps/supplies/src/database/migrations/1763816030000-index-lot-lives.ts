import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How long lots of an item live at the most: it bounds how far ahead rotation has to look, without reading all lots. */
export class IndexLotLives1763816030000 implements MigrationInterface {
  name = 'IndexLotLives1763816030000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX ix_lots_life ON lots
        (item_code, (expiry_date - coalesce(production_date, (created_at AT TIME ZONE 'Asia/Shanghai')::date)))
      WHERE expiry_date IS NOT NULL`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
