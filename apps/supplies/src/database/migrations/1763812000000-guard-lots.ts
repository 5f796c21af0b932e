import type { MigrationInterface, QueryRunner } from 'typeorm';

const KINDS = [
  ...['receipt', 'put-away', 'use', 'quarantine', 'rotate', 'scrap', 'send-back', 'count'],
  ...['transfer-out', 'transfer-in', 'lend', 'give-back', 'kit-build', 'kit-break'],
  ...['reserve', 'release', 'issue', 'deliver', 'difference', 'hand-out', 'return', 'take-back', 'reversal'],
];

/**
 * Numbered pieces of one batch, goods that go back to where they came from, and the last word on lots that are not
 * good: no path, whoever wrote it, makes pieces of a held or recalled lot free. The trigger shares the lot's row, so a
 * recall that is under way is waited for.
 */
export class GuardLots1763812000000 implements MigrationInterface {
  name = 'GuardLots1763812000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE lots DROP CONSTRAINT uq_lots_batch');
    await runner.query(`
      CREATE UNIQUE INDEX uq_lots_batch ON lots (item_code, batch_number, origin, owner_region_code)
      WHERE serial_number IS NULL`);
    await runner.query('CREATE INDEX ix_lots_item_batch ON lots (item_code, batch_number)');
    await runner.query(`
      ALTER TABLE movements DROP CONSTRAINT ck_movements_kind,
        ADD CONSTRAINT ck_movements_kind CHECK (kind IN (${KINDS.map((kind) => `'${kind}'`).join(', ')}))`);
    await runner.query(`
      CREATE FUNCTION refuse_unfit_available() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE
        found_quality text;
      BEGIN
        SELECT quality INTO found_quality FROM lots WHERE id = NEW.lot_id FOR SHARE;
        IF found_quality <> 'good' THEN
          RAISE EXCEPTION 'the lot is %, its pieces cannot become available', found_quality
            USING ERRCODE = 'LG003', DETAIL = json_build_object('account', NEW.account, 'lotId', NEW.lot_id)::text;
        END IF;
        RETURN NULL;
      END $$`);
    await runner.query(`
      CREATE TRIGGER balances_fit_on_insert AFTER INSERT ON balances FOR EACH ROW
      WHEN (NEW.quantity_base > 0 AND right(NEW.account, 10) = ':available')
      EXECUTE FUNCTION refuse_unfit_available()`);
    await runner.query(`
      CREATE TRIGGER balances_fit_on_update AFTER UPDATE OF quantity_base ON balances FOR EACH ROW
      WHEN (NEW.quantity_base > OLD.quantity_base AND right(NEW.account, 10) = ':available')
      EXECUTE FUNCTION refuse_unfit_available()`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
