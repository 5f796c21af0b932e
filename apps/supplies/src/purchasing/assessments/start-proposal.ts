import { Injectable } from '@nestjs/common';
import { DomainError, startOfDayInChina, type Caller } from '@ledger/contracts';
import type { Cause, Tx } from '@ledger/platform';
import { PlaceCallUseCase } from '../../reserves/place-call';
import { AssessmentsRepository } from './assessments.repository';
import { assertApproved } from './decide-assessment';
import type { StartProposalResponse } from './dto/assessment.dto';

export interface ProposalStart {
  readonly caller: Caller;
  readonly assessmentId: string;
  readonly proposalId: string;
}

/** Starts a reserve contract that an approved pre-assessment proposes to call. */
@Injectable()
export class StartProposalUseCase {
  constructor(
    private readonly assessments: AssessmentsRepository,
    private readonly placeCall: PlaceCallUseCase,
  ) {}

  /**
   * The call is one like any other: large ones wait for an approver.
   * @throws DomainError in this order: SUPPLIES_PRE_ASSESSMENT_NOT_FOUND (also out of reach, and for an unknown proposal),
   *   SUPPLIES_PRE_ASSESSMENT_NOT_APPROVED, SUPPLIES_PROPOSAL_NOT_STARTABLE for one that is no call of a contract or was
   *   started before, then as PlaceCallUseCase
   */
  async execute(
    tx: Tx,
    { caller, assessmentId, proposalId }: ProposalStart,
    cause: Cause,
  ): Promise<StartProposalResponse> {
    const assessment = await this.assessments.lockFor(tx, caller, assessmentId);
    const proposal = assessment.proposals.find((each) => each.proposalId === proposalId.toLowerCase());
    if (!proposal) throw new DomainError('SUPPLIES_PRE_ASSESSMENT_NOT_FOUND');
    assertApproved(assessment);
    const { kind, outcomeId, quantityBase, sourceId: contractId } = proposal;
    if (!['agreement-call', 'capacity-call'].includes(kind) || outcomeId !== null) {
      throw new DomainError('SUPPLIES_PROPOSAL_NOT_STARTABLE', { facts: { kind, outcomeId } });
    }
    const request = {
      ...{ quantityBase, destinationDepotId: assessment.depotId, reason: `${assessment.number}, ${assessment.season}` },
      neededBy: startOfDayInChina(assessment.neededBy).toISOString(),
    };
    const { callId, state } = await this.placeCall.execute(tx, { contractId, caller, request }, cause);
    await this.assessments.setOutcome(tx, [proposal.proposalId], callId);
    return { proposalId: proposal.proposalId, callId, state };
  }
}
