import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import type { Caller } from '@ledger/contracts';
import {
  IdParam,
  Idempotency,
  RequestCaller,
  RequestIdentity,
  RequireAction,
  causeOfRequest,
  requireRegion,
  type Identity,
} from '@ledger/platform';
import { DecideApprovalRequest } from '../../approvals/dto/approval.dto';
import { AssessDemandUseCase } from './assess-demand';
import { AssessmentsQueries } from './assessments.queries';
import { DecideAssessmentUseCase } from './decide-assessment';
import {
  AssessDemandRequest,
  AssessmentDetailResponse,
  AssessmentStepResponse,
  AssessmentsQuery,
  AssessmentsResponse,
  ProposalParam,
  StartProposalResponse,
} from './dto/assessment.dto';
import { ScenarioFactsQueries } from './scenario-facts.queries';
import { StartProposalUseCase } from './start-proposal';

@Controller('purchasing/pre-assessments')
export class AssessmentsController {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly queries: AssessmentsQueries,
    private readonly facts: ScenarioFactsQueries,
    private readonly assessDemand: AssessDemandUseCase,
    private readonly decideAssessment: DecideAssessmentUseCase,
    private readonly startProposal: StartProposalUseCase,
  ) {}

  /** Pre-assessments of a region, the latest first. */
  @Get()
  @RequireAction('purchase.read')
  async assessments(@Query() query: AssessmentsQuery, @RequestCaller() caller: Caller): Promise<AssessmentsResponse> {
    if (query.region !== undefined) requireRegion(caller, query.region);
    return this.queries.assessments(caller, query);
  }

  /** One pre-assessment: its assumptions, its shortage list and its proposals. */
  @Get(':id')
  @RequireAction('purchase.read')
  assessment(@Param() { id }: IdParam, @RequestCaller() caller: Caller): Promise<AssessmentDetailResponse> {
    return this.queries.assessment(caller, id);
  }

  /** Works out what an assumed scenario would lack, and proposes how to fill it; nothing is ordered or called. */
  @Post()
  @HttpCode(201)
  @RequireAction('purchase.draft')
  async assess(
    @Body() request: AssessDemandRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<AssessmentStepResponse> {
    const { caller } = identity;
    for (const { regionCode } of [request, ...request.people]) requireRegion(caller, regionCode);
    const facts = await this.facts.gather(caller, request);
    const cause = causeOfRequest(identity, identity.correlationId);
    return this.idempotency.once(identity, (tx) => this.assessDemand.execute(tx, { caller, request, facts }, cause));
  }

  /** A second person approves, which drafts the advance orders, or refuses. */
  @Post(':id/decision')
  @HttpCode(200)
  @RequireAction('purchase.approve')
  decide(
    @Param() { id }: IdParam,
    @Body() request: DecideApprovalRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<AssessmentStepResponse> {
    const input = { caller: identity.caller, assessmentId: id, request };
    return this.idempotency.once(identity, (tx) => this.decideAssessment.execute(tx, input));
  }

  /** Starts a reserve contract that the approved pre-assessment proposes to call. */
  @Post(':id/proposals/:proposalId/start')
  @HttpCode(201)
  @RequireAction('reserve-call.place')
  start(@Param() param: ProposalParam, @RequestIdentity() identity: Identity): Promise<StartProposalResponse> {
    const input = { caller: identity.caller, assessmentId: param.id, proposalId: param.proposalId };
    const cause = causeOfRequest(identity, param.id);
    return this.idempotency.once(identity, (tx) => this.startProposal.execute(tx, input, cause));
  }
}
