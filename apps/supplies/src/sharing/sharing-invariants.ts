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
  {
    id: 'supplies.joint-shares-sum-to-the-whole',
    title: 'The shares and the parts of the costs of the owners of a joint reserve sum to the whole',
    sql: `SELECT reserve.id, reserve.number FROM joint_reserves AS reserve
          LEFT JOIN joint_reserve_owners AS owner ON owner.reserve_id = reserve.id
          GROUP BY reserve.id
          HAVING coalesce(sum(owner.share), 0) <> reserve.whole_share OR coalesce(sum(owner.cost_percent), 0) <> 100`,
  },
  {
    id: 'supplies.joint-draws-within-right',
    title: 'No owner of a joint reserve has drawn more than its right',
    sql: `SELECT owner.id, owner.name FROM joint_reserve_owners AS owner
          JOIN joint_reserve_draws AS draw ON draw.owner_id = owner.id
          WHERE draw.state IN ('requested', 'on-the-road', 'received')
          GROUP BY owner.id HAVING sum(draw.quantity_base) > owner.draw_limit_base`,
  },
  {
    id: 'supplies.joint-draw-equals-its-journey',
    title: 'What was drawn from a joint reserve is what its journey carried, and a request for it has a deadline',
    sql: `SELECT draw.id, draw.state FROM joint_reserve_draws AS draw
          LEFT JOIN (SELECT journey.subject_id, sum(lot.sent_base) AS sent_base FROM sharing_journeys AS journey
                     JOIN sharing_journey_lots AS lot ON lot.journey_id = journey.id
                     WHERE journey.purpose = 'draw' GROUP BY journey.subject_id) AS carried ON carried.subject_id = draw.id
          WHERE coalesce(carried.sent_base, 0)
                  <> CASE WHEN draw.state IN ('on-the-road', 'received') THEN draw.quantity_base ELSE 0 END
             OR (draw.state = 'requested' AND NOT EXISTS (SELECT 1 FROM deadlines AS deadline
                 WHERE deadline.kind = 'joint-draw-hold' AND deadline.subject_id = draw.id))`,
  },
  {
    id: 'supplies.joint-cost-equals-its-shares',
    title: 'What the owners pay of a cost sums to it',
    sql: `SELECT cost.id, cost.amount_fen, sum(share.amount_fen) AS shares_fen FROM joint_reserve_costs AS cost
          LEFT JOIN joint_reserve_cost_shares AS share ON share.cost_id = cost.id
          GROUP BY cost.id HAVING cost.amount_fen IS DISTINCT FROM sum(share.amount_fen)`,
  },
];
