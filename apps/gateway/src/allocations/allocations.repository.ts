import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import type { Tx } from '@ledger/platform';
import type { AllocationState } from './domain/allocation';
import type { TimelineEntry } from './domain/saga/saga-commands';

export interface LockedAllocation {
  readonly state: AllocationState;
  readonly requestedBy: string;
}

/** Who made a timeline entry, and by which event or request. */
export interface EntryOrigin {
  readonly actor: string;
  readonly eventId: string;
}

/** The statements that write allocations. */
@Injectable()
export class AllocationsRepository {
  async insert(tx: Tx, state: AllocationState, caller: Caller): Promise<void> {
    await tx.execute(
      `INSERT INTO allocations (id, incident_id, region_code, organisation_id, phase, requested_by, requested_by_name, state)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        state.allocationId,
        state.incidentId,
        state.site.regionCode,
        caller.organisationId,
        state.phase,
        caller.userId,
        caller.displayName,
        JSON.stringify(state),
      ],
    );
  }

  /** Locks an allocation, for a caller only when its region covers the site. @throws DomainError GATEWAY_ALLOCATION_NOT_FOUND */
  async lock(tx: Tx, allocationId: string, caller?: Caller): Promise<LockedAllocation> {
    const [row] = await tx.query<LockedAllocation>(
      `SELECT state, requested_by AS "requestedBy" FROM allocations
       WHERE id = $1 AND ($2::text IS NULL OR starts_with(region_code, $2)) FOR UPDATE`,
      [allocationId, caller?.regionCode ?? null],
    );
    if (!row) throw new DomainError('GATEWAY_ALLOCATION_NOT_FOUND');
    return row;
  }

  async save(tx: Tx, state: AllocationState): Promise<void> {
    await tx.execute('UPDATE allocations SET state = $2, phase = $3, changed_at = now() WHERE id = $1', [
      state.allocationId,
      JSON.stringify(state),
      state.phase,
    ]);
  }

  async nameApprover(tx: Tx, allocationId: string, approver: string): Promise<void> {
    await tx.execute('UPDATE allocations SET approved_by_name = $2 WHERE id = $1', [allocationId, approver]);
  }

  /** The allocation's row is locked, so the positions have no gaps and the times follow them. */
  async append(tx: Tx, allocationId: string, entries: readonly TimelineEntry[], origin: EntryOrigin): Promise<void> {
    if (entries.length === 0) return;
    await tx.execute(
      `INSERT INTO allocation_entries (allocation_id, position, at, actor, step, what, why, event_id)
       SELECT $1, coalesce((SELECT max(position) FROM allocation_entries WHERE allocation_id = $1), 0) + entry.number,
              clock_timestamp(), $2, entry.step, entry.what, entry.why, $3
       FROM unnest($4::text[], $5::text[], $6::text[]) WITH ORDINALITY AS entry (step, what, why, number)`,
      [
        allocationId,
        origin.actor,
        origin.eventId,
        entries.map((entry) => entry.step),
        entries.map((entry) => entry.what),
        entries.map((entry) => entry.why),
      ],
    );
  }

  /** A new use-order number, `UO-20260701-000042`; the day is Shanghai's. */
  async nextUseOrder(tx: Tx): Promise<string> {
    const [row] = await tx.query<{ number: string }>(
      `SELECT 'UO-' || to_char(now() AT TIME ZONE 'Asia/Shanghai', 'YYYYMMDD') || '-' ||
              lpad(nextval('use_order_numbers')::text, 6, '0') AS number`,
    );
    return row.number;
  }
}
