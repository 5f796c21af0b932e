import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import { Database, safeInteger } from '@ledger/platform';
import { regionPattern } from '../scope';
import { DEFAULT_INSPECTION_POLICY } from './domain/inspection';
import type { InspectionResponse, InspectionsQuery, InspectionsResponse } from './dto/inspection.dto';
import type { InspectionPolicyResponse } from './dto/warehouse-rule.dto';

type InspectionRecord = Omit<
  InspectionResponse,
  'quantityBase' | 'acceptedBase' | 'rejectedBase' | 'openedAt' | 'dueAt' | 'closedAt'
> & {
  readonly quantityBase: string;
  readonly acceptedBase: string | null;
  readonly rejectedBase: string | null;
  readonly openedAt: Date;
  readonly dueAt: Date;
  readonly closedAt: Date | null;
};

const SELECT = `
  SELECT inspection.id, inspection.depot_id AS "depotId", depot.code AS "depotCode", inspection.lot_id AS "lotId",
         lot.item_code AS "itemCode", lot.batch_number AS "batchNumber", lot.serial_number AS "serialNumber",
         inspection.quantity_base AS "quantityBase", inspection.state, inspection.reason,
         inspection.receipt_movement_id AS "receiptMovementId", inspection.opened_by AS "openedBy",
         inspection.opened_at AS "openedAt", inspection.due_at AS "dueAt",
         inspection.state = 'open' AND inspection.due_at < now() AS overdue,
         inspection.accepted_base AS "acceptedBase", inspection.rejected_base AS "rejectedBase",
         inspection.rejection_reason AS "rejectionReason", inspection.defects, inspection.movement_id AS "movementId",
         EXISTS (SELECT 1 FROM movements AS reversal WHERE reversal.reverses_movement_id = inspection.movement_id)
           AS reversed,
         inspection.closed_by AS "closedBy", inspection.closed_at AS "closedAt"
  FROM inspections AS inspection
  JOIN depots AS depot ON depot.id = inspection.depot_id
  JOIN lots AS lot ON lot.id = inspection.lot_id`;

/** Reads of inspections and of how depots inspect. */
@Injectable()
export class InspectionsQueries {
  constructor(private readonly database: Database) {}

  /** Those that are due first come first. */
  async inspections(caller: Caller, query: InspectionsQuery): Promise<InspectionsResponse> {
    const where = `
      WHERE depot.region_code LIKE $1 AND ($2::uuid IS NULL OR inspection.depot_id = $2)
        AND ($3::uuid IS NULL OR inspection.lot_id = $3) AND ($4::text IS NULL OR inspection.state = $4)
        AND (NOT $5 OR (inspection.state = 'open' AND inspection.due_at < now()))`;
    const rows = await this.database.query<InspectionRecord & { total: string }>(
      `SELECT *, count(*) OVER () AS total FROM (${SELECT} ${where}) AS inspection
       ORDER BY "dueAt", id LIMIT $6 OFFSET $7`,
      [
        regionPattern(caller.regionCode),
        query.depotId ?? null,
        query.lotId ?? null,
        query.state ?? null,
        query.overdue === 'true',
        query.limit,
        query.offset,
      ],
    );
    const items = rows.map(({ total: _total, ...row }) => inspectionOf(row));
    return { items, total: rows[0] ? safeInteger(rows[0].total) : 0 };
  }

  /** @throws DomainError SUPPLIES_INSPECTION_NOT_FOUND, also for one out of the caller's region */
  async inspection(caller: Caller, id: string): Promise<InspectionResponse> {
    const [row] = await this.database.query<InspectionRecord>(
      `${SELECT} WHERE inspection.id = $1 AND depot.region_code LIKE $2`,
      [id, regionPattern(caller.regionCode)],
    );
    if (!row) throw new DomainError('SUPPLIES_INSPECTION_NOT_FOUND');
    return inspectionOf(row);
  }

  /** @throws DomainError SUPPLIES_DEPOT_NOT_FOUND, also for a depot out of the caller's region */
  async policy(caller: Caller, depotId: string): Promise<InspectionPolicyResponse> {
    const [row] = await this.database.query<
      Omit<InspectionPolicyResponse, 'isDefault' | 'setAt'> & { setAt: Date | null; twoPeople: boolean | null }
    >(
      `SELECT depot.id AS "depotId", policy.two_people AS "twoPeople", policy.within_hours AS "withinHours",
              policy.reason, policy.set_by AS "setBy", policy.set_at AS "setAt"
       FROM depots AS depot
       LEFT JOIN LATERAL (SELECT * FROM inspection_policies AS policy WHERE policy.depot_id = depot.id
                          ORDER BY policy.set_at DESC, policy.id DESC LIMIT 1) AS policy ON true
       WHERE depot.id = $1 AND depot.region_code LIKE $2`,
      [depotId, regionPattern(caller.regionCode)],
    );
    if (!row) throw new DomainError('SUPPLIES_DEPOT_NOT_FOUND');
    const setAt = row.setAt?.toISOString() ?? null;
    const isDefault = row.twoPeople === null;
    return { ...row, ...(isDefault ? DEFAULT_INSPECTION_POLICY : {}), setAt, isDefault };
  }
}

function inspectionOf(row: InspectionRecord): InspectionResponse {
  return {
    ...row,
    quantityBase: safeInteger(row.quantityBase),
    acceptedBase: row.acceptedBase === null ? null : safeInteger(row.acceptedBase),
    rejectedBase: row.rejectedBase === null ? null : safeInteger(row.rejectedBase),
    openedAt: row.openedAt.toISOString(),
    dueAt: row.dueAt.toISOString(),
    closedAt: row.closedAt?.toISOString() ?? null,
  };
}
