import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '@ledger/platform';
import type { RowRange } from './row-posting';
import { POSITIONS_PER_DEPOT } from './stage';

/** A range with rows in it that can be posted. */
export interface FilledRange extends RowRange {
  readonly rows: number;
}

/** Rows of every so-manieth depot. */
export interface Portion {
  readonly lane: number;
  readonly of: number;
  /** Rows up to this position are done with; beginning at 0 finds those that somebody left behind. */
  readonly after: string;
  /** At most so many. */
  readonly rows: number;
}

interface Found {
  readonly first: string | null;
  readonly last: string | null;
  readonly rows: number;
}

const SUMMED = 'min(position) AS first, max(position) AS last, count(*)::integer AS rows';

const NEXT = `
  SELECT ${SUMMED} FROM (
    SELECT position FROM import_rows
    WHERE import_id = $1 AND valid AND position > $5 AND position / ${POSITIONS_PER_DEPOT} % $2 = $3
    ORDER BY position LIMIT $4) AS portion`;

const WITHIN = `
  SELECT ${SUMMED} FROM import_rows WHERE import_id = $1 AND valid AND position BETWEEN $2 AND $3`;

const HALVES = `
  SELECT ${SUMMED} FROM (
    SELECT position, ntile(2) OVER (ORDER BY position) AS half FROM import_rows
    WHERE import_id = $1 AND valid AND position BETWEEN $2 AND $3) AS row
  GROUP BY half ORDER BY half`;

/** Finds rows that wait to be posted. */
@Injectable()
export class RowRanges {
  constructor(private readonly database: Database) {}

  /** The first rows of a lane that are left. */
  next(importId: string, portion: Portion): Promise<FilledRange | undefined> {
    return this.database.transaction((tx) => this.nextIn(tx, importId, portion));
  }

  async nextIn(tx: Tx, importId: string, { lane, of, rows, after }: Portion): Promise<FilledRange | undefined> {
    return filled(await tx.query<Found>(NEXT, [importId, of, lane, rows, after]))[0];
  }

  /** What is left of a range. */
  async within(importId: string, { first, last }: RowRange): Promise<FilledRange | undefined> {
    return filled(await this.database.query<Found>(WITHIN, [importId, first, last]))[0];
  }

  /** The same rows as two ranges, in their order; one when there is one row. */
  async halves(importId: string, { first, last }: RowRange): Promise<FilledRange[]> {
    return filled(await this.database.query<Found>(HALVES, [importId, first, last]));
  }
}

const filled = (rows: readonly Found[]): FilledRange[] =>
  rows.flatMap(({ first, last, rows: count }) =>
    first !== null && last !== null ? [{ first, last, rows: count }] : [],
  );
