import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import type { Caller } from '@ledger/contracts';
import {
  Idempotency,
  RequestCaller,
  RequestIdentity,
  RequireAction,
  causeOfRequest,
  requireRegion,
  type Identity,
} from '@ledger/platform';
import { DraftOrdersUseCase } from './draft-orders';
import { DraftOrdersRequest, DraftOrdersResponse } from './dto/draft-orders.dto';
import { EnterpriseGapsResponse } from './dto/enterprise-gap.dto';
import {
  GapsQuery,
  GapsResponse,
  PlaceGapsQuery,
  PlaceGapsResponse,
  WhatIfRequest,
  WhatIfResponse,
} from './dto/gap.dto';
import { EnterpriseGapsQueries } from './enterprise-gaps.queries';
import { GapsQueries } from './gaps.queries';

@Controller('gaps')
export class GapsController {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly queries: GapsQueries,
    private readonly enterpriseQueries: EnterpriseGapsQueries,
    private readonly draftOrders: DraftOrdersUseCase,
  ) {}

  /** What a region and everything below it lacks, rolled up over the tiers, the largest gap first. */
  @Get()
  @RequireAction('stock.read')
  async gaps(@Query() query: GapsQuery, @RequestCaller() caller: Caller): Promise<GapsResponse> {
    if (query.region !== undefined) requireRegion(caller, query.region);
    return this.queries.gaps(caller, query);
  }

  /** What each region lacks by itself, with the rule and the source that made the number. */
  @Get('places')
  @RequireAction('stock.read')
  async places(@Query() query: PlaceGapsQuery, @RequestCaller() caller: Caller): Promise<PlaceGapsResponse> {
    if (query.region !== undefined) requireRegion(caller, query.region);
    return this.queries.places(caller, query);
  }

  /** Key enterprises that keep less than the minimum that a region has set for them. */
  @Get('enterprises')
  @RequireAction('stock.read')
  async enterprises(@Query() query: GapsQuery, @RequestCaller() caller: Caller): Promise<EnterpriseGapsResponse> {
    if (query.region !== undefined) requireRegion(caller, query.region);
    return this.enterpriseQueries.enterprises(caller, query);
  }

  /** The gap list as it would be with other people, risks or standards. It writes nothing and needs no key. */
  @Post('what-if')
  @HttpCode(200)
  @RequireAction('stock.read')
  async whatIf(@Body() request: WhatIfRequest, @RequestCaller() caller: Caller): Promise<WhatIfResponse> {
    for (const { regionCode } of [...request.populations, ...request.riskLevels]) requireRegion(caller, regionCode);
    if (request.region !== undefined) requireRegion(caller, request.region);
    return this.queries.whatIf(caller, request);
  }

  /** Drafts purchase orders under framework agreements for what is missing and not ordered yet. */
  @Post('draft-orders')
  @HttpCode(201)
  @RequireAction('purchase.draft')
  async draft(
    @Body() request: DraftOrdersRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<DraftOrdersResponse> {
    if (request.region !== undefined) requireRegion(identity.caller, request.region);
    const cause = causeOfRequest(identity, identity.correlationId);
    return this.idempotency.once(identity, (tx) => this.draftOrders.execute(tx, identity.caller, request, cause));
  }
}
