import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Rows of an import are posted depot by depot, several depots at a time: the position says which depot a row belongs to,
 * and a row that was posted is gone, so no mark is kept how far the posting came.
 */
export class PostImportsByDepot1763818000100 implements MigrationInterface {
  name = 'PostImportsByDepot1763818000100';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE import_rows ALTER COLUMN position TYPE bigint');
    await runner.query('ALTER TABLE imports DROP COLUMN work_position');
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
