import type { Invariant } from '@ledger/contracts';

/** What the rows of the teams service must keep at all times. */
export const invariants: readonly Invariant[] = [
  {
    id: 'teams.team-in-one-call-up',
    title: 'A team is held by at most one call-up',
    sql: `SELECT team_id, count(*) FROM call_up_attempts WHERE ended_at IS NULL GROUP BY team_id HAVING count(*) > 1`,
  },
  {
    id: 'teams.ended-call-up-holds-nothing',
    title: 'A call-up that has ended holds no team',
    sql: `SELECT c.id, a.team_id FROM call_ups c JOIN call_up_attempts a ON a.call_up_id = c.id
          WHERE c.ended_at IS NOT NULL AND a.ended_at IS NULL`,
  },
  {
    id: 'teams.open-call-up-holds-a-team',
    title: 'An open call-up holds one team, whose answer fits its state',
    sql: `SELECT c.id, c.state, a.answer FROM call_ups c
          LEFT JOIN call_up_attempts a ON a.call_up_id = c.id AND a.ended_at IS NULL
          WHERE c.ended_at IS NULL
            AND (a.id IS NULL OR (c.state = 'requested') <> (a.answer IS NULL))`,
  },
  {
    id: 'teams.asked-team-has-a-deadline',
    title: 'A team that has not answered yet has a deadline',
    sql: `SELECT c.id FROM call_ups c WHERE c.state = 'requested' AND NOT EXISTS (
            SELECT 1 FROM deadlines d WHERE d.kind = 'call-up-answer' AND d.subject_id = c.id)`,
  },
  {
    id: 'teams.readiness-in-order',
    title: 'The intervals of a team’s readiness follow each other without a gap',
    sql: `SELECT team_id, ordinal FROM (
            SELECT team_id, ordinal, since, lag(ordinal, 1, 0) OVER w AS before, lag(since) OVER w AS earlier
            FROM readiness_states WINDOW w AS (PARTITION BY team_id ORDER BY ordinal)) AS intervals
          WHERE ordinal <> before + 1 OR since < earlier`,
  },
  {
    id: 'teams.state-is-last-change',
    title: 'The state of a call-up is the last one recorded',
    sql: `SELECT c.id, c.state, last.state AS last_state FROM call_ups c
          LEFT JOIN LATERAL (SELECT state FROM call_up_changes WHERE call_up_id = c.id
                             ORDER BY ordinal DESC LIMIT 1) last ON true
          WHERE last.state IS DISTINCT FROM c.state`,
  },
];
