import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import type { Tx } from '@ledger/platform';
import { ApprovalDesk } from '../../approvals/approval-desk';
import type { DecideApprovalRequest } from '../../approvals/dto/approval.dto';
import { DepotsRepository } from '../../catalogue/depots.repository';
import { OrdersRepository } from '../orders.repository';
import { PriceOrder } from '../price-order';
import { AssessmentsRepository, type Assessment, type StoredProposal } from './assessments.repository';
import type { AssessmentStepResponse } from './dto/assessment.dto';

export interface AssessmentDecision {
  readonly caller: Caller;
  readonly assessmentId: string;
  readonly request: DecideApprovalRequest;
}

/** A second person approves a pre-assessment, or refuses it. */
@Injectable()
export class DecideAssessmentUseCase {
  constructor(
    private readonly assessments: AssessmentsRepository,
    private readonly desk: ApprovalDesk,
    private readonly depots: DepotsRepository,
    private readonly priceOrder: PriceOrder,
    private readonly orders: OrdersRepository,
  ) {}

  /**
   * Approved, its purchases become advance orders in draft, which take their own signature; its calls may be started
   * one by one. Prices are those of today: where an agreement no longer fits, the approval is refused and the scenario
   * has to be assessed anew.
   * @throws DomainError SUPPLIES_PRE_ASSESSMENT_NOT_FOUND (also out of reach), as ApprovalDesk.decide, then as PriceOrder
   */
  async execute(tx: Tx, { caller, assessmentId, request }: AssessmentDecision): Promise<AssessmentStepResponse> {
    const assessment = await this.assessments.lockFor(tx, caller, assessmentId);
    const { id, number, amountFen } = assessment;
    await this.desk.decide(tx, { kind: 'pre-assessment', subjectId: id, caller, ...request });
    const state = request.decision === 'approve' ? 'approved' : 'refused';
    await this.assessments.decide(tx, id, state);
    if (state === 'approved') await this.draftOrders(tx, caller, assessment);
    return { assessmentId: id, number, state, amountFen, papersDueAt: null, signatory: null };
  }

  private async draftOrders(tx: Tx, caller: Caller, assessment: Assessment): Promise<void> {
    const purchases = assessment.proposals.filter(({ kind }) => kind === 'advance-purchase');
    if (purchases.length === 0) return;
    const depot = await this.depots.findFor(tx, caller, assessment.depotId, 'receive');
    for (const [frameworkId, proposals] of Map.groupBy(purchases, ({ sourceId }) => sourceId)) {
      const lines = proposals.map(({ itemCode, quantityBase }) => ({ itemCode, quantityBase }));
      const unpriced = {
        kind: 'advance',
        regionCode: depot.regionCode,
        frameworkId,
        supplierId: null,
        reason: null,
      } as const;
      const priced = await this.priceOrder.execute(tx, { ...unpriced, lines });
      const { orderId } = await this.orders.insert(tx, {
        ...{ kind: 'advance', depotId: depot.id, place: depot, frameworkId, origin: 'pre-assessment', reason: null },
        ...{ season: assessment.season, neededBy: assessment.neededBy, ...priced },
        draftedBy: { name: assessment.assessedBy, userId: assessment.assessedById },
        lines: priced.lines.map((line, index) => ({ ...line, ...wordsOf(assessment, proposals[index]) })),
      });
      await this.assessments.setOutcome(
        tx,
        proposals.map(({ proposalId }) => proposalId),
        orderId,
      );
    }
  }
}

const wordsOf = ({ number }: Assessment, { reasoning }: StoredProposal) => ({ need: number, reasoning });

/** Whoever starts a proposal needs its assessment to be approved. @throws DomainError SUPPLIES_PRE_ASSESSMENT_NOT_APPROVED */
export function assertApproved({ state }: Assessment): void {
  if (state !== 'approved') throw new DomainError('SUPPLIES_PRE_ASSESSMENT_NOT_APPROVED', { facts: { state } });
}
