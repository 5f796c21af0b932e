import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import type { Tx } from '@ledger/platform';
import { chinaDay } from '../stock/domain/calendar';
import { isEnded } from './domain/order-state';
import { assertExtension } from './domain/ways-out';
import type { ProposeExtensionRequest, ProposeScrapRequest, ProposedResponse } from './dto/proposal.dto';
import { RotationLotsRepository, type LotFacts } from './rotation-lots.repository';
import { RotationOrdersRepository, type RotationOrder } from './rotation-orders.repository';
import { RotationProposalsRepository, type NewProposal } from './rotation-proposals.repository';

type Asked = { readonly orderId: string; readonly caller: Caller };

/** Lays an appraisal before another person: to let a lot live longer, or to scrap pieces of it. */
@Injectable()
export class ProposeAppraisalUseCase {
  constructor(
    private readonly orders: RotationOrdersRepository,
    private readonly lots: RotationLotsRepository,
    private readonly proposals: RotationProposalsRepository,
  ) {}

  /**
   * @throws DomainError in this order: SUPPLIES_ROTATION_ORDER_NOT_FOUND, SUPPLIES_ROTATION_TRANSITION_FORBIDDEN,
   *   SUPPLIES_LOT_NOT_FOUND when nothing of it lies there, SUPPLIES_EXTENSION_FORBIDDEN, SUPPLIES_DATES_INVALID
   */
  async extend(tx: Tx, asked: Asked, request: ProposeExtensionRequest): Promise<ProposedResponse> {
    const { order, lot, lifeEnd } = await this.look(tx, asked);
    assertExtension({ ...lot, lifeEnd }, request.newExpiryDate, chinaDay(tx.now));
    const { newExpiryDate, appraiser, method, finding, document } = request;
    const proposal = { orderId: order.id, way: 'extend', newExpiryDate, appraiser, method, finding, document } as const;
    return this.propose(tx, proposal, asked.caller);
  }

  /** @throws DomainError as `extend`, without the last two */
  async scrap(tx: Tx, asked: Asked, request: ProposeScrapRequest): Promise<ProposedResponse> {
    const { order } = await this.look(tx, asked);
    const { quantityBase, fromState = 'available', appraiser, method, finding, document } = request;
    const proposal = { orderId: order.id, way: 'scrap', quantityBase, fromState, appraiser, method, finding } as const;
    return this.propose(tx, { ...proposal, document }, asked.caller);
  }

  private async look(tx: Tx, asked: Asked): Promise<{ order: RotationOrder; lot: LotFacts; lifeEnd: string }> {
    const order = await this.orders.lockFor(tx, asked.caller, asked.orderId);
    if (isEnded(order.state)) {
      throw new DomainError('SUPPLIES_ROTATION_TRANSITION_FORBIDDEN', { facts: { state: order.state, event: 'act' } });
    }
    const placed = await this.lots.find(tx, chinaDay(tx.now), order.depotId, order.lotId);
    if (!placed) throw new DomainError('SUPPLIES_LOT_NOT_FOUND', { detail: 'nothing of the lot lies in the depot' });
    return { order, lot: await this.lots.facts(tx, order.lotId), lifeEnd: placed.life.end };
  }

  private async propose(tx: Tx, proposal: NewProposal, by: Caller): Promise<ProposedResponse> {
    const proposalId = await this.proposals.insert(tx, proposal, by);
    return { proposalId, orderId: proposal.orderId, state: 'proposed' };
  }
}
