import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import type { Tx } from '@ledger/platform';
import type { Day } from '../../stock/domain/calendar';
import type { Recorder } from '../../stock/domain/recorder';
import type { RecordTestRequest } from './dto/equipment.dto';
import type { TestedLot } from './equipment-orders.repository';

export interface NewTestRule {
  readonly id: string;
  readonly itemClass: string;
  readonly classValue: string;
  readonly testKind: string;
  readonly required: boolean;
  /** null is the interval of the catalogue. */
  readonly intervalMonths: number | null;
  readonly noticeDays: number;
  readonly graceDays: number;
  /** null holds everywhere: only the seeds write that. */
  readonly regionCode: string | null;
  readonly validFrom: Day;
  readonly basis: string;
  readonly source: string | null;
}

/** Writes tests and the rules that ask for them. Both are only appended. */
@Injectable()
export class EquipmentTestsRepository {
  /** The item of a lot of which pieces lie in a depot. @throws DomainError SUPPLIES_LOT_NOT_FOUND */
  async itemInDepot(tx: Tx, depotId: string, lotId: string): Promise<string> {
    const [row] = await tx.query<{ item_code: string }>(
      `SELECT item_code FROM balances WHERE depot_id = $1 AND lot_id = $2 AND quantity_base > 0 LIMIT 1`,
      [depotId, lotId],
    );
    if (!row) throw new DomainError('SUPPLIES_LOT_NOT_FOUND', { detail: 'nothing of the lot lies in the depot' });
    return row.item_code;
  }

  async insert(
    tx: Tx,
    test: TestedLot & {
      readonly id: string;
      readonly orderId: string | null;
      readonly nextDueOn: Day | null;
      readonly movementId: string | null;
    },
    { testedOn, result, tester, remarks, document }: RecordTestRequest,
    by: Caller,
  ): Promise<void> {
    await tx.execute(
      `INSERT INTO equipment_tests (id, depot_id, lot_id, item_code, test_kind, order_id, tested_on, result, next_due_on,
         tester, remarks, document, movement_id, recorded_by, recorded_by_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
      [
        ...[test.id, test.depotId, test.lotId, test.itemCode, test.testKind, test.orderId, testedOn, result],
        ...[test.nextDueOn, tester, remarks ?? null, document ?? null, test.movementId, by.displayName, by.userId],
      ],
    );
  }

  async insertRule(tx: Tx, rule: NewTestRule, by: Recorder): Promise<Date> {
    const [row] = await tx.query<{ recorded_at: Date }>(
      `INSERT INTO equipment_test_rules (id, item_class, class_value, test_kind, required, interval_months, notice_days,
         grace_days, region_code, valid_from, basis, source, recorded_by, recorded_by_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) RETURNING recorded_at`,
      [
        ...[rule.id, rule.itemClass, rule.classValue, rule.testKind, rule.required, rule.intervalMonths],
        ...[rule.noticeDays, rule.graceDays, rule.regionCode, rule.validFrom, rule.basis, rule.source],
        ...[by.name, by.userId],
      ],
    );
    return row.recorded_at;
  }
}
