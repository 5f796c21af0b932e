import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import { Database, safeInteger } from '@ledger/platform';
import { regionPattern } from '../scope';
import type { CountState } from '../counts/domain/count-state';
import type { SheetFacts, SheetLine } from './domain/count-sheet';
import { MAX_PAPER_LINES } from './domain/paper';
import type { SheetQuery } from './dto/paper.dto';

interface CountRow {
  readonly id: string;
  readonly number: string;
  readonly kind: 'cycle' | 'full';
  readonly state: CountState;
  readonly blind: boolean;
  readonly round: number;
  readonly depot: string;
  readonly synthetic: boolean;
  readonly opened_at: Date;
  readonly opened_sequence: string;
  readonly opened_by: string;
  readonly note: string | null;
}

/** What a count sheet says. Expected quantities of a blind count do not even leave the database. */
@Injectable()
export class CountPapersQueries {
  constructor(private readonly database: Database) {}

  /**
   * The lines to count; in a recount those of the round that are not counted yet.
   * @throws DomainError SUPPLIES_COUNT_NOT_FOUND, also for a count out of the caller's region
   */
  async sheet(caller: Caller, countId: string, { fromLine, lines }: SheetQuery): Promise<SheetFacts> {
    const [count] = await this.database.query<CountRow>(
      `SELECT count.id, count.number, count.kind, count.state, count.blind, count.round, count.note,
              depot.code || ' ' || depot.name_zh AS depot, count.opened_at, count.opened_sequence, count.opened_by,
              depot.synthetic OR EXISTS (SELECT 1 FROM count_lines AS line JOIN lots AS lot ON lot.id = line.lot_id
                                         WHERE line.count_id = count.id AND lot.synthetic) AS synthetic
       FROM counts AS count JOIN depots AS depot ON depot.id = count.depot_id
       WHERE count.id = $1 AND depot.region_code LIKE $2`,
      [countId, regionPattern(caller.regionCode)],
    );
    if (!count) throw new DomainError('SUPPLIES_COUNT_NOT_FOUND');
    const isRecount = count.state === 'recounting';
    const rows = await this.database.query<Omit<SheetLine, 'expectedBase'> & { expectedBase: string | null }>(
      `SELECT line.position, line.place, line.item_code AS "itemCode", item.name_zh AS "nameZh",
              line.batch_number AS "batchNumber", line.expiry_date::text AS "expiryDate", item.unit,
              CASE WHEN NOT $2 THEN line.snapshot_base END AS "expectedBase",
              (SELECT string_agg(bin.label, '、' ORDER BY bin.label) FROM depot_bin_lots AS placed
               JOIN depot_bins AS bin ON bin.id = placed.bin_id
               WHERE placed.lot_id = line.lot_id AND bin.depot_id = line.depot_id) AS bins
       FROM count_lines AS line JOIN items AS item ON item.code = line.item_code
       WHERE line.count_id = $1 AND (NOT $3 OR line.state <> 'counted') AND line.position >= $4
       ORDER BY line.position LIMIT $5`,
      [count.id, count.blind, isRecount, fromLine ?? 1, lines ?? MAX_PAPER_LINES + 1],
    );
    return {
      countId: count.id,
      number: safeInteger(count.number),
      kind: count.kind,
      blind: count.blind,
      isRecount,
      round: count.round,
      depot: count.depot,
      openedAt: count.opened_at,
      openedSequence: safeInteger(count.opened_sequence),
      openedBy: count.opened_by,
      note: count.note,
      synthetic: count.synthetic,
      lines: rows.map((row) => ({
        ...row,
        expectedBase: row.expectedBase === null ? null : safeInteger(row.expectedBase),
      })),
    };
  }
}
