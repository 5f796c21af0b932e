import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import type { Caller } from '@ledger/contracts';
import {
  IdParam,
  Idempotency,
  RequestCaller,
  RequestIdentity,
  RequireAction,
  requireRegion,
  type Identity,
} from '@ledger/platform';
import { FactsResponse, RecordFactRequest, SetShareRequest, SharesResponse } from './dto/fact.dto';
import { EndRuleRequest, FactsQuery, RulesQuery, RulesResponse, SetResponse, SetRuleRequest } from './dto/rule.dto';
import { EndRuleUseCase } from './end-rule';
import { RecordFactUseCase } from './record-fact';
import { RulesQueries } from './rules.queries';
import { SetRuleUseCase } from './set-rule';
import { SetShareUseCase } from './set-share';

@Controller('standards')
export class StandardsController {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly queries: RulesQueries,
    private readonly setRule: SetRuleUseCase,
    private readonly endRule: EndRuleUseCase,
    private readonly recordFact: RecordFactUseCase,
    private readonly setShare: SetShareUseCase,
  ) {}

  /** Rules that bind a region or were set below it, on a day. */
  @Get('rules')
  @RequireAction('stock.read')
  async rules(@Query() query: RulesQuery, @RequestCaller() caller: Caller): Promise<RulesResponse> {
    if (query.region !== undefined) requireRegion(caller, query.region);
    return this.queries.rules(caller, query);
  }

  /** Sets a rule from a day on. */
  @Post('rules')
  @HttpCode(201)
  @RequireAction('standard.set')
  async addRule(@Body() request: SetRuleRequest, @RequestIdentity() identity: Identity): Promise<SetResponse> {
    requireRegion(identity.caller, request.regionCode);
    return this.idempotency.once(identity, (tx) => this.setRule.execute(tx, identity.caller, request));
  }

  /** Ends a rule; the answer names the row that records it. */
  @Post('rules/:id/end')
  @HttpCode(201)
  @RequireAction('standard.set')
  finishRule(
    @Param() { id }: IdParam,
    @Body() request: EndRuleRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<SetResponse> {
    const end = { ruleId: id, caller: identity.caller, request };
    return this.idempotency.once(identity, (tx) => this.endRule.execute(tx, end));
  }

  /** People and risk levels of regions, on a day. */
  @Get('facts')
  @RequireAction('stock.read')
  async facts(@Query() query: FactsQuery, @RequestCaller() caller: Caller): Promise<FactsResponse> {
    if (query.region !== undefined) requireRegion(caller, query.region);
    return this.queries.facts(caller, query);
  }

  /** Enters the people or the risk level of a region from a day on. */
  @Post('facts')
  @HttpCode(201)
  @RequireAction('standard.set')
  async addFact(@Body() request: RecordFactRequest, @RequestIdentity() identity: Identity): Promise<SetResponse> {
    requireRegion(identity.caller, request.regionCode);
    return this.idempotency.once(identity, (tx) => this.recordFact.execute(tx, identity.caller, request));
  }

  /** How much of the standards contracts may cover, on a day. */
  @Get('shares')
  @RequireAction('stock.read')
  async shares(@Query() query: RulesQuery, @RequestCaller() caller: Caller): Promise<SharesResponse> {
    if (query.region !== undefined) requireRegion(caller, query.region);
    return this.queries.shares(caller, query);
  }

  /** Sets such a share from a day on. */
  @Post('shares')
  @HttpCode(201)
  @RequireAction('standard.set')
  async addShare(@Body() request: SetShareRequest, @RequestIdentity() identity: Identity): Promise<SetResponse> {
    requireRegion(identity.caller, request.regionCode);
    return this.idempotency.once(identity, (tx) => this.setShare.execute(tx, identity.caller, request));
  }
}
