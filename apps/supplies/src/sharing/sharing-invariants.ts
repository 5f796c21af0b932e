import type { Invariant } from '@ledger/contracts';

/** What agreements, loans and the debt book must keep at all times. */
export const sharingInvariants: readonly Invariant[] = [
  {
    id: 'supplies.debts-net-to-zero',
    title: 'Every entry of the debt book has two sides that sum to zero, and so do all regions per item',
    sql: `SELECT id::text AS what, sum(change_base) AS sum_base FROM mutual_aid_entries
          GROUP BY id HAVING sum(change_base) <> 0 OR count(*) <> 2
          UNION ALL
          SELECT item_code, sum(balance_base) FROM mutual_aid_balances GROUP BY item_code HAVING sum(balance_base) <> 0`,
  },
  {
    id: 'supplies.debt-balance-equals-entries',
    title: 'What a region is owed equals the entries of its book',
    sql: `SELECT coalesce(kept.region_code, booked.region_code) AS region_code,
                 coalesce(kept.account, booked.account) AS account, kept.balance_base, booked.balance_base AS booked_base
          FROM (SELECT region_code, account, item_code, balance_base FROM mutual_aid_balances
                WHERE balance_base <> 0) AS kept
          FULL JOIN (SELECT region_code, account, item_code, sum(change_base) AS balance_base FROM mutual_aid_entries
                     GROUP BY region_code, account, item_code HAVING sum(change_base) <> 0) AS booked
            ON booked.region_code = kept.region_code AND booked.account = kept.account
              AND booked.item_code = kept.item_code
          WHERE kept.balance_base IS DISTINCT FROM booked.balance_base`,
  },
  {
    id: 'supplies.debt-equals-loans',
    title: 'What is owed is what was lent less what was given back and paid for',
    sql: `SELECT loan.id, loan.number FROM loans AS loan
          LEFT JOIN (SELECT loan_id, region_code, sum(change_base) FILTER (WHERE kind = 'lent') AS lent_base,
                            -sum(change_base) FILTER (WHERE kind = 'given-back') AS given_back_base,
                            -sum(change_base) FILTER (WHERE kind = 'settled') AS settled_base
                     FROM mutual_aid_entries GROUP BY loan_id, region_code) AS booked
            ON booked.loan_id = loan.id AND booked.region_code = loan.lender_region_code
          WHERE (loan.lent_base, loan.given_back_base, loan.settled_base) IS DISTINCT FROM
            (coalesce(booked.lent_base, 0), coalesce(booked.given_back_base, 0), coalesce(booked.settled_base, 0))`,
  },
  {
    id: 'supplies.loan-equals-its-journeys',
    title: 'What a loan says was lent and given back is what its journeys carried',
    sql: `SELECT loan.id, loan.number FROM loans AS loan
          LEFT JOIN (SELECT journey.subject_id,
                            sum(lot.sent_base) FILTER (WHERE journey.purpose = 'lend') AS lent_base,
                            sum(lot.received_base) FILTER (WHERE journey.purpose = 'give-back') AS given_back_base
                     FROM sharing_journeys AS journey JOIN sharing_journey_lots AS lot ON lot.journey_id = journey.id
                     GROUP BY journey.subject_id) AS carried ON carried.subject_id = loan.id
          WHERE loan.lent_base <> coalesce(carried.lent_base, 0)
             OR loan.given_back_base <> coalesce(carried.given_back_base, 0)`,
  },
  {
    id: 'supplies.loan-is-waited-for',
    title: 'A loan that waits for somebody, or of which something is owed, has a deadline',
    sql: `SELECT loan.id, loan.state FROM loans AS loan
          WHERE (loan.state IN ('requested', 'approved') OR loan.lent_base > loan.given_back_base + loan.settled_base)
            AND NOT EXISTS (SELECT 1 FROM deadlines AS deadline WHERE deadline.subject_id = loan.id AND deadline.kind =
              CASE WHEN loan.state IN ('requested', 'approved') THEN 'loan-hold' ELSE 'loan-due' END)`,
  },
];
