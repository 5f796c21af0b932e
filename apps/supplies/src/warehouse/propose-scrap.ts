import { Injectable } from '@nestjs/common';
import { DomainError, depotAccount, type Caller } from '@ledger/contracts';
import { newId, type Cause, type Tx } from '@ledger/platform';
import { DepotsRepository } from '../catalogue/depots.repository';
import { recorderOf } from '../stock/domain/recorder';
import { LotsRepository, type KnownLot } from '../stock/lots.repository';
import { StockRepository } from '../stock/stock.repository';
import type { ProposeScrapRequest, ScrapStepResponse } from './dto/scrap.dto';
import { OverdueWork, inHours } from './overdue-work';
import { QuarantineRepository } from './quarantine.repository';
import { ScrapRepository } from './scrap.repository';
import { assertUnbound } from './unbound-pieces';

/** A week to decide: an estimate. */
const DECIDE_WITHIN_HOURS = 168;

export interface ScrapWish {
  readonly caller: Caller;
  readonly request: ProposeScrapRequest;
}

/** Lays goods before somebody else to be scrapped. */
@Injectable()
export class ProposeScrapUseCase {
  constructor(
    private readonly depots: DepotsRepository,
    private readonly lots: LotsRepository,
    private readonly quarantine: QuarantineRepository,
    private readonly stock: StockRepository,
    private readonly proposals: ScrapRepository,
    private readonly overdue: OverdueWork,
  ) {}

  /**
   * The goods wait in quarantine; free ones are moved there.
   * @throws DomainError in this order: SUPPLIES_DEPOT_NOT_FOUND (also out of the caller's reach), SUPPLIES_LOT_NOT_FOUND,
   *   SUPPLIES_QUANTITY_EXCEEDS_BALANCE when fewer pieces are there that wait for nothing else
   * Source: plan 004 §22 (rotation; goods past their date are not used).
   */
  async execute(tx: Tx, { caller, request }: ScrapWish, cause: Cause): Promise<ScrapStepResponse> {
    const depot = await this.depots.findFor(tx, caller, request.depotId, 'clear');
    const lot = (await this.lots.share(tx, [request.lotId])).get(request.lotId.toLowerCase());
    if (!lot || !(await isKnownIn(tx, depot.id, lot.id))) throw new DomainError('SUPPLIES_LOT_NOT_FOUND');
    const { quantityBase } = request;
    const heldMovementId = request.from === 'available' ? await this.hold(tx, lot, { caller, request }, cause) : null;
    if (request.from === 'quarantine') {
      assertUnbound((await this.quarantine.lock(tx, depot.id, [lot.id])).get(lot.id), lot.id, quantityBase);
    }
    const dueAt = inHours(tx, DECIDE_WITHIN_HOURS);
    const proposalId = await this.proposals.insert(tx, {
      depotId: depot.id,
      lotId: lot.id,
      quantityBase,
      reason: request.reason,
      note: request.note ?? null,
      residualValueFen: request.residualValueFen,
      bookValueFen: request.bookValueFen ?? null,
      appraisers: request.appraisers,
      appraisalMethod: request.appraisalMethod,
      documentNumber: request.documentNumber,
      heldMovementId,
      proposedBy: caller.displayName,
      proposedById: caller.userId,
      dueAt,
    });
    await this.overdue.expect(tx, { work: 'scrap-decision', subjectId: proposalId, depot, dueAt }, cause);
    return { proposalId, state: 'proposed', movementId: heldMovementId };
  }

  private async hold(tx: Tx, lot: KnownLot, { caller, request }: ScrapWish, cause: Cause): Promise<string> {
    const { depotId, quantityBase, note } = request;
    const posting = {
      lotId: lot.id,
      itemCode: lot.itemCode,
      expiryDate: lot.expiryDate,
      from: depotAccount(depotId.toLowerCase(), 'available'),
      to: depotAccount(depotId.toLowerCase(), 'quarantine'),
      quantityBase,
      lineId: null,
    };
    const header = { businessKey: `quarantine:scrap:${newId()}`, kind: 'quarantine', depotId } as const;
    const movement = { ...header, recordedBy: recorderOf(caller), note: note ?? `to be scrapped: ${request.reason}` };
    return (await this.stock.post(tx, movement, [posting], cause)).movementId;
  }
}

async function isKnownIn(tx: Tx, depotId: string, lotId: string): Promise<boolean> {
  const rows = await tx.query('SELECT 1 FROM balances WHERE depot_id = $1 AND lot_id = $2 LIMIT 1', [depotId, lotId]);
  return rows.length > 0;
}
