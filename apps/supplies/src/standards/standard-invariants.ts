import type { Invariant } from '@ledger/contracts';

/** What the rows of standards must keep at all times. */
export const standardInvariants: readonly Invariant[] = [
  {
    id: 'supplies.floor-equals-its-last-entry',
    title: 'A floor that somebody set is the one that was entered last',
    sql: `SELECT entry.depot_id, entry.item_code, entry.valid_from FROM (
            SELECT DISTINCT ON (depot_id, item_code, valid_from) depot_id, item_code, valid_from, floor_base
            FROM standard_floor_changes ORDER BY depot_id, item_code, valid_from, id DESC
          ) AS entry LEFT JOIN reserve_standards AS standing USING (depot_id, item_code, valid_from)
          WHERE standing.floor_base IS DISTINCT FROM entry.floor_base`,
  },
  {
    id: 'supplies.fill-up-is-waited-for',
    title: 'A standard for a time whose fill-up day is not over has a deadline',
    sql: `SELECT standard.id FROM temporary_standards AS standard
          WHERE standard.fill_up_by >= (now() AT TIME ZONE 'Asia/Shanghai')::date AND NOT EXISTS (
            SELECT 1 FROM deadlines AS deadline
            WHERE deadline.kind = 'temporary-standard-fill-up' AND deadline.subject_id = standard.id)`,
  },
];
