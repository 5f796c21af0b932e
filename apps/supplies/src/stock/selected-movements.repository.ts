import { Injectable } from '@nestjs/common';
import { Outbox, type Cause, type Tx } from '@ledger/platform';
import type { Recorder } from './domain/recorder';

/**
 * Rows of the database that are to become movements of one posting each. The statement yields the columns `place`,
 * `business_key`, `kind`, `depot_id`, `note`, `lot_id`, `item_code`, `expiry_date`, `from_account`, `to_account` and
 * `quantity_base`; movements take effect in the order of `place`.
 */
export interface Selection {
  /** Statements that come before, as `name AS (…)`: rows that are taken from somewhere on the way. */
  readonly preamble: string;
  readonly sql: string;
  readonly parameters: readonly unknown[];
  readonly recordedBy: Recorder;
  readonly cause: Cause;
}

/**
 * Writes movements that are in the database already, as rows of another table. They go the same one way into the ledger
 * as all others, `post_movements`, but do not travel to this process and back.
 */
@Injectable()
export class SelectedMovements {
  constructor(private readonly outbox: Outbox) {}

  /**
   * Posts all selected rows or none.
   * @returns how many movements were written
   * @throws a database fault with the code LG001 when an account holds less than is taken, LG002 for a lot under another
   *   item, LG003 for pieces of a held or recalled lot that would become available, or of class 23 for what breaks a rule of the tables
   */
  async post(tx: Tx, { preamble, sql, parameters, recordedBy, cause }: Selection): Promise<number> {
    const [first, ...rest] = Array.from({ length: 5 }, (_, index) => `$${parameters.length + index + 1}`);
    const [recorderId, correlationId, causationId, realm] = rest;
    const [{ posted }] = await tx.query<{ posted: number }>(
      `WITH ${preamble}, chosen AS MATERIALIZED (
         SELECT selected.*, (row_number() OVER (ORDER BY place))::integer AS movement FROM (${sql}) AS selected)
       SELECT count(*)::integer AS posted FROM post_movements(
         (SELECT array_agg(ROW(uuidv7(), uuidv7(), business_key, kind, NULL, depot_id, NULL, NULL, NULL, NULL, note,
                               ${first}::text, ${recorderId}::uuid, ${correlationId}::text, ${causationId}::text,
                               ${realm}::text)::movement_input ORDER BY movement) FROM chosen),
         (SELECT array_agg(ROW(movement, lot_id, item_code, expiry_date, from_account, to_account, quantity_base, NULL)
                           ::posting_input ORDER BY movement) FROM chosen))`,
      [...parameters, recordedBy.name, recordedBy.userId, cause.correlationId, cause.causationId, cause.realm],
    );
    this.outbox.announceAfter(tx);
    return posted;
  }
}
