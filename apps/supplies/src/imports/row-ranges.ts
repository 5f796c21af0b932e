import { Injectable } from '@nestjs/common';
import { Database } from '@ledger/platform';
import type { RowRange } from './row-posting';
import { POSITIONS_PER_DEPOT } from './stage';

/** A range with rows in it that can be posted. */
export interface FilledRange extends RowRange {
  readonly rows: number;
}

interface Found {
  readonly first: string | null;
  readonly last: string | null;
  readonly rows: number;
}

const SUMMED = 'min(position) AS first, max(position) AS last, count(*)::integer AS rows';

/** Whole depots, so that no two of the ranges hold rows of one. */
const DEPOTS = `
  SELECT ${SUMMED} FROM import_rows WHERE import_id = $1 AND valid
  GROUP BY position / ${POSITIONS_PER_DEPOT} ORDER BY min(position)`;

const NEXT = `
  SELECT ${SUMMED} FROM (
    SELECT position FROM import_rows WHERE import_id = $1 AND valid AND position BETWEEN $2 AND $3
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

  /**
   * Ranges that may be posted side by side. A row builds on earlier ones of its depot only, so a depot is never divided;
   * small ones are taken together until they make a portion.
   */
  async jobs(importId: string, rowsPerPortion: number): Promise<FilledRange[]> {
    const jobs: FilledRange[] = [];
    for (const depot of filled(await this.database.query<Found>(DEPOTS, [importId]))) {
      const last = jobs.at(-1);
      if (last && last.rows + depot.rows <= rowsPerPortion) {
        jobs[jobs.length - 1] = { first: last.first, last: depot.last, rows: last.rows + depot.rows };
      } else jobs.push(depot);
    }
    return jobs;
  }

  /** The first rows of a range that are left, at most so many. */
  async next(importId: string, { first, last }: RowRange, rows: number): Promise<FilledRange | undefined> {
    return filled(await this.database.query<Found>(NEXT, [importId, first, last, rows]))[0];
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

/** What comes behind a position. */
export const after = (position: string): string => String(BigInt(position) + 1n);
