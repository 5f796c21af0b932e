import type { Invariant } from '@ledger/contracts';
import { allocationInvariants } from '../allocations/allocation-invariants';

/** What always holds in the gateway's tables. Each statement lists what breaks it. */
export const invariants: readonly Invariant[] = [
  {
    id: 'gateway.region-parent-one-tier-up',
    title: 'Every division but a province belongs to the one right above it.',
    sql: `SELECT region_code, parent_code FROM regions
          WHERE parent_code IS DISTINCT FROM CASE length(region_code)
            WHEN 4 THEN left(region_code, 2) WHEN 6 THEN left(region_code, 4)
            WHEN 9 THEN left(region_code, 6) WHEN 12 THEN left(region_code, 9) END`,
  },
  {
    id: 'gateway.incident-has-site',
    title: 'Every incident has at least one site that goods can be delivered to.',
    sql: `SELECT i.id FROM incidents i
          WHERE NOT EXISTS (SELECT 1 FROM incident_sites s WHERE s.incident_id = i.id)`,
  },
  {
    id: 'gateway.incident-reported-after-it-began',
    title: 'No incident began more than the tolerated 5 minutes after it was reported.',
    sql: `SELECT id FROM incidents WHERE occurred_at > reported_at + interval '5 minutes'`,
  },
  ...allocationInvariants,
];
