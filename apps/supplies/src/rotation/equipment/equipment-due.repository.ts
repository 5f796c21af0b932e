import { Injectable } from '@nestjs/common';
import type { Tx } from '@ledger/platform';
import type { Day } from '../../stock/domain/calendar';
import { testDue, type TestDue, type TestKind } from './domain/test-due';

/** A lot in a depot for which a test is due soon or now and no order is open. */
export interface EquipmentDue extends TestDue {
  readonly depotId: string;
  readonly lotId: string;
  readonly itemCode: string;
  readonly testKind: TestKind;
}

interface DueRow {
  readonly depot_id: string;
  readonly lot_id: string;
  readonly item_code: string;
  readonly test_kind: TestKind;
  readonly interval_months: number;
  readonly notice_days: number;
  readonly grace_days: number;
  readonly passed_here_on: Day | null;
  readonly passed_before_on: Day | null;
  readonly received_on: Day;
}

/**
 * SQL of the tests that an item needs in a depot: per kind the nearest rule, item before category before rule, nearest
 * region, then the latest. $1 is the day; `depot` and `item` are aliases.
 */
export const RULES_IN_FORCE = `
  SELECT nearest.id, nearest.test_kind, coalesce(nearest.interval_months, item.inspect_every_months) AS interval_months,
         nearest.notice_days, nearest.grace_days
  FROM (
    SELECT DISTINCT ON (rule.test_kind) rule.* FROM equipment_test_rules AS rule
    WHERE rule.valid_from <= $1::date AND (rule.region_code IS NULL OR starts_with(depot.region_code, rule.region_code))
      AND rule.class_value = CASE rule.item_class
        WHEN 'item' THEN item.code WHEN 'category' THEN item.category ELSE item.rotation_rule END
    ORDER BY rule.test_kind, array_position(ARRAY['item', 'category', 'rule'], rule.item_class),
             length(coalesce(rule.region_code, '')) DESC, rule.valid_from DESC, rule.recorded_at DESC, rule.id DESC
  ) AS nearest
  WHERE nearest.required AND coalesce(nearest.interval_months, item.inspect_every_months) IS NOT NULL`;

/** What is known of the last test of `held (depot_id, lot_id)` of the kind `kind.test_kind`. */
const LAST_PASSED = `
  SELECT max(test.tested_on) FILTER (WHERE test.depot_id = held.depot_id) AS here_on,
         max(test.tested_on) FILTER (WHERE test.depot_id <> held.depot_id AND test.tested_on <= (
           SELECT (min(movement.posted_at) AT TIME ZONE 'Asia/Shanghai')::date
           FROM postings AS posting JOIN movements AS movement ON movement.id = posting.movement_id
           WHERE posting.lot_id = held.lot_id AND posting.depot_id = held.depot_id)) AS before_on
  FROM equipment_tests AS test
  WHERE test.lot_id = held.lot_id AND test.test_kind = kind.test_kind AND test.result <> 'failed'`;

const SELECT_DUE = `
  SELECT held.depot_id, held.lot_id, held.item_code, kind.test_kind, kind.interval_months, kind.notice_days,
         kind.grace_days, last.here_on::text AS passed_here_on, last.before_on::text AS passed_before_on,
         (lot.created_at AT TIME ZONE 'Asia/Shanghai')::date::text AS received_on
  FROM (SELECT DISTINCT balance.depot_id, balance.lot_id, balance.item_code FROM balances AS balance
        WHERE balance.depot_id = ANY($2) AND balance.in_stock AND balance.item_code IN (
          SELECT item.code FROM items AS item JOIN equipment_test_rules AS rule ON rule.class_value = CASE rule.item_class
            WHEN 'item' THEN item.code WHEN 'category' THEN item.category ELSE item.rotation_rule END)) AS held
  JOIN depots AS depot ON depot.id = held.depot_id
  JOIN items AS item ON item.code = held.item_code
  JOIN lots AS lot ON lot.id = held.lot_id
  CROSS JOIN LATERAL (${RULES_IN_FORCE}) AS kind
  CROSS JOIN LATERAL (${LAST_PASSED}) AS last
  CROSS JOIN LATERAL (SELECT (coalesce(last.here_on, last.before_on,
      (lot.created_at AT TIME ZONE 'Asia/Shanghai')::date) + kind.interval_months * interval '1 month')::date AS due_on)
    AS next
  WHERE next.due_on - kind.notice_days <= $1::date AND (held.depot_id, held.lot_id, kind.test_kind) NOT IN (
    SELECT depot_id, lot_id, test_kind FROM equipment_test_orders WHERE ended_at IS NULL AND depot_id = ANY($2))
  ORDER BY next.due_on, held.depot_id, held.lot_id, kind.test_kind LIMIT $3`;

/** Which equipment has to be tested, read from ledger, tests and configuration. */
@Injectable()
export class EquipmentDueRepository {
  /** The most urgent first. */
  async dueWithoutOrder(tx: Tx, today: Day, depotIds: readonly string[], limit: number): Promise<EquipmentDue[]> {
    const rows = await tx.query<DueRow>(SELECT_DUE, [today, depotIds, limit]);
    return rows.map((row) => ({
      ...{ depotId: row.depot_id, lotId: row.lot_id, itemCode: row.item_code, testKind: row.test_kind },
      ...testDue(
        {
          passedHereOn: row.passed_here_on,
          passedBeforeArrivalOn: row.passed_before_on,
          receivedOn: row.received_on,
        },
        { intervalMonths: row.interval_months, noticeDays: row.notice_days, graceDays: row.grace_days },
      ),
    }));
  }

  /** The interval in months of a test that an item needs in a depot, or undefined when it needs none of that kind. */
  async intervalOf(
    tx: Tx,
    today: Day,
    {
      depotId,
      itemCode,
      testKind,
    }: { readonly depotId: string; readonly itemCode: string; readonly testKind: TestKind },
  ): Promise<number | undefined> {
    const rows = await tx.query<{ test_kind: TestKind; interval_months: number }>(
      `SELECT kind.test_kind, kind.interval_months FROM depots AS depot CROSS JOIN items AS item
       CROSS JOIN LATERAL (${RULES_IN_FORCE}) AS kind WHERE depot.id = $2 AND item.code = $3`,
      [today, depotId, itemCode],
    );
    return rows.find((row) => row.test_kind === testKind)?.interval_months;
  }
}
