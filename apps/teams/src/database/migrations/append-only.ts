import type { QueryRunner } from 'typeorm';

/**
 * Makes tables append-only in two ways: a trigger refuses every update, delete and truncate, whoever tries, and the
 * application role loses the rights as well.
 */
export async function makeAppendOnly(runner: QueryRunner, tables: readonly string[]): Promise<void> {
  await runner.query(`
    CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION 'history is only appended: % on % is refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
    END $$`);
  for (const table of tables) {
    await runner.query(`
      CREATE TRIGGER ${table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ${table}
      FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`);
    await runner.query(`REVOKE UPDATE, DELETE, TRUNCATE ON ${table} FROM teams_app`);
  }
}
