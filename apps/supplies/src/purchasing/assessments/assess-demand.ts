import { Injectable } from '@nestjs/common';
import { DomainError, dayInChina, type Caller } from '@ledger/contracts';
import type { Cause, Tx } from '@ledger/platform';
import { ApprovalDesk } from '../../approvals/approval-desk';
import { DepotsRepository, type Depot } from '../../catalogue/depots.repository';
import { MAX_AMOUNT_FEN } from '../../input/patterns';
import type { PurchaseNeed } from '../../standards/domain/purchase-need';
import { recorderOf } from '../../stock/domain/recorder';
import type { Choice } from '../domain/choose-agreements';
import { DraftPurchaseOrders } from '../draft-purchase-orders';
import { AssessmentsRepository, type AssessedLine } from './assessments.repository';
import { coverShortage, positionOf } from './domain/cover-shortage';
import { callProposal, purchaseProposal, type KnownSource, type Proposal } from './domain/propose';
import type { AssessDemandRequest, AssessmentStepResponse } from './dto/assessment.dto';
import type { ScenarioFacts, SourcedDemand } from './scenario-facts.queries';

export interface DemandAssessment {
  readonly caller: Caller;
  readonly request: AssessDemandRequest;
  readonly facts: ScenarioFacts;
}

/**
 * Stores what an assumed scenario would lack and how it could be filled 需求预评估: bought in advance where there is time,
 * called from reserves where there is not. Nothing is ordered or called by it.
 * Source: plan 004 §22 (demand assessment, advance purchase).
 */
@Injectable()
export class AssessDemandUseCase {
  constructor(
    private readonly depots: DepotsRepository,
    private readonly drafts: DraftPurchaseOrders,
    private readonly assessments: AssessmentsRepository,
    private readonly desk: ApprovalDesk,
  ) {}

  /**
   * @throws DomainError in this order: SUPPLIES_DEPOT_NOT_FOUND (also out of the caller's reach), SUPPLIES_DEPOT_CLOSED,
   *   REQUEST_INVALID when the purchases would cost more than an order may
   */
  async execute(tx: Tx, { caller, request, facts }: DemandAssessment, cause: Cause): Promise<AssessmentStepResponse> {
    const depot = await this.depots.findFor(tx, caller, request.depotId, 'receive');
    const choice = await this.choose(tx, depot, request, facts);
    const assessed = facts.demands.map((demand) => assess(demand, choice, request, facts));
    const proposals = assessed.flatMap((each) => each.proposals);
    const amountFen = proposals.reduce((sum, proposal) => sum + (proposal.amountFen ?? 0), 0);
    if (amountFen > MAX_AMOUNT_FEN) {
      throw new DomainError('REQUEST_INVALID', {
        errors: [{ pointer: '/lines', reason: 'cost more than an order may' }],
      });
    }
    const { id, number } = await this.assessments.insert(tx, {
      ...{ request, place: depot, assessedAt: facts.at, assessedBy: recorderOf(caller), amountFen, proposals },
      lines: assessed.map(({ line }) => line),
    });
    const place = { regionCode: request.regionCode, organisationId: depot.organisationId };
    const waiting = await this.desk.open(
      tx,
      {
        ...{ kind: 'pre-assessment', subjectId: id, subjectNumber: number, place, amountFen, lane: 'ordinary', caller },
      },
      cause,
    );
    const { dueAt, signatory } = waiting;
    return { assessmentId: id, number, state: 'proposed', amountFen, papersDueAt: dueAt.toISOString(), signatory };
  }

  private choose(tx: Tx, depot: Depot, request: AssessDemandRequest, facts: ScenarioFacts): Promise<Choice> {
    const needs = facts.demands.flatMap(({ sources, ...wanted }): PurchaseNeed[] => {
      const { itemCode, demandBase } = wanted;
      const { shortBase: quantityBase } = positionOf(wanted, sources, facts.hours);
      const reason = `${request.title}: ${quantityBase} of ${demandBase} are neither in the stores nor on order`;
      return quantityBase === 0
        ? []
        : [{ itemCode, quantityBase, depotId: depot.id, neededBy: request.neededBy, reason }];
    });
    return this.drafts.choose(tx, needs, new Map([[depot.id, depot]]));
  }
}

function assess(
  { sources, ...demand }: SourcedDemand,
  choice: Choice,
  { neededBy }: AssessDemandRequest,
  { at, hours }: ScenarioFacts,
): { readonly line: AssessedLine; readonly proposals: readonly Proposal[] } {
  const { itemCode } = demand;
  const purchases = choice.shares.filter(({ need }) => need.itemCode === itemCode);
  const unmet = choice.unmet.find(({ need }) => need.itemCode === itemCode);
  const { calls, uncoveredBase } = coverShortage(unmet?.quantityBase ?? 0, sources, hours);
  const byId = new Map(sources.map((source): [string, KnownSource] => [source.sourceId, source]));
  const uncoveredReason = uncoveredBase > 0 ? (unmet?.reasoning ?? null) : null;
  return {
    line: { ...demand, ...positionOf(demand, sources, hours), uncoveredBase, uncoveredReason },
    proposals: [
      ...purchases.map((share) => purchaseProposal(share, dayInChina(at), neededBy)),
      ...calls.map((call) => callProposal(itemCode, call, byId.get(call.part.sourceId) as KnownSource, at)),
    ],
  };
}
