import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import type { Caller } from '@ledger/contracts';
import {
  Idempotency,
  PageQuery,
  RequestCaller,
  RequestIdentity,
  RequireAction,
  requireRegion,
  type Identity,
} from '@ledger/platform';
import { CountFiguresQueries } from './count-figures.queries';
import { CountAccuracyQuery, CountAccuracyResponse, DueCountsResponse, RegionPageQuery } from './dto/count-list.dto';
import {
  CountClassResponse,
  CountItemResponse,
  CountSettingsResponse,
  SetCountClassRequest,
  SetCountItemRequest,
} from './dto/count-settings.dto';
import { SetCountRulesUseCase } from './set-count-rules';

/** What is due, how accurate the books are, and the rules of counting. */
@Controller()
export class CountFiguresController {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly queries: CountFiguresQueries,
    private readonly setRules: SetCountRulesUseCase,
  ) {}

  /** Items whose next count is due, by the interval of their class. */
  @Get('counts-due')
  @RequireAction('stock.read')
  async due(@Query() query: RegionPageQuery, @RequestCaller() caller: Caller): Promise<DueCountsResponse> {
    if (query.region !== undefined) requireRegion(caller, query.region);
    return this.queries.due(caller, query);
  }

  /** Lines without a variance ÷ lines counted, by depot, by item or by both. */
  @Get('count-accuracy')
  @RequireAction('stock.read')
  async accuracy(@Query() query: CountAccuracyQuery, @RequestCaller() caller: Caller): Promise<CountAccuracyResponse> {
    if (query.region !== undefined) requireRegion(caller, query.region);
    return this.queries.accuracy(caller, query);
  }

  /** Intervals, tolerances and limits of approval. */
  @Get('count-settings')
  @RequireAction('stock.read')
  settings(@Query() page: PageQuery, @RequestCaller() caller: Caller): Promise<CountSettingsResponse> {
    return this.queries.settings(caller, page);
  }

  /** Sets how a class is counted in a region. */
  @Post('count-settings/classes')
  @HttpCode(200)
  @RequireAction('count.configure')
  async setClass(
    @Body() request: SetCountClassRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<CountClassResponse> {
    requireRegion(identity.caller, request.region);
    return this.idempotency.once(identity, (tx) => this.setRules.setClass(tx, identity.caller, request));
  }

  /** Sets the class of an item, and what a piece of it is worth, in a region. */
  @Post('count-settings/items')
  @HttpCode(200)
  @RequireAction('count.configure')
  async setItem(
    @Body() request: SetCountItemRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<CountItemResponse> {
    requireRegion(identity.caller, request.region);
    return this.idempotency.once(identity, (tx) => this.setRules.setItem(tx, identity.caller, request));
  }
}
