import { Injectable } from '@nestjs/common';
import { DomainError } from '@ledger/contracts';
import { Idempotency, newId, type Identity, type Tx } from '@ledger/platform';
import { Incidents } from '../incidents/incidents.queries';
import { ResourceView } from '../projections/resource-view';
import { readAllocation } from './allocations.queries';
import { AllocationsRepository } from './allocations.repository';
import { emptyAccount, type AllocationState, type GoodsLine } from './domain/allocation';
import type { AllocationView, GoodsLineRequest, PlanAllocationRequest } from './dto/allocation.dto';
import { LinePlanner } from './line-planner';

/** Goods must stay usable this long after they were asked for, unless the request says otherwise. */
const DEFAULT_USABLE_DAYS = 7;

/** Makes the draft of an allocation: every line with its sources, reasons and what stays short. Nothing is held yet. */
@Injectable()
export class PlanAllocation {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly incidents: Incidents,
    private readonly resources: ResourceView,
    private readonly planner: LinePlanner,
    private readonly repository: AllocationsRepository,
  ) {}

  /**
   * @throws DomainError GATEWAY_INCIDENT_NOT_FOUND, GATEWAY_INCIDENT_CLOSED, GATEWAY_ITEM_UNKNOWN,
   *   GATEWAY_ALLOCATION_NOT_COVERED
   */
  execute(identity: Identity, request: PlanAllocationRequest): Promise<AllocationView> {
    return this.idempotency.once(identity, async (tx) => {
      const state = await this.draft(tx, identity, request);
      await this.repository.insert(tx, state, identity.caller);
      const entries = [{ step: 'plan', what: 'draft made', why: request.reason ?? '' }];
      const origin = { actor: identity.caller.displayName, eventId: identity.correlationId };
      await this.repository.append(tx, state.allocationId, entries, origin);
      return readAllocation(tx, state.allocationId, identity.caller);
    });
  }

  private async draft(tx: Tx, identity: Identity, request: PlanAllocationRequest): Promise<AllocationState> {
    const { incident, site } = await this.incidents.siteForAllocation(
      tx,
      request.incidentId,
      request.siteId,
      identity.caller,
    );
    if (incident.closedAt) throw new DomainError('GATEWAY_INCIDENT_CLOSED');
    const frame = { site, usableUntil: await usableUntil(tx, request.usableDays ?? DEFAULT_USABLE_DAYS) };
    const goods: GoodsLine[] = [];
    for (const line of request.goods ?? []) goods.push(await this.planLine(tx, frame, line));
    const teams = (request.teams ?? []).map((line) => ({
      lineId: newId(),
      typeCode: line.typeCode,
      callUps: Array.from({ length: line.count }, () => ({
        callUpId: newId(),
        status: 'none' as const,
        teamId: null,
        teamName: null,
      })),
    }));
    const vehicles = (request.vehicles ?? []).map((line) => ({ lineId: newId(), ...line }));
    if (teams.length + vehicles.length === 0 && goods.every((line) => line.sources.length === 0)) {
      throw new DomainError('GATEWAY_ALLOCATION_NOT_COVERED');
    }
    return {
      allocationId: newId(),
      incidentId: incident.id,
      incidentLevel: incident.level,
      realm: identity.caller.realm,
      ...frame,
      phase: 'draft',
      outcome: null,
      useOrder: null,
      goods,
      teams,
      vehicles,
      assignment: null,
      shipments: [],
      trips: [],
      peopleReached: 0,
      firstHandoutAt: null,
      attention: null,
      retries: {},
    };
  }

  private async planLine(
    tx: Tx,
    frame: Pick<AllocationState, 'site' | 'usableUntil'>,
    request: GoodsLineRequest,
  ): Promise<GoodsLine> {
    const item = await this.resources.item(tx, request.itemCode);
    if (!item) throw new DomainError('GATEWAY_ITEM_UNKNOWN', { facts: { itemCode: request.itemCode } });
    const demand = { itemCode: item.itemCode, requestedBase: request.quantityBase, excludedDepotIds: [] };
    const plan = await this.planner.plan(tx, frame, demand);
    return {
      ...demand,
      ...plan,
      lineId: newId(),
      itemName: item.nameZh,
      unit: item.unit,
      recoverable: item.recoverable,
      weightGrams: item.weightGrams,
      volumeCubicCentimetres: item.volumeCubicCentimetres,
      reservationId: null,
      reservation: 'none',
      attempts: 0,
      account: emptyAccount(),
    };
  }
}

async function usableUntil(tx: Tx, days: number): Promise<string> {
  const [row] = await tx.query<{ date: string }>(
    `SELECT to_char((now() AT TIME ZONE 'Asia/Shanghai')::date + $1::int, 'YYYY-MM-DD') AS date`,
    [days],
  );
  return row.date;
}
