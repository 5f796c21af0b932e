import { Injectable } from '@nestjs/common';
import { DomainError, depotAccount, type Caller } from '@ledger/contracts';
import type { Cause, Tx } from '@ledger/platform';
import { DepotsRepository } from '../catalogue/depots.repository';
import { mayActAt } from '../scope';
import { chinaDay } from '../stock/domain/calendar';
import { whyNotIssuable } from '../stock/domain/lot';
import { recorderOf } from '../stock/domain/recorder';
import { LotsRepository } from '../stock/lots.repository';
import { StockRepository } from '../stock/stock.repository';
import { assertMayInspect, eventOfFinding, nextInspectionState } from './domain/inspection';
import type { InspectionResultResponse, RecordInspectionRequest } from './dto/inspection.dto';
import { InspectionsRepository, type Inspection } from './inspections.repository';

export interface InspectionRecord {
  readonly inspectionId: string;
  readonly caller: Caller;
  readonly request: RecordInspectionRequest;
}

/** Records what an inspection found, and puts away what is good. */
@Injectable()
export class RecordInspectionUseCase {
  constructor(
    private readonly inspections: InspectionsRepository,
    private readonly depots: DepotsRepository,
    private readonly lots: LotsRepository,
    private readonly stock: StockRepository,
  ) {}

  /**
   * Accepted pieces become free stock; rejected ones stay in quarantine, to be scrapped or sent back.
   * @throws DomainError in this order: SUPPLIES_INSPECTION_NOT_FOUND (also out of the caller's reach),
   *   SUPPLIES_DEPOT_CLOSED, SUPPLIES_INSPECTION_CLOSED, SUPPLIES_INSPECTION_BY_RECEIVER,
   *   SUPPLIES_INSPECTION_INCOMPLETE, REQUEST_INVALID, SUPPLIES_LOT_NOT_ISSUABLE when pieces are accepted of a lot that is
   *   past its date, held or recalled
   * Source: plan 004 §22 (goods are inspected and stored).
   */
  async execute(
    tx: Tx,
    { inspectionId, caller, request }: InspectionRecord,
    cause: Cause,
  ): Promise<InspectionResultResponse> {
    const inspection = await this.lock(tx, inspectionId, caller);
    const event = eventOfFinding(inspection.quantityBase, request);
    const state = nextInspectionState(inspection.state, event);
    const by = { name: caller.displayName, userId: caller.userId };
    const { acceptedBase, rejectedBase, rejectionReason, defects } = request;
    await this.inspections.end(tx, inspection.id, { state, by, acceptedBase, rejectedBase, rejectionReason, defects });
    const movementId = acceptedBase > 0 ? await this.putAway(tx, inspection, caller, request, cause) : null;
    return { inspectionId: inspection.id, state, acceptedBase, rejectedBase, movementId };
  }

  private async lock(tx: Tx, inspectionId: string, caller: Caller): Promise<Inspection> {
    const inspection = await this.inspections.lock(tx, inspectionId);
    if (!inspection || !mayActAt(caller, inspection)) throw new DomainError('SUPPLIES_INSPECTION_NOT_FOUND');
    await this.depots.findFor(tx, caller, inspection.depotId);
    if (inspection.state !== 'open') {
      throw new DomainError('SUPPLIES_INSPECTION_CLOSED', { facts: { state: inspection.state } });
    }
    assertMayInspect(await this.inspections.policyOf(tx, inspection.depotId), inspection.openedById, caller.userId);
    return inspection;
  }

  private async putAway(
    tx: Tx,
    { id, depotId, lotId }: Inspection,
    caller: Caller,
    { acceptedBase, defects }: RecordInspectionRequest,
    cause: Cause,
  ): Promise<string> {
    const lot = (await this.lots.share(tx, [lotId])).get(lotId);
    if (!lot) throw new DomainError('SUPPLIES_LOT_NOT_FOUND');
    const fault = whyNotIssuable(lot, chinaDay(tx.now));
    if (fault) throw new DomainError('SUPPLIES_LOT_NOT_ISSUABLE', { facts: { lotId, reason: fault } });
    const header = { businessKey: `put-away:inspection:${id}`, kind: 'put-away', depotId } as const;
    const posting = {
      lotId,
      itemCode: lot.itemCode,
      expiryDate: lot.expiryDate,
      from: depotAccount(depotId, 'quarantine'),
      to: depotAccount(depotId, 'available'),
      quantityBase: acceptedBase,
      lineId: null,
    };
    const movement = { ...header, recordedBy: recorderOf(caller), note: defects };
    const { movementId } = await this.stock.post(tx, movement, [posting], cause);
    await this.inspections.putAway(tx, id, movementId);
    return movementId;
  }
}
