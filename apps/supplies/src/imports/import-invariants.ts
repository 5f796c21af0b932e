import type { Invariant } from '@ledger/contracts';

/** What the rows of imports must keep at all times. */
export const importInvariants: readonly Invariant[] = [
  {
    id: 'supplies.import-equals-movements',
    title: 'An import posted as many movements as it says, and is to post those whose rows are still there',
    sql: `SELECT import.id, import.state, import.rows_posted, posted.movements
          FROM imports AS import
          LEFT JOIN (SELECT correlation_id, count(*) AS movements FROM movements
                     WHERE business_key LIKE 'import:%' GROUP BY correlation_id) AS posted
            ON posted.correlation_id = import.id::text
          WHERE import.kind IN ('opening-stock', 'movements') AND coalesce(posted.movements, 0) <> CASE import.state
            WHEN 'committing' THEN import.rows_valid - (SELECT count(*) FROM import_rows AS staged
                                                        WHERE staged.import_id = import.id AND staged.valid)
            ELSE import.rows_posted END`,
  },
  {
    id: 'supplies.import-has-an-end',
    title: 'An import that is not over has a deadline',
    sql: `SELECT import.id, import.state FROM imports AS import
          WHERE import.state NOT IN ('committed', 'failed', 'cancelled') AND NOT EXISTS (
            SELECT 1 FROM deadlines AS deadline
            WHERE deadline.kind = 'import-end' AND deadline.subject_id = import.id)`,
  },
];
