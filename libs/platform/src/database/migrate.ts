import { createMigrationDataSource, type DataSourceInput } from './data-source';

const MIGRATION_LOCK = 4_711_001;

/**
 * Brings the schema up to date under a lock, so that copies which start together do not collide.
 * @returns the names of the migrations that ran
 */
export async function migrate(input: DataSourceInput): Promise<string[]> {
  const dataSource = await createMigrationDataSource(input).initialize();
  const guard = dataSource.createQueryRunner();
  try {
    await guard.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const applied = await dataSource.runMigrations();
    return applied.map((migration) => migration.name);
  } finally {
    await guard.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]).catch(() => undefined);
    await guard.release();
    await dataSource.destroy();
  }
}
