import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The ledger's one way in, as one call: `post_movements` takes any number of movements with their postings and writes
 * balances, totals, headers, postings and events, or nothing. One call costs one round trip, however long the list.
 */
export class PostMovements1763810600000 implements MigrationInterface {
  name = 'PostMovements1763810600000';

  async up(runner: QueryRunner): Promise<void> {
    await checkAccountsByParts(runner);
    await prepareBalances(runner);
    await createTotals(runner);
    await createInputTypes(runner);
    await runner.query(POST_MOVEMENTS);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const OUTSIDE = `'supplier', 'donor', 'consumed', 'lost', 'scrapped', 'rotated-out', 'count-difference', 'kitted'`;

/** Same form as before, without a regular expression on the accounts that most rows have: it cost a third of a posting. */
const isAccountOf = (account: string): string => `
  CASE WHEN starts_with(${account}, 'depot:')
         THEN coalesce(left(${account}, 43) = 'depot:' || depot_id || ':'
              AND substr(${account}, 44) IN ('available', 'reserved', 'quarantine'), false)
       WHEN position(':' IN ${account}) = 0 THEN ${account} IN (${OUTSIDE})
       ELSE ${account} ~ '^(transit:${UUID}|site:${UUID}(:damaged)?)$' END`;

async function checkAccountsByParts(runner: QueryRunner): Promise<void> {
  await runner.query(`
    ALTER TABLE balances DROP CONSTRAINT ck_balances_account, DROP CONSTRAINT ck_balances_depot,
      ADD CONSTRAINT ck_balances_account CHECK (${isAccountOf('account')}),
      ADD CONSTRAINT ck_balances_depot CHECK ((depot_id IS NOT NULL) = starts_with(account, 'depot:'))`);
  await runner.query(`
    ALTER TABLE postings DROP CONSTRAINT ck_postings_accounts, DROP CONSTRAINT ck_postings_depot,
      ADD CONSTRAINT ck_postings_accounts CHECK (
        from_account <> to_account AND ${isAccountOf('from_account')} AND ${isAccountOf('to_account')}),
      ADD CONSTRAINT ck_postings_depot CHECK (
        (depot_id IS NOT NULL) = (starts_with(from_account, 'depot:') OR starts_with(to_account, 'depot:')))`);
}

/**
 * `in_stock` and `expiry_date` are kept beside the quantity so that the partial indexes hold what is there and not what
 * ever was, and so that a change of quantity that leaves a row in stock touches no index.
 */
async function prepareBalances(runner: QueryRunner): Promise<void> {
  await runner.query(`
    ALTER TABLE balances ADD COLUMN in_stock boolean NOT NULL DEFAULT false, ADD COLUMN expiry_date date`);
  await runner.query(`
    UPDATE balances AS balance SET in_stock = balance.quantity_base > 0, expiry_date = lot.expiry_date
    FROM lots AS lot WHERE lot.id = balance.lot_id`);
  await runner.query(`
    ALTER TABLE balances ALTER COLUMN in_stock DROP DEFAULT,
      ADD CONSTRAINT ck_balances_in_stock CHECK (in_stock = (quantity_base > 0))`);
  await runner.query('DROP INDEX ix_balances_depot_item, ix_balances_item');
  await runner.query(`
    CREATE INDEX ix_balances_depot_stock ON balances (depot_id, item_code, expiry_date, lot_id)
    WHERE in_stock AND depot_id IS NOT NULL`);
  await runner.query(`
    CREATE INDEX ix_balances_item_expiry ON balances (item_code, expiry_date, lot_id, depot_id)
    WHERE in_stock AND right(account, 10) = ':available'`);
  // Without it the planner takes free stock for rare, and sorts it instead of reading it in order.
  await runner.query('CREATE STATISTICS st_balances_state ON (right(account, 10)) FROM balances');
  await runner.query(`
    CREATE FUNCTION carry_expiry_date() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      UPDATE balances SET expiry_date = NEW.expiry_date WHERE lot_id = NEW.id;
      RETURN NULL;
    END $$`);
  await runner.query(`
    CREATE TRIGGER lots_carry_expiry_date AFTER UPDATE OF expiry_date ON lots FOR EACH ROW
    WHEN (OLD.expiry_date IS DISTINCT FROM NEW.expiry_date) EXECUTE FUNCTION carry_expiry_date()`);
}

async function createTotals(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE stock_totals (
      item_code text NOT NULL CONSTRAINT fk_stock_totals_item REFERENCES items (code),
      depot_id uuid NOT NULL CONSTRAINT fk_stock_totals_depot REFERENCES depots (id),
      available_base bigint NOT NULL,
      reserved_base bigint NOT NULL,
      quarantine_base bigint NOT NULL,
      CONSTRAINT pk_stock_totals PRIMARY KEY (item_code, depot_id)
    ) WITH (fillfactor = 70)`);
  await runner.query('CREATE INDEX ix_stock_totals_depot ON stock_totals (depot_id)');
  await runner.query(`
    INSERT INTO stock_totals (item_code, depot_id, available_base, reserved_base, quarantine_base)
    SELECT item_code, depot_id,
           coalesce(sum(quantity_base) FILTER (WHERE split_part(account, ':', 3) = 'available'), 0),
           coalesce(sum(quantity_base) FILTER (WHERE split_part(account, ':', 3) = 'reserved'), 0),
           coalesce(sum(quantity_base) FILTER (WHERE split_part(account, ':', 3) = 'quarantine'), 0)
    FROM balances WHERE depot_id IS NOT NULL GROUP BY item_code, depot_id`);
}

async function createInputTypes(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TYPE movement_input AS (
      id uuid, event_id uuid, business_key text, kind text, allocation_id uuid, depot_id uuid, shipment_id uuid,
      site_id uuid, reverses_movement_id uuid, use_order text, note text, recorded_by text, recorded_by_id uuid,
      correlation_id text, causation_id text, realm text)`);
  await runner.query(`
    CREATE TYPE posting_input AS (
      movement integer, lot_id uuid, item_code text, expiry_date date, from_account text, to_account text,
      quantity_base bigint, line_id uuid)`);
  await runner.query(`
    CREATE TYPE balance_change AS (
      account text, lot_id uuid, item_code text, net_base bigint, lowest_base bigint)`);
  await runner.query(`
    CREATE FUNCTION depot_in(account text) RETURNS uuid LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN starts_with(account, 'depot:') THEN substr(account, 7, 36)::uuid END`);
}

/**
 * Movements take effect in the order of the list: an inside account that would fall below zero after any of them fails
 * the whole call. Locks: balances in the order of their keys first, totals in the order of theirs last. The time is
 * drawn after the balances are locked, so per lot time and sequence have the order in which movements took effect.
 * A movement is an aggregate of one event: its sequence is 1, and the outbox refuses a second one.
 * The plans are made once and go by index, whatever size the tables had when the first call made them.
 * Errors: LG001 an account holds less than is taken (detail: account and lot), LG002 a lot posted under another item.
 */
const POST_MOVEMENTS = `
  CREATE FUNCTION post_movements(p_movements movement_input[], p_postings posting_input[])
  RETURNS TABLE (movement_id uuid, movement_sequence bigint, movement_time timestamptz)
  LANGUAGE plpgsql
  SET plan_cache_mode = force_generic_plan SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off
  AS $$
  DECLARE
    changes balance_change[];
    rest balance_change[];
    short balance_change;
    changed bigint;
    moment timestamptz;
    ids uuid[];
    sequences bigint[];
  BEGIN
    SELECT array_agg((account, lot_id, item_code, net_base, lowest_base)::balance_change) INTO changes
    FROM (
      SELECT account, lot_id, item_code, sum(change_base)::bigint AS net_base, min(running_base)::bigint AS lowest_base
      FROM (
        SELECT side.account, posting.lot_id, posting.item_code, side.change_base,
               sum(side.change_base) OVER (PARTITION BY side.account, posting.lot_id ORDER BY posting.movement)
                 AS running_base
        FROM unnest(p_postings) AS posting
        CROSS JOIN LATERAL (VALUES (posting.from_account, -posting.quantity_base),
                                   (posting.to_account, posting.quantity_base)) AS side (account, change_base)
      ) AS stepwise
      GROUP BY account, lot_id, item_code
    ) AS summed;

    PERFORM 1 FROM unnest(changes) AS change
    JOIN balances AS balance ON balance.account = change.account AND balance.lot_id = change.lot_id
    ORDER BY balance.account, balance.lot_id FOR UPDATE OF balance;

    WITH updated AS (
      UPDATE balances AS balance
      SET quantity_base = balance.quantity_base + change.net_base,
          in_stock = balance.quantity_base + change.net_base > 0
      FROM unnest(changes) AS change
      WHERE balance.account = change.account AND balance.lot_id = change.lot_id
        AND balance.item_code = change.item_code
        AND (position(':' IN change.account) = 0 OR balance.quantity_base + change.lowest_base >= 0)
      RETURNING balance.account, balance.lot_id
    )
    SELECT array_agg((change.account, change.lot_id, change.item_code, change.net_base, change.lowest_base)
                     ::balance_change ORDER BY change.account, change.lot_id) INTO rest
    FROM unnest(changes) AS change
    WHERE (change.account, change.lot_id) NOT IN (SELECT account, lot_id FROM updated);

    IF rest IS NOT NULL THEN
      SELECT * INTO short FROM unnest(rest) AS change
      WHERE position(':' IN change.account) > 0 AND change.lowest_base < 0 LIMIT 1;
      IF FOUND THEN
        RAISE EXCEPTION '% holds less than % of the lot', short.account, -short.lowest_base
          USING ERRCODE = 'LG001',
                DETAIL = json_build_object('account', short.account, 'lotId', short.lot_id)::text;
      END IF;
      INSERT INTO balances AS balance (account, lot_id, item_code, depot_id, quantity_base, in_stock, expiry_date)
      SELECT change.account, change.lot_id, change.item_code, depot_in(change.account), change.net_base,
             change.net_base > 0, lot.expiry_date
      FROM unnest(rest) AS change LEFT JOIN lots AS lot ON lot.id = change.lot_id
      ORDER BY change.account, change.lot_id
      ON CONFLICT (account, lot_id) DO UPDATE
        SET quantity_base = balance.quantity_base + EXCLUDED.quantity_base,
            in_stock = balance.quantity_base + EXCLUDED.quantity_base > 0
        WHERE balance.item_code = EXCLUDED.item_code;
      GET DIAGNOSTICS changed = ROW_COUNT;
      IF changed <> cardinality(rest) THEN
        RAISE EXCEPTION 'a lot was posted under another item than its own' USING ERRCODE = 'LG002';
      END IF;
    END IF;

    moment := clock_timestamp();
    WITH written AS (
      INSERT INTO movements (id, business_key, kind, allocation_id, depot_id, shipment_id, site_id, reverses_movement_id,
                             use_order, note, recorded_by, recorded_by_id, correlation_id, causation_id, posted_at)
      SELECT movement.id, movement.business_key, movement.kind, movement.allocation_id, movement.depot_id,
             movement.shipment_id, movement.site_id, movement.reverses_movement_id, movement.use_order, movement.note,
             movement.recorded_by, movement.recorded_by_id, movement.correlation_id, movement.causation_id, moment
      FROM unnest(p_movements) WITH ORDINALITY AS movement (
        id, event_id, business_key, kind, allocation_id, depot_id, shipment_id, site_id, reverses_movement_id, use_order,
        note, recorded_by, recorded_by_id, correlation_id, causation_id, realm, place)
      ORDER BY movement.place
      RETURNING id, sequence
    )
    SELECT array_agg(id), array_agg(sequence) INTO ids, sequences FROM written;

    INSERT INTO postings (movement_id, position, lot_id, from_account, to_account, quantity_base, line_id, depot_id)
    SELECT p_movements[posting.movement].id,
           row_number() OVER (PARTITION BY posting.movement ORDER BY posting.place),
           posting.lot_id, posting.from_account, posting.to_account, posting.quantity_base, posting.line_id,
           coalesce(depot_in(posting.from_account), depot_in(posting.to_account))
    FROM unnest(p_postings) WITH ORDINALITY AS posting (
      movement, lot_id, item_code, expiry_date, from_account, to_account, quantity_base, line_id, place);

    INSERT INTO outbox (id, topic, partition_key, sequence, type, envelope)
    SELECT (movement.header).event_id, 'supplies.events.v1', (movement.header).id::text, 1, 'supplies.movement-posted.v1',
           json_build_object(
             'specversion', '1.0', 'id', (movement.header).event_id, 'source', '/supplies',
             'type', 'supplies.movement-posted.v1', 'time', clock.instant, 'datacontenttype', 'application/json',
             'subject', (movement.header).id, 'partitionkey', (movement.header).id, 'sequence', 1,
             'correlationid', (movement.header).correlation_id, 'causationid', (movement.header).causation_id,
             'realm', (movement.header).realm,
             'data', json_build_object(
               'movementId', (movement.header).id, 'kind', (movement.header).kind,
               'allocationId', (movement.header).allocation_id,
               'reversesMovementId', (movement.header).reverses_movement_id,
               'postedAt', clock.instant, 'postings', listed.postings))
    FROM (
      SELECT posting.movement, json_agg(json_build_object(
               'lotId', posting.lot_id, 'itemCode', posting.item_code, 'expiryDate', posting.expiry_date,
               'from', posting.from_account, 'to', posting.to_account, 'quantityBase', posting.quantity_base)) AS postings
      FROM unnest(p_postings) AS posting GROUP BY posting.movement
    ) AS listed
    CROSS JOIN LATERAL (SELECT p_movements[listed.movement] AS header OFFSET 0) AS movement
    CROSS JOIN (SELECT to_char(moment AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS instant) AS clock
    ORDER BY listed.movement;

    INSERT INTO stock_totals AS total (item_code, depot_id, available_base, reserved_base, quarantine_base)
    SELECT item_code, depot_id, sum(available_base), sum(reserved_base), sum(quarantine_base)
    FROM (
      SELECT change.item_code, depot_in(change.account) AS depot_id,
             CASE split_part(change.account, ':', 3) WHEN 'available' THEN change.net_base ELSE 0 END AS available_base,
             CASE split_part(change.account, ':', 3) WHEN 'reserved' THEN change.net_base ELSE 0 END AS reserved_base,
             CASE split_part(change.account, ':', 3) WHEN 'quarantine' THEN change.net_base ELSE 0 END AS quarantine_base
      FROM unnest(changes) AS change WHERE starts_with(change.account, 'depot:')
    ) AS change
    GROUP BY item_code, depot_id ORDER BY item_code, depot_id
    ON CONFLICT (item_code, depot_id) DO UPDATE
      SET available_base = total.available_base + EXCLUDED.available_base,
          reserved_base = total.reserved_base + EXCLUDED.reserved_base,
          quarantine_base = total.quarantine_base + EXCLUDED.quarantine_base;

    RETURN QUERY SELECT written.id, written.sequence, moment FROM unnest(ids, sequences) AS written (id, sequence);
  END $$`;
