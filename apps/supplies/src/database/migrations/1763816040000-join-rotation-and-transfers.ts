import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Goods that leave under a rotation order by a transfer are counted once, and the transfer is a real one. */
export class JoinRotationAndTransfers1763816040000 implements MigrationInterface {
  name = 'JoinRotationAndTransfers1763816040000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE rotation_actions
        ADD CONSTRAINT fk_rotation_actions_transfer FOREIGN KEY (transfer_id) REFERENCES transfers (id)`);
    await runner.query(`
      ALTER TABLE rotation_acceptances
        ADD CONSTRAINT fk_rotation_acceptances_transfer FOREIGN KEY (transfer_id) REFERENCES transfers (id)`);
    await runner.query(`
      CREATE UNIQUE INDEX uq_rotation_actions_transfer ON rotation_actions (order_id, transfer_id)
      WHERE transfer_id IS NOT NULL`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
