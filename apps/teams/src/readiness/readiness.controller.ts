import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import type { Caller } from '@ledger/contracts';
import {
  IdParam,
  Idempotency,
  PageQuery,
  RequestCaller,
  RequestIdentity,
  RequireAction,
  causeOfRequest,
  type Identity,
} from '@ledger/platform';
import {
  LowerReadinessRequest,
  OverrideWrittenResponse,
  RaiseReadinessRequest,
  ReadinessHistoryResponse,
  ReadinessQuery,
  ReadinessResponse,
  RuleWrittenResponse,
  RulesResponse,
  SetRuleRequest,
} from './dto/readiness.dto';
import { LiftOverrideUseCase } from './lift-override';
import { OverrideReadinessUseCase, type OverrideWish } from './override-readiness';
import { ReadinessQueries } from './readiness.queries';
import { SetRuleUseCase } from './set-rule';

@Controller()
export class ReadinessController {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly queries: ReadinessQueries,
    private readonly overrideReadiness: OverrideReadinessUseCase,
    private readonly liftOverride: LiftOverrideUseCase,
    private readonly setRule: SetRuleUseCase,
  ) {}

  /** How ready a team is now, or was at any minute, and why. */
  @Get('teams/:id/readiness')
  @RequireAction('team.read')
  readiness(
    @Param() { id }: IdParam,
    @Query() { asOf }: ReadinessQuery,
    @RequestCaller() caller: Caller,
  ): Promise<ReadinessResponse> {
    return this.queries.readiness(caller, id, asOf);
  }

  /** The intervals of a team's readiness, the latest first. */
  @Get('teams/:id/readiness-history')
  @RequireAction('team.read')
  async history(
    @Param() { id }: IdParam,
    @Query() page: PageQuery,
    @RequestCaller() caller: Caller,
  ): Promise<ReadinessHistoryResponse> {
    return { items: await this.queries.history(caller, id, page) };
  }

  /** Says that a team is less ready than computed. */
  @Post('teams/:id/readiness-lowering')
  @HttpCode(201)
  @RequireAction('readiness.lower')
  lower(
    @Param() { id }: IdParam,
    @Body() request: LowerReadinessRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<OverrideWrittenResponse> {
    const until = request.until == null ? null : new Date(request.until);
    return this.override(identity, { ...wishOf(identity, id, request), way: 'lower', until });
  }

  /** Says, in the name of an approver and until an instant, that a team is more ready than computed. */
  @Post('teams/:id/readiness-raising')
  @HttpCode(201)
  @RequireAction('readiness.raise')
  raise(
    @Param() { id }: IdParam,
    @Body() request: RaiseReadinessRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<OverrideWrittenResponse> {
    return this.override(identity, { ...wishOf(identity, id, request), way: 'raise', until: new Date(request.until) });
  }

  /** Ends an override before its time. */
  @Post('teams/:id/readiness-override-end')
  @HttpCode(200)
  @RequireAction('readiness.lift')
  lift(@Param() { id }: IdParam, @RequestIdentity() identity: Identity): Promise<OverrideWrittenResponse> {
    const cause = causeOfRequest(identity, id);
    return this.idempotency.once(identity, (tx) => this.liftOverride.execute(tx, identity.caller, id, cause));
  }

  /** What teams need to be ready, by kind, region and day. */
  @Get('readiness-rules')
  @RequireAction('team.read')
  async rules(@Query() page: PageQuery, @RequestCaller() caller: Caller): Promise<RulesResponse> {
    return { items: await this.queries.rules(caller, page) };
  }

  @Post('readiness-rules')
  @HttpCode(201)
  @RequireAction('readiness-rule.set')
  set(@Body() request: SetRuleRequest, @RequestIdentity() identity: Identity): Promise<RuleWrittenResponse> {
    return this.idempotency.once(identity, (tx) => this.setRule.execute(tx, identity.caller, request));
  }

  private override(identity: Identity, wish: OverrideWish): Promise<OverrideWrittenResponse> {
    const cause = causeOfRequest(identity, wish.teamId);
    return this.idempotency.once(identity, (tx) => this.overrideReadiness.execute(tx, wish, cause));
  }
}

const wishOf = (
  { caller }: Identity,
  teamId: string,
  { level, reason }: LowerReadinessRequest | RaiseReadinessRequest,
) => ({ caller, teamId, level, reason });
