import { Injectable } from '@nestjs/common';
import { lineageOf } from '@ledger/contracts';
import { safeInteger, type Tx } from '@ledger/platform';
import { thresholdIn, type ThresholdKind } from './domain/threshold';

/** Thresholds in force, for the use cases that ask for them. */
@Injectable()
export class ThresholdsRepository {
  /** The value in force in a region now. */
  async inForce(tx: Tx, regionCode: string, kind: ThresholdKind): Promise<number> {
    const rows = await tx.query<{ region_code: string; value: string }>(
      `SELECT DISTINCT ON (region_code) region_code, value FROM warehouse_thresholds
       WHERE kind = $1 AND region_code = ANY($2) ORDER BY region_code, set_at DESC, id DESC`,
      [kind, lineageOf(regionCode)],
    );
    const set = rows.map((row) => ({ regionCode: row.region_code, value: safeInteger(row.value) }));
    return thresholdIn(regionCode, kind, set);
  }
}
