import { Injectable } from '@nestjs/common';
import { DomainError, depotAccount, type Account, type Caller } from '@ledger/contracts';
import type { Cause, Tx } from '@ledger/platform';
import { DepotsRepository } from '../catalogue/depots.repository';
import { mayActAt } from '../scope';
import { chinaDay } from '../stock/domain/calendar';
import { whyNotIssuable } from '../stock/domain/lot';
import { recorderOf } from '../stock/domain/recorder';
import { LotsRepository, type KnownLot } from '../stock/lots.repository';
import { StockRepository } from '../stock/stock.repository';
import { assertMayDecide, nextScrapState } from './domain/scrap';
import type { DecideScrapRequest, ScrapStepResponse } from './dto/scrap.dto';
import { OverdueWork } from './overdue-work';
import { ScrapRepository, type ScrapProposal } from './scrap.repository';
import { ThresholdsRepository } from './thresholds.repository';

export interface ScrapDecisionInput {
  readonly proposalId: string;
  readonly caller: Caller;
  readonly request: DecideScrapRequest;
}

/** Decides a scrap proposal of somebody else. */
@Injectable()
export class DecideScrapUseCase {
  constructor(
    private readonly proposals: ScrapRepository,
    private readonly depots: DepotsRepository,
    private readonly lots: LotsRepository,
    private readonly thresholds: ThresholdsRepository,
    private readonly stock: StockRepository,
    private readonly overdue: OverdueWork,
  ) {}

  /**
   * Approved goods leave the books. Of rejected ones those that were free before are free again, unless their lot may
   * not be issued any more; the others stay in quarantine.
   * @throws DomainError in this order: SUPPLIES_SCRAP_NOT_FOUND (also out of the caller's reach), SUPPLIES_SCRAP_DECIDED,
   *   SUPPLIES_SCRAP_BY_PROPOSER, SUPPLIES_SCRAP_APPROVER_REQUIRED
   */
  async execute(tx: Tx, { proposalId, caller, request }: ScrapDecisionInput, cause: Cause): Promise<ScrapStepResponse> {
    const proposal = await this.proposals.lock(tx, proposalId);
    if (!proposal || !mayActAt(caller, proposal)) throw new DomainError('SUPPLIES_SCRAP_NOT_FOUND');
    await this.depots.findFor(tx, caller, proposal.depotId, 'clear');
    const state = nextScrapState(proposal.state, request.decision);
    const approverFromFen = await this.thresholds.inForce(tx, proposal.regionCode, 'scrap-approver-fen');
    assertMayDecide(proposal, caller, request.decision, approverFromFen);
    const lot = (await this.lots.share(tx, [proposal.lotId])).get(proposal.lotId);
    if (!lot) throw new DomainError('SUPPLIES_LOT_NOT_FOUND');
    const decided = { state, decidedBy: caller.displayName, decidedById: caller.userId, note: request.note };
    await this.proposals.decide(tx, proposal.id, decided);
    const movementId =
      request.decision === 'approve'
        ? await this.move(tx, proposal, lot, { kind: 'scrap', to: 'scrapped' }, { caller, request }, cause)
        : await this.setFree(tx, proposal, lot, { caller, request }, cause);
    await this.overdue.done(tx, 'scrap-decision', proposal.id);
    return { proposalId: proposal.id, state, movementId };
  }

  private async setFree(
    tx: Tx,
    proposal: ScrapProposal,
    lot: KnownLot,
    who: Pick<ScrapDecisionInput, 'caller' | 'request'>,
    cause: Cause,
  ): Promise<string | null> {
    if (proposal.heldMovementId === null || whyNotIssuable(lot, chinaDay(tx.now))) return null;
    const available = depotAccount(proposal.depotId, 'available');
    return this.move(tx, proposal, lot, { kind: 'put-away', to: available }, who, cause);
  }

  private async move(
    tx: Tx,
    proposal: ScrapProposal,
    lot: KnownLot,
    { kind, to }: { readonly kind: 'scrap' | 'put-away'; readonly to: Account },
    { caller, request }: Pick<ScrapDecisionInput, 'caller' | 'request'>,
    cause: Cause,
  ): Promise<string> {
    const { depotId, quantityBase } = proposal;
    const posting = {
      lotId: lot.id,
      itemCode: lot.itemCode,
      expiryDate: lot.expiryDate,
      from: depotAccount(depotId, 'quarantine'),
      to,
      quantityBase,
      lineId: null,
    };
    const header = { businessKey: `${kind}:scrap:${proposal.id}`, kind, depotId, note: request.note };
    const movement = { ...header, recordedBy: recorderOf(caller) };
    const { movementId } = await this.stock.post(tx, movement, [posting], cause);
    await this.proposals.move(tx, proposal.id, movementId);
    return movementId;
  }
}
