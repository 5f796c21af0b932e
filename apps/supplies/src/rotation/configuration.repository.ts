import { Injectable } from '@nestjs/common';
import type { Tx } from '@ledger/platform';
import type { Recorder } from '../stock/domain/recorder';
import type { Threshold } from './domain/standing';

export interface NewThreshold extends Threshold {
  readonly id: string;
  readonly itemClass: string;
  readonly classValue: string;
  readonly tier: string;
  /** null holds everywhere: only the seeds write that. */
  readonly regionCode: string | null;
  readonly validFrom: string;
  readonly basis: string;
  readonly source: string | null;
  readonly recordedBy: Recorder;
}

export interface NewItemPrice {
  readonly id: string;
  readonly itemCode: string;
  readonly regionCode: string | null;
  readonly validFrom: string;
  readonly priceFen: number;
  readonly basis: string;
  readonly source: string | null;
  readonly recordedBy: Recorder;
}

/** Writes thresholds and prices. They are only appended; the latest that is in force counts. */
@Injectable()
export class RotationConfigurationRepository {
  /** Whether the catalogue has goods of a class. */
  async classExists(tx: Tx, itemClass: string, value: string): Promise<boolean> {
    const columns: Readonly<Record<string, string>> = { item: 'code', category: 'category', rule: 'rotation_rule' };
    const rows = await tx.query(`SELECT 1 FROM items WHERE ${columns[itemClass]} = $1 LIMIT 1`, [value]);
    return rows.length > 0;
  }

  async insertThreshold(tx: Tx, row: NewThreshold): Promise<Date> {
    const [inserted] = await tx.query<{ recorded_at: Date }>(
      `INSERT INTO rotation_thresholds (id, item_class, class_value, tier, region_code, valid_from, measure,
         notice_before, act_before, late_before, basis, source, recorded_by, recorded_by_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) RETURNING recorded_at`,
      [
        ...[row.id, row.itemClass, row.classValue, row.tier, row.regionCode, row.validFrom, row.measure],
        ...[row.noticeBefore, row.actBefore, row.lateBefore, row.basis, row.source],
        ...[row.recordedBy.name, row.recordedBy.userId],
      ],
    );
    return inserted.recorded_at;
  }

  async insertPrice(tx: Tx, row: NewItemPrice): Promise<Date> {
    const [inserted] = await tx.query<{ recorded_at: Date }>(
      `INSERT INTO item_prices (id, item_code, region_code, valid_from, price_fen, basis, source, recorded_by,
         recorded_by_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING recorded_at`,
      [
        ...[row.id, row.itemCode, row.regionCode, row.validFrom, row.priceFen, row.basis, row.source],
        ...[row.recordedBy.name, row.recordedBy.userId],
      ],
    );
    return inserted.recorded_at;
  }
}
