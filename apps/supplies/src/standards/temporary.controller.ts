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
import { SetResponse } from './dto/rule.dto';
import {
  EndTemporaryStandardRequest,
  PlanTemporaryStandardRequest,
  TemporaryMovesResponse,
  TemporaryStandardDetailResponse,
  TemporaryStandardsQuery,
  TemporaryStandardsResponse,
} from './dto/temporary.dto';
import { EndTemporaryStandardUseCase } from './end-temporary-standard';
import { PlanTemporaryStandardUseCase } from './plan-temporary-standard';
import { TemporaryQueries } from './temporary.queries';

@Controller('standards/temporary')
export class TemporaryController {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly queries: TemporaryQueries,
    private readonly planStandard: PlanTemporaryStandardUseCase,
    private readonly endStandard: EndTemporaryStandardUseCase,
  ) {}

  /** Standards for an event, a season or a special need, the latest first. */
  @Get()
  @RequireAction('stock.read')
  async standards(
    @Query() query: TemporaryStandardsQuery,
    @RequestCaller() caller: Caller,
  ): Promise<TemporaryStandardsResponse> {
    if (query.region !== undefined) requireRegion(caller, query.region);
    return this.queries.standards(caller, query);
  }

  /** What has to be moved in for them, by when, and what taken back after. */
  @Get('moves')
  @RequireAction('stock.read')
  async moves(
    @Query() query: TemporaryStandardsQuery,
    @RequestCaller() caller: Caller,
  ): Promise<TemporaryMovesResponse> {
    if (query.region !== undefined) requireRegion(caller, query.region);
    return this.queries.moves(caller, query);
  }

  /** One of them, with where its goods stand. */
  @Get(':id')
  @RequireAction('stock.read')
  standard(@Param() { id }: IdParam, @RequestCaller() caller: Caller): Promise<TemporaryStandardDetailResponse> {
    return this.queries.standard(caller, id);
  }

  /** Plans one for a region or a depot. */
  @Post()
  @HttpCode(201)
  @RequireAction('standard.set')
  plan(@Body() request: PlanTemporaryStandardRequest, @RequestIdentity() identity: Identity): Promise<SetResponse> {
    const cause = causeOfRequest(identity, identity.correlationId);
    return this.idempotency.once(identity, (tx) => this.planStandard.execute(tx, identity.caller, request, cause));
  }

  /** Ends one before its last day. */
  @Post(':id/end')
  @HttpCode(201)
  @RequireAction('standard.set')
  finish(
    @Param() { id }: IdParam,
    @Body() request: EndTemporaryStandardRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<SetResponse> {
    const end = { standardId: id, caller: identity.caller, request };
    const cause = causeOfRequest(identity, identity.correlationId);
    return this.idempotency.once(identity, (tx) => this.endStandard.execute(tx, end, cause));
  }
}
