import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateRegionsAndIncidents1763800110000 implements MigrationInterface {
  name = 'CreateRegionsAndIncidents1763800110000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE regions (
        region_code text NOT NULL CONSTRAINT pk_regions PRIMARY KEY,
        name text NOT NULL,
        short_name text NOT NULL,
        tier text NOT NULL,
        kind text NOT NULL,
        parent_code text CONSTRAINT fk_regions_parent REFERENCES regions (region_code),
        CONSTRAINT ck_regions_region_code
          CHECK (region_code ~ '^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12})$'),
        CONSTRAINT ck_regions_tier CHECK (tier IN ('province', 'city', 'county', 'township', 'village')),
        CONSTRAINT ck_regions_parent CHECK (parent_code IS NULL OR starts_with(region_code, parent_code))
      )`);
    await runner.query('CREATE INDEX ix_regions_region_code_prefix ON regions (region_code text_pattern_ops)');
    await runner.query(`
      CREATE TABLE incidents (
        id uuid NOT NULL CONSTRAINT pk_incidents PRIMARY KEY,
        kind text NOT NULL,
        level text NOT NULL,
        title text NOT NULL,
        description text,
        region_code text NOT NULL CONSTRAINT fk_incidents_region REFERENCES regions (region_code),
        occurred_at timestamptz NOT NULL,
        affected_people integer NOT NULL,
        reporter_name text,
        reported_at timestamptz NOT NULL,
        reported_by uuid NOT NULL,
        organisation_id uuid NOT NULL,
        closed_at timestamptz,
        CONSTRAINT ck_incidents_kind CHECK (kind IN ('flood', 'forest-fire', 'mine-accident', 'hazchem', 'earthquake',
          'geological', 'snow', 'other')),
        CONSTRAINT ck_incidents_level CHECK (level IN ('I', 'II', 'III', 'IV')),
        CONSTRAINT ck_incidents_affected_people CHECK (affected_people >= 0),
        CONSTRAINT ck_incidents_closed_at CHECK (closed_at >= reported_at)
      )`);
    await runner.query('CREATE INDEX ix_incidents_region_code_prefix ON incidents (region_code text_pattern_ops)');
    await runner.query(`
      CREATE TABLE incident_sites (
        id uuid NOT NULL CONSTRAINT pk_incident_sites PRIMARY KEY,
        incident_id uuid NOT NULL CONSTRAINT fk_incident_sites_incident REFERENCES incidents (id),
        name text NOT NULL,
        region_code text NOT NULL CONSTRAINT fk_incident_sites_region REFERENCES regions (region_code),
        latitude double precision NOT NULL,
        longitude double precision NOT NULL,
        created_at timestamptz NOT NULL,
        created_by uuid NOT NULL,
        CONSTRAINT ck_incident_sites_latitude CHECK (latitude BETWEEN -90 AND 90),
        CONSTRAINT ck_incident_sites_longitude CHECK (longitude BETWEEN -180 AND 180)
      )`);
    await runner.query('CREATE INDEX ix_incident_sites_incident_id ON incident_sites (incident_id)');
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
