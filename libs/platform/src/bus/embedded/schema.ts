export interface BusMigration {
  readonly version: number;
  readonly sql: string;
}

/** The role under which services publish and consume. */
export const BUS_APP_ROLE = 'bus_app';

/**
 * The tables of the embedded bus, oldest change first; applied entries are never edited.
 *
 * `partitions.next_offset` is the head of a partition: whoever appends locks the row, so offsets are dense and become
 * visible in their order. `group_partitions.fencing` grows with every change of owner: an owner that slept through the
 * end of its lease cannot commit any more.
 */
export const BUS_MIGRATIONS: readonly BusMigration[] = [
  {
    version: 1,
    sql: `
      CREATE TABLE topics (
        name         text PRIMARY KEY,
        partitions   integer NOT NULL CHECK (partitions > 0),
        retention_ms bigint NOT NULL CHECK (retention_ms > 0)
      );
      CREATE TABLE partitions (
        topic       text NOT NULL REFERENCES topics (name),
        partition   integer NOT NULL CHECK (partition >= 0),
        next_offset bigint NOT NULL DEFAULT 0 CHECK (next_offset >= 0),
        PRIMARY KEY (topic, partition)
      ) WITH (fillfactor = 50);
      CREATE TABLE messages (
        topic          text NOT NULL,
        partition      integer NOT NULL,
        message_offset bigint NOT NULL,
        key            text,
        value          bytea,
        headers        jsonb NOT NULL,
        created_at     timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (topic, partition, message_offset)
      );
      CREATE INDEX messages_by_age ON messages (topic, created_at);
      CREATE TABLE group_members (
        group_name  text NOT NULL,
        member_id   uuid NOT NULL,
        topics      text[] NOT NULL,
        lease_until timestamptz NOT NULL,
        PRIMARY KEY (group_name, member_id)
      ) WITH (fillfactor = 50);
      CREATE TABLE group_partitions (
        group_name       text NOT NULL,
        topic            text NOT NULL,
        partition        integer NOT NULL,
        committed_offset bigint NOT NULL DEFAULT 0 CHECK (committed_offset >= 0),
        owner            uuid,
        fencing          bigint NOT NULL DEFAULT 0,
        lease_until      timestamptz,
        PRIMARY KEY (group_name, topic, partition),
        FOREIGN KEY (topic, partition) REFERENCES partitions (topic, partition),
        CHECK ((owner IS NULL) = (lease_until IS NULL))
      ) WITH (fillfactor = 50);
      DO $$ BEGIN
        IF EXISTS (SELECT FROM pg_roles WHERE rolname = '${BUS_APP_ROLE}') THEN
          GRANT USAGE ON SCHEMA public TO ${BUS_APP_ROLE};
          GRANT SELECT, INSERT, UPDATE ON topics, partitions TO ${BUS_APP_ROLE};
          GRANT SELECT, INSERT, DELETE ON messages TO ${BUS_APP_ROLE};
          REVOKE UPDATE ON messages FROM ${BUS_APP_ROLE};
          GRANT SELECT, INSERT, UPDATE, DELETE ON group_members, group_partitions TO ${BUS_APP_ROLE};
        END IF;
      END $$;`,
  },
];
