import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import { Database, type Tx } from '@ledger/platform';
import type { AllocationState, GoodsLine } from './domain/allocation';
import { approvalTier } from './domain/approval-rules';
import { openPoints } from './domain/saga/closing';
import type {
  AllocationPage,
  AllocationQuery,
  AllocationSummary,
  AllocationView,
  GoodsLineView,
  TimelineEntryView,
} from './dto/allocation.dto';

interface AllocationRecord {
  readonly state: AllocationState;
  readonly requestedBy: string;
  readonly approvedBy: string | null;
  readonly createdAt: Date;
  readonly changedAt: Date;
}

/** One allocation whose site lies in the caller's region. @throws DomainError GATEWAY_ALLOCATION_NOT_FOUND */
export async function readAllocation(source: Pick<Tx, 'query'>, id: string, caller: Caller): Promise<AllocationView> {
  const [row] = await source.query<AllocationRecord>(
    `SELECT state, requested_by_name AS "requestedBy", approved_by_name AS "approvedBy", created_at AS "createdAt",
            changed_at AS "changedAt"
     FROM allocations WHERE id = $1 AND starts_with(region_code, $2)`,
    [id, caller.regionCode],
  );
  if (!row) throw new DomainError('GATEWAY_ALLOCATION_NOT_FOUND');
  const timeline = await source.query<Omit<TimelineEntryView, 'at'> & { at: Date }>(
    `SELECT position, at, actor, step, what, why, event_id AS "eventId"
     FROM allocation_entries WHERE allocation_id = $1 ORDER BY position`,
    [id],
  );
  return viewOf(
    row,
    timeline.map((entry) => ({ ...entry, at: entry.at.toISOString() })),
  );
}

/** Reads of allocations, each within the caller's region. */
@Injectable()
export class AllocationQueries {
  constructor(private readonly database: Database) {}

  find(id: string, caller: Caller): Promise<AllocationView> {
    return readAllocation(this.database, id, caller);
  }

  async list(query: AllocationQuery, caller: Caller): Promise<AllocationPage> {
    const where = `starts_with(region_code, $1) AND ($2::uuid IS NULL OR incident_id = $2)
                   AND ($3::text IS NULL OR phase = $3)`;
    const filter = [caller.regionCode, query.incidentId ?? null, query.phase ?? null];
    const items = await this.database.query<AllocationSummary>(
      `SELECT id, incident_id AS "incidentId", phase, region_code AS "regionCode",
              requested_by_name AS "requestedBy", created_at AS "createdAt", changed_at AS "changedAt"
       FROM allocations WHERE ${where} ORDER BY created_at DESC, id LIMIT $4 OFFSET $5`,
      [...filter, query.limit, query.offset],
    );
    const [{ total }] = await this.database.query<{ total: number }>(
      `SELECT count(*)::int AS total FROM allocations WHERE ${where}`,
      filter,
    );
    return { items, total };
  }
}

function viewOf(row: AllocationRecord, timeline: TimelineEntryView[]): AllocationView {
  const { state } = row;
  return {
    id: state.allocationId,
    incidentId: state.incidentId,
    phase: state.phase,
    outcome: state.outcome,
    useOrder: state.useOrder,
    requestedBy: row.requestedBy,
    approvedBy: row.approvedBy,
    approvalTier: approvalTier(state),
    site: state.site,
    usableUntil: state.usableUntil,
    goods: state.goods.map(goodsView),
    teams: state.teams,
    vehicles: state.vehicles,
    shipments: state.shipments.map(({ shipmentId, depotId, status }) => ({ shipmentId, depotId, status })),
    trips: state.trips.map(({ tripId, shipmentId, plate, driverName, status }) => ({
      tripId,
      shipmentId,
      plate,
      driverName,
      status,
    })),
    peopleReached: state.peopleReached,
    firstHandoutAt: state.firstHandoutAt,
    attention: state.attention,
    openPoints: openPoints(state),
    timeline,
    createdAt: row.createdAt.toISOString(),
    changedAt: row.changedAt.toISOString(),
  };
}

function goodsView(line: GoodsLine): GoodsLineView {
  return {
    lineId: line.lineId,
    itemCode: line.itemCode,
    itemName: line.itemName,
    unit: line.unit,
    recoverable: line.recoverable,
    requestedBase: line.requestedBase,
    shortBase: line.shortBase,
    reservation: line.reservation,
    sources: line.sources.map((source) => ({
      depotId: source.depotId,
      depotName: source.depotName,
      regionCode: source.regionCode,
      quantityBase: source.quantityBase,
      travelSeconds: source.travelSeconds,
      foreign: source.foreign,
      reason: source.reason,
    })),
    account: line.account,
  };
}
