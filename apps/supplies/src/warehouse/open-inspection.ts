import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import type { Cause, Tx } from '@ledger/platform';
import { DepotsRepository } from '../catalogue/depots.repository';
import type { OpenInspectionRequest, OpenedInspectionResponse } from './dto/inspection.dto';
import { InspectionsRepository } from './inspections.repository';
import { QuarantineRepository } from './quarantine.repository';
import { assertUnbound } from './unbound-pieces';

/** Goods on the shelf are a lot of the depot as well: a keeper has to read what to do with them first. */
const NEVER_IN_QUARANTINE =
  'the depot never had pieces of this lot in quarantine; put them there, then open an inspection';

export interface InspectionWish {
  readonly caller: Caller;
  readonly request: OpenInspectionRequest;
}

/** Has goods looked at that lie in quarantine: repaired ones, rejected ones, ones that were put aside. */
@Injectable()
export class OpenInspectionUseCase {
  constructor(
    private readonly depots: DepotsRepository,
    private readonly quarantine: QuarantineRepository,
    private readonly inspections: InspectionsRepository,
  ) {}

  /**
   * @throws DomainError in this order: SUPPLIES_DEPOT_NOT_FOUND (also out of the caller's reach), SUPPLIES_DEPOT_CLOSED,
   *   SUPPLIES_LOT_NOT_FOUND when the depot never had pieces of the lot in quarantine,
   *   SUPPLIES_QUANTITY_EXCEEDS_BALANCE when fewer are there that wait for nothing else
   */
  async execute(tx: Tx, { caller, request }: InspectionWish, cause: Cause): Promise<OpenedInspectionResponse> {
    const { depotId, lotId, quantityBase, reason } = request;
    const depot = await this.depots.findFor(tx, caller, depotId);
    const lot = (await this.quarantine.lock(tx, depot.id, [lotId])).get(lotId.toLowerCase());
    if (!lot) throw new DomainError('SUPPLIES_LOT_NOT_FOUND', { detail: NEVER_IN_QUARANTINE, facts: { lotId } });
    assertUnbound(lot, lot.lotId, quantityBase);
    const goods = { depot, caller, reason, receiptMovementId: null, lots: [{ lotId: lot.lotId, quantityBase }] };
    const [inspectionId] = await this.inspections.open(tx, goods, cause);
    return { inspectionId, depotId: depot.id, lotId: lot.lotId, quantityBase };
  }
}
