import { Injectable } from '@nestjs/common';
import type { Caller } from '@ledger/contracts';
import { Database, safeInteger } from '@ledger/platform';
import { regionPattern } from '../../scope';
import { todayOf } from '../alerts.queries';
import { CONCERNS, totalOf } from '../configuration.queries';
import { daysBetween } from '../domain/months';
import type {
  EquipmentTestResponse,
  EquipmentTestsQuery,
  EquipmentTestsResponse,
  TestOrderResponse,
  TestOrdersQuery,
  TestOrdersResponse,
  TestRuleResponse,
  TestRulesQuery,
  TestRulesResponse,
} from './dto/equipment.dto';

type Listed<Row, Changed extends string> = Omit<Row, Changed> & { readonly total: string };

/** Of a table with depot, lot, item and kind of test, under the alias `row`. */
const ASKED_FOR = `
  depot.region_code LIKE $1 AND ($2::uuid IS NULL OR depot.id = $2) AND ($3::text IS NULL OR depot.tier = $3)
  AND ($4::text IS NULL OR row.item_code = $4) AND ($5::uuid IS NULL OR row.lot_id = $5)
  AND ($6::text IS NULL OR row.test_kind = $6)`;

const NAMES = `
  row.id, row.depot_id AS "depotId", depot.code AS "depotCode", row.lot_id AS "lotId",
  lot.batch_number AS "batchNumber", lot.serial_number AS "serialNumber", row.item_code AS "itemCode",
  item.name_zh AS "nameZh", row.test_kind AS "testKind"`;

const JOINS = `
  JOIN depots AS depot ON depot.id = row.depot_id JOIN lots AS lot ON lot.id = row.lot_id
  JOIN items AS item ON item.code = row.item_code`;

const parametersOf = (caller: Caller, query: EquipmentTestsQuery): unknown[] => [
  ...[regionPattern(query.region ?? caller.regionCode), query.depotId ?? null, query.tier ?? null],
  ...[query.item ?? null, query.lotId ?? null, query.testKind ?? null],
];

const baseIn = (state: string): string => `
  (SELECT coalesce(sum(balance.quantity_base), 0) FROM balances AS balance
   WHERE balance.account = 'depot:' || row.depot_id || ':${state}' AND balance.lot_id = row.lot_id)`;

/** Reads of tests, of the orders for them and of the rules that ask for them. */
@Injectable()
export class EquipmentQueries {
  constructor(private readonly database: Database) {}

  /** What is to be tested or repaired first; orders that have ended come last. */
  async orders(caller: Caller, query: TestOrdersQuery): Promise<TestOrdersResponse> {
    const day = await todayOf(this.database);
    const rows = await this.database.query<
      Listed<TestOrderResponse, 'daysLeft' | 'openedAt' | 'endedAt' | `${string}Base`> & {
        openedAt: Date;
        endedAt: Date | null;
        available: string;
        reserved: string;
        quarantine: string;
      }
    >(
      `SELECT ${NAMES}, depot.region_code AS "regionCode", item.name_en AS "nameEn", item.unit, row.state,
              row.due_on::text AS "dueOn", row.hold_on::text AS "holdOn", row.hold_reason AS "holdReason",
              ${baseIn('available')} AS available, ${baseIn('reserved')} AS reserved,
              ${baseIn('quarantine')} AS quarantine, row.opened_at AS "openedAt", row.ended_at AS "endedAt",
              count(*) OVER () AS total
       FROM equipment_test_orders AS row ${JOINS} WHERE ${ASKED_FOR} AND ($7::text IS NULL OR row.state = $7)
       ORDER BY row.ended_at IS NOT NULL, row.due_on, row.id LIMIT $8 OFFSET $9`,
      [...parametersOf(caller, query), query.state ?? null, query.limit, query.offset],
    );
    const items = rows.map(({ total: _total, available, reserved, quarantine, openedAt, endedAt, ...order }) => ({
      ...order,
      daysLeft: daysBetween(day, order.dueOn),
      availableBase: safeInteger(available),
      reservedBase: safeInteger(reserved),
      quarantineBase: safeInteger(quarantine),
      openedAt: openedAt.toISOString(),
      endedAt: endedAt?.toISOString() ?? null,
    }));
    return { day, items, total: totalOf(rows) };
  }

  /** The latest first. */
  async tests(caller: Caller, query: EquipmentTestsQuery): Promise<EquipmentTestsResponse> {
    const rows = await this.database.query<Listed<EquipmentTestResponse, 'recordedAt'> & { recordedAt: Date }>(
      `SELECT ${NAMES}, row.tested_on::text AS "testedOn", row.result, row.next_due_on::text AS "nextDueOn", row.tester,
              row.remarks, row.document, row.movement_id AS "movementId", row.recorded_by AS "recordedBy",
              row.recorded_at AS "recordedAt", count(*) OVER () AS total
       FROM equipment_tests AS row ${JOINS} WHERE ${ASKED_FOR}
       ORDER BY row.tested_on DESC, row.recorded_at DESC, row.id LIMIT $7 OFFSET $8`,
      [...parametersOf(caller, query), query.limit, query.offset],
    );
    const items = rows.map(({ total: _total, recordedAt, ...test }) => ({
      ...test,
      recordedAt: recordedAt.toISOString(),
    }));
    return { items, total: totalOf(rows) };
  }

  async rules(caller: Caller, query: TestRulesQuery): Promise<TestRulesResponse> {
    const rows = await this.database.query<Listed<TestRuleResponse, 'recordedAt'> & { recordedAt: Date }>(
      `SELECT id, item_class AS "itemClass", class_value AS "classValue", test_kind AS "testKind", required,
              interval_months AS "intervalMonths", notice_days AS "noticeDays", grace_days AS "graceDays",
              region_code AS "regionCode", valid_from::text AS "validFrom", basis, source,
              recorded_by AS "recordedBy", recorded_at AS "recordedAt", count(*) OVER () AS total
       FROM equipment_test_rules WHERE ${CONCERNS} AND ($2::text IS NULL OR test_kind = $2)
       ORDER BY item_class, class_value, test_kind, valid_from DESC, recorded_at DESC, id LIMIT $3 OFFSET $4`,
      [caller.regionCode, query.testKind ?? null, query.limit, query.offset],
    );
    const items = rows.map(({ total: _total, recordedAt, ...rule }) => ({
      ...rule,
      recordedAt: recordedAt.toISOString(),
    }));
    return { items, total: totalOf(rows) };
  }
}
