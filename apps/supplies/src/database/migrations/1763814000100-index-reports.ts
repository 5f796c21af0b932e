import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What months and lot histories are found by. Movements come in the order of time, so a block range index finds a month
 * and costs the posting of movements next to nothing.
 */
export class IndexReports1763814000100 implements MigrationInterface {
  name = 'IndexReports1763814000100';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX ix_movements_posted_at ON movements USING brin (posted_at) WITH (pages_per_range = 32, autosummarize)`);
    await runner.query('CREATE INDEX ix_deliveries_movement ON deliveries (movement_id) WHERE movement_id IS NOT NULL');
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
