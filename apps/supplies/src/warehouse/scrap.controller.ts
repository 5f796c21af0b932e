import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import type { Caller } from '@ledger/contracts';
import {
  IdParam,
  Idempotency,
  RequestCaller,
  RequestIdentity,
  RequireAction,
  causeOfRequest,
  type Identity,
} from '@ledger/platform';
import { DecideScrapUseCase } from './decide-scrap';
import {
  DecideScrapRequest,
  ProposeScrapRequest,
  ScrapProposalResponse,
  ScrapProposalsQuery,
  ScrapProposalsResponse,
  ScrapStepResponse,
  SendBackRequest,
  SendBackResponse,
  SendBacksQuery,
  SendBacksResponse,
} from './dto/scrap.dto';
import { ProposeScrapUseCase } from './propose-scrap';
import { ScrapQueries } from './scrap.queries';
import { SendBackUseCase } from './send-back';

@Controller()
export class ScrapController {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly queries: ScrapQueries,
    private readonly proposeScrap: ProposeScrapUseCase,
    private readonly decideScrap: DecideScrapUseCase,
    private readonly sendBack: SendBackUseCase,
  ) {}

  /** Scrap proposals of the caller's region with their appraisals, the latest first. */
  @Get('scrap-proposals')
  @RequireAction('stock.read')
  proposals(@Query() query: ScrapProposalsQuery, @RequestCaller() caller: Caller): Promise<ScrapProposalsResponse> {
    return this.queries.proposals(caller, query);
  }

  /** One scrap proposal. */
  @Get('scrap-proposals/:id')
  @RequireAction('stock.read')
  proposal(@Param() { id }: IdParam, @RequestCaller() caller: Caller): Promise<ScrapProposalResponse> {
    return this.queries.proposal(caller, id);
  }

  /** Proposes goods to be scrapped, with the record of their appraisal. */
  @Post('scrap-proposals')
  @HttpCode(201)
  @RequireAction('scrap.propose')
  propose(@Body() request: ProposeScrapRequest, @RequestIdentity() identity: Identity): Promise<ScrapStepResponse> {
    const wish = { caller: identity.caller, request };
    const cause = causeOfRequest(identity, identity.correlationId);
    return this.idempotency.once(identity, (tx) => this.proposeScrap.execute(tx, wish, cause));
  }

  /** Approves or rejects a proposal of somebody else. */
  @Post('scrap-proposals/:id/decision')
  @HttpCode(201)
  @RequireAction('scrap.decide')
  decide(
    @Param() { id }: IdParam,
    @Body() request: DecideScrapRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<ScrapStepResponse> {
    const input = { proposalId: id, caller: identity.caller, request };
    const cause = causeOfRequest(identity, identity.correlationId);
    return this.idempotency.once(identity, (tx) => this.decideScrap.execute(tx, input, cause));
  }

  /** Goods that went back to their supplier or donor, the latest first. */
  @Get('send-backs')
  @RequireAction('stock.read')
  sendBacks(@Query() query: SendBacksQuery, @RequestCaller() caller: Caller): Promise<SendBacksResponse> {
    return this.queries.sendBacks(caller, query);
  }

  /** Sends goods from quarantine back to their supplier or donor. */
  @Post('send-backs')
  @HttpCode(201)
  @RequireAction('supplier.send-back')
  send(@Body() request: SendBackRequest, @RequestIdentity() identity: Identity): Promise<SendBackResponse> {
    const input = { caller: identity.caller, request };
    const cause = causeOfRequest(identity, identity.correlationId);
    return this.idempotency.once(identity, (tx) => this.sendBack.execute(tx, input, cause));
  }
}
