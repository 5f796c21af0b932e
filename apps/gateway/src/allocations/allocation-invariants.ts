import type { Invariant } from '@ledger/contracts';
import { ENDED_PHASES } from './domain/phase-transitions';

const ENDED = ENDED_PHASES.map((phase) => `'${phase}'`).join(', ');
const ACCOUNTS = `jsonb_array_elements(a.state -> 'goods') AS line, LATERAL (SELECT line -> 'account' AS account) AS x`;
const piece = (part: string): string => `(account ->> '${part}')::bigint`;

/** What always holds in the gateway's allocations. Each statement lists what breaks it. */
export const allocationInvariants: readonly Invariant[] = [
  {
    id: 'gateway.allocation-pieces-accounted',
    title: 'Every issued piece of an allocation is in transit, at the site, consumed, returned or lost.',
    sql: `SELECT a.id, line ->> 'itemCode' AS item_code, account FROM allocations a, ${ACCOUNTS}
          WHERE ${piece('issuedBase')} <> ${piece('inTransitBase')} + ${piece('atSiteBase')} + ${piece('damagedAtSiteBase')}
                                        + ${piece('consumedBase')} + ${piece('returnedBase')} + ${piece('lostBase')}`,
  },
  {
    id: 'gateway.ended-allocation-holds-nothing',
    title: 'An allocation that has ended holds no promise, no vehicle, no team and no goods.',
    sql: `SELECT a.id, a.phase, line ->> 'itemCode' AS item_code FROM allocations a, ${ACCOUNTS}
          WHERE a.phase IN (${ENDED})
            AND (line ->> 'reservation' IN ('requested', 'held', 'confirming', 'firm', 'releasing')
                 OR ${piece('inTransitBase')} + ${piece('atSiteBase')} + ${piece('damagedAtSiteBase')} <> 0)
          UNION ALL
          SELECT a.id, a.phase, trip ->> 'plate' FROM allocations a, jsonb_array_elements(a.state -> 'trips') AS trip
          WHERE a.phase IN (${ENDED}) AND trip ->> 'status' NOT IN ('completed', 'cancelled')
          UNION ALL
          SELECT a.id, a.phase, call_up ->> 'callUpId'
          FROM allocations a, jsonb_array_elements(a.state -> 'teams') AS line,
               jsonb_array_elements(line -> 'callUps') AS call_up
          WHERE a.phase IN (${ENDED}) AND call_up ->> 'status' NOT IN ('none', 'refused', 'stood-down')`,
  },
  {
    id: 'gateway.open-allocation-has-deadline',
    title: 'An allocation that has not ended and is no draft has a deadline row, so that somebody is told in time.',
    sql: `SELECT a.id, a.phase FROM allocations a
          WHERE a.phase NOT IN ('draft', ${ENDED})
            AND NOT EXISTS (SELECT 1 FROM deadlines d WHERE d.payload ->> 'allocationId' = a.id::text)`,
  },
  {
    id: 'gateway.timeline-without-gaps',
    title: 'The timeline of an allocation is numbered from 1 without gaps.',
    sql: `SELECT allocation_id FROM allocation_entries GROUP BY allocation_id
          HAVING min(position) <> 1 OR max(position) <> count(*)`,
  },
  {
    id: 'gateway.phase-column-equals-state',
    title: 'The phase column of an allocation says what its state says.',
    sql: `SELECT id, phase, state ->> 'phase' AS state_phase FROM allocations WHERE phase <> state ->> 'phase'`,
  },
];
