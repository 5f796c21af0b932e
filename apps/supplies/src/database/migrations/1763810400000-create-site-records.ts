import type { MigrationInterface, QueryRunner } from 'typeorm';
import { makeAppendOnly } from './append-only';

/** What people at a site or a keeper recorded: hand-outs and returns. */
export class CreateSiteRecords1763810400000 implements MigrationInterface {
  name = 'CreateSiteRecords1763810400000';

  async up(runner: QueryRunner): Promise<void> {
    await createHandouts(runner);
    await createReturns(runner);
    await makeAppendOnly(runner, ['handouts', 'handout_lines', 'returns', 'return_lines']);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}

async function createHandouts(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE handouts (
      id uuid NOT NULL CONSTRAINT pk_handouts PRIMARY KEY,
      site_id uuid NOT NULL CONSTRAINT fk_handouts_site REFERENCES sites (id),
      allocation_id uuid NOT NULL,
      movement_id uuid CONSTRAINT fk_handouts_movement REFERENCES movements (id),
      people_reached integer NOT NULL,
      handed_out_at timestamptz NOT NULL,
      recorded_by text NOT NULL,
      recorded_by_id uuid NOT NULL,
      note text,
      recorded_at timestamptz NOT NULL DEFAULT now(),
      CONSTRAINT ck_handouts_people CHECK (people_reached >= 0)
    )`);
  await runner.query('CREATE INDEX ix_handouts_site ON handouts (site_id)');
  await runner.query(`
    CREATE TABLE handout_lines (
      handout_id uuid NOT NULL CONSTRAINT fk_handout_lines_handout REFERENCES handouts (id),
      line_id uuid NOT NULL,
      item_code text NOT NULL CONSTRAINT fk_handout_lines_item REFERENCES items (code),
      quantity_base bigint NOT NULL,
      consumed boolean NOT NULL,
      CONSTRAINT pk_handout_lines PRIMARY KEY (handout_id, line_id),
      CONSTRAINT ck_handout_lines_quantity CHECK (quantity_base > 0)
    )`);
  await runner.query('CREATE INDEX ix_handout_lines_line ON handout_lines (line_id)');
}

async function createReturns(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE returns (
      id uuid NOT NULL CONSTRAINT pk_returns PRIMARY KEY,
      origin text NOT NULL,
      site_id uuid CONSTRAINT fk_returns_site REFERENCES sites (id),
      shipment_id uuid CONSTRAINT fk_returns_order REFERENCES issue_orders (shipment_id),
      allocation_id uuid NOT NULL,
      depot_id uuid NOT NULL CONSTRAINT fk_returns_depot REFERENCES depots (id),
      movement_id uuid NOT NULL CONSTRAINT fk_returns_movement REFERENCES movements (id),
      returned_at timestamptz NOT NULL,
      recorded_by text NOT NULL,
      recorded_by_id uuid NOT NULL,
      note text,
      recorded_at timestamptz NOT NULL DEFAULT now(),
      CONSTRAINT ck_returns_origin CHECK (
        origin = 'site' AND site_id IS NOT NULL AND shipment_id IS NULL
        OR origin = 'transit' AND shipment_id IS NOT NULL AND site_id IS NULL)
    )`);
  await runner.query('CREATE INDEX ix_returns_site ON returns (site_id) WHERE site_id IS NOT NULL');
  await runner.query('CREATE INDEX ix_returns_shipment ON returns (shipment_id) WHERE shipment_id IS NOT NULL');
  await runner.query(`
    CREATE TABLE return_lines (
      return_id uuid NOT NULL CONSTRAINT fk_return_lines_return REFERENCES returns (id),
      line_id uuid NOT NULL,
      item_code text NOT NULL CONSTRAINT fk_return_lines_item REFERENCES items (code),
      usable_base bigint NOT NULL,
      damaged_base bigint NOT NULL,
      lost_base bigint NOT NULL,
      CONSTRAINT pk_return_lines PRIMARY KEY (return_id, line_id),
      CONSTRAINT ck_return_lines_counts CHECK (
        usable_base >= 0 AND damaged_base >= 0 AND lost_base >= 0 AND usable_base + damaged_base + lost_base > 0)
    )`);
}
