import type { Invariant } from '@ledger/contracts';

const LIVE_RECEIPTS = `
  SELECT receipt.* FROM reserve_contract_call_receipts AS receipt WHERE NOT EXISTS (
    SELECT 1 FROM movements AS reversal WHERE reversal.reverses_movement_id = receipt.movement_id)`;

/** What the rows of reserve contracts must keep at all times. */
export const reserveInvariants: readonly Invariant[] = [
  {
    id: 'supplies.reserve-called-equals-calls',
    title: 'What a contract counts as called is what its open calls wait for',
    sql: `SELECT contract.id, contract.called_base, coalesce(sum(call.quantity_base - call.received_base
                 - call.released_base), 0) AS waited_for_base
          FROM reserve_contracts AS contract
          LEFT JOIN reserve_contract_calls AS call ON call.contract_id = contract.id
          GROUP BY contract.id
          HAVING contract.called_base <> coalesce(sum(call.quantity_base - call.received_base - call.released_base), 0)`,
  },
  {
    id: 'supplies.reserve-drawn-equals-receipts',
    title: 'What a contract counts as drawn, and as taken since its confirmation, is what came in',
    sql: `SELECT contract.id, contract.drawn_base, contract.taken_since_base FROM reserve_contracts AS contract
          LEFT JOIN (${LIVE_RECEIPTS}) AS live ON live.contract_id = contract.id
          GROUP BY contract.id
          HAVING contract.drawn_base <> coalesce(sum(live.quantity_base) FILTER (
                   WHERE contract.restored_by = 'renewal' AND live.term = contract.term), 0)
              OR contract.taken_since_base <> coalesce(sum(live.quantity_base) FILTER (
                   WHERE live.received_at > contract.confirmed_at), 0)`,
  },
  {
    id: 'supplies.reserve-call-equals-receipts',
    title: 'What a call counts as received is what its receipts put into a depot',
    sql: `SELECT call.id, call.received_base FROM reserve_contract_calls AS call
          LEFT JOIN (SELECT live.call_id, live.quantity_base, (
                       SELECT sum(posting.quantity_base) FROM postings AS posting
                       WHERE posting.movement_id = live.movement_id) AS posted_base
                     FROM (${LIVE_RECEIPTS}) AS live) AS live ON live.call_id = call.id
          GROUP BY call.id
          HAVING call.received_base <> coalesce(sum(live.quantity_base), 0)
              OR coalesce(sum(live.quantity_base), 0) <> coalesce(sum(live.posted_base), 0)`,
  },
  {
    id: 'supplies.reserve-figures-are-the-latest',
    title: 'The figures a contract counts with are those of its latest confirmation',
    sql: `SELECT contract.id FROM reserve_contracts AS contract
          LEFT JOIN LATERAL (
            SELECT * FROM reserve_contract_confirmations AS confirmation WHERE confirmation.contract_id = contract.id
            ORDER BY confirmation.confirmed_at DESC, confirmation.recorded_at DESC, confirmation.id DESC LIMIT 1
          ) AS latest ON true
          WHERE (contract.confirmed_stock_base, contract.confirmed_rate_per_day, contract.confirmed_start_up_hours,
                 contract.key_inputs_level, contract.confirmed_at IS NULL)
            IS DISTINCT FROM (latest.stock_base, latest.rate_per_day, latest.start_up_hours, latest.key_inputs_level,
                              latest.confirmed_at IS NULL)`,
  },
  {
    id: 'supplies.reserve-call-is-waited-for',
    title: 'A call that waits has a deadline, until everybody has been asked to act',
    sql: `SELECT call.id, call.state FROM reserve_contract_calls AS call
          WHERE call.state IN ('awaiting-approval', 'called', 'confirmed', 'delivering') AND call.escalation < 3
            AND NOT EXISTS (SELECT 1 FROM deadlines AS deadline WHERE deadline.subject_id = call.id
                            AND deadline.kind IN ('reserve-call-approval', 'reserve-call-late'))`,
  },
];
