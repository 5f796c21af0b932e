import { Injectable } from '@nestjs/common';
import { DomainError, regionCovers, type Caller } from '@ledger/contracts';
import { newId, type Cause, type Tx } from '@ledger/platform';
import { chinaDay, type Day } from '../stock/domain/calendar';
import { assertExtension } from './domain/ways-out';
import type { DecidedResponse } from './dto/proposal.dto';
import { FollowGoods } from './follow-goods';
import { RotationLotsRepository } from './rotation-lots.repository';
import { RotationOrdersRepository, type RotationOrder } from './rotation-orders.repository';
import { RotationProposalsRepository, type Proposal } from './rotation-proposals.repository';
import { TakeWayOutUseCase } from './take-way-out';

export interface ProposalDecision {
  readonly proposalId: string;
  readonly caller: Caller;
  readonly approved: boolean;
  readonly note?: string;
}

/** Decides on an appraisal: it takes another person than the one who asks. */
@Injectable()
export class DecideProposalUseCase {
  constructor(
    private readonly orders: RotationOrdersRepository,
    private readonly lots: RotationLotsRepository,
    private readonly proposals: RotationProposalsRepository,
    private readonly wayOut: TakeWayOutUseCase,
    private readonly goods: FollowGoods,
  ) {}

  /**
   * An extension holds for the whole lot, wherever it lies: the region that owns the lot has to decide. What is checked
   * when it is asked is checked again, because days may lie between.
   * @throws DomainError in this order: SUPPLIES_ROTATION_PROPOSAL_NOT_FOUND, SUPPLIES_ROTATION_ORDER_NOT_FOUND,
   *   SUPPLIES_ROTATION_PROPOSAL_DECIDED, SUPPLIES_ROTATION_SAME_PERSON, then of an approval
   *   SUPPLIES_ROTATION_TRANSITION_FORBIDDEN, AUTH_REGION_OUT_OF_SCOPE, SUPPLIES_DATES_INVALID or what a way out throws
   * Source: plan 004 §22 (rotation).
   */
  async execute(tx: Tx, decision: ProposalDecision, causeFor: (orderId: string) => Cause): Promise<DecidedResponse> {
    const { caller, approved, note, proposalId } = decision;
    const order = await this.orders.lockFor(tx, caller, await this.proposals.orderOf(tx, proposalId));
    const proposal = await this.proposals.lock(tx, proposalId);
    if (proposal.state !== 'proposed') throw new DomainError('SUPPLIES_ROTATION_PROPOSAL_DECIDED');
    if (proposal.proposedById === caller.userId) throw new DomainError('SUPPLIES_ROTATION_SAME_PERSON');
    const state = approved ? 'approved' : 'rejected';
    await this.proposals.decide(tx, proposal.id, { state, by: caller, note });
    const answer = { proposalId: proposal.id, orderId: order.id, state, movementId: null, extensionId: null } as const;
    if (!approved) return answer;
    if (proposal.way === 'extend') return { ...answer, extensionId: await this.extend(tx, order, proposal, caller) };
    const { movementId } = await this.scrap(tx, order, proposal, caller, causeFor(order.id));
    return { ...answer, movementId };
  }

  private scrap(tx: Tx, order: RotationOrder, proposal: Proposal, caller: Caller, cause: Cause) {
    const { quantityBase, fromState, document, finding } = proposal;
    const goods = { way: 'scrap', quantityBase: Number(quantityBase), fromState: fromState ?? 'available' } as const;
    const papers = { document: document ?? undefined, note: finding };
    return this.wayOut.take(tx, order, { orderId: order.id, caller, ...goods, ...papers }, cause);
  }

  private async extend(tx: Tx, order: RotationOrder, proposal: Proposal, caller: Caller): Promise<string> {
    const acting = await this.orders.move(tx, order, 'act');
    const today = chinaDay(tx.now);
    const lot = await this.lots.facts(tx, order.lotId);
    if (!regionCovers(caller.regionCode, lot.ownerRegionCode)) throw new DomainError('AUTH_REGION_OUT_OF_SCOPE');
    const placed = await this.lots.find(tx, today, order.depotId, order.lotId);
    if (!placed) throw new DomainError('SUPPLIES_LOT_NOT_FOUND', { detail: 'nothing of the lot lies in the depot' });
    const newExpiryDate = proposal.newExpiryDate as Day;
    assertExtension({ ...lot, lifeEnd: placed.life.end }, newExpiryDate, today);
    if (!(await this.lots.extend(tx, lot.lotId, lot.expiryDate, newExpiryDate))) {
      throw new DomainError('SUPPLIES_LOT_CONFLICT', { detail: 'the date of the lot was changed in the meantime' });
    }
    const extension = { lotId: lot.lotId, oldLifeEnd: placed.life.end, newExpiryDate };
    const extensionId = await this.proposals.insertExtension(tx, extension, proposal, caller);
    const { document, finding } = proposal;
    const action = {
      id: newId(),
      orderId: order.id,
      way: 'extend',
      quantityBase: placed.heldBase,
      extensionId,
    } as const;
    await this.orders.insertAction(tx, { ...action, document: document ?? undefined, note: finding }, caller);
    await this.goods.follow(tx, acting);
    return extensionId;
  }
}
