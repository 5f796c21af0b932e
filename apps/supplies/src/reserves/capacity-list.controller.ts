import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import type { Caller } from '@ledger/contracts';
import {
  Idempotency,
  RequestCaller,
  RequestIdentity,
  RequireAction,
  requireRegion,
  type Identity,
} from '@ledger/platform';
import { CapacityListQueries } from './capacity-list.queries';
import { ChangeCapacityListUseCase } from './change-capacity-list';
import {
  CapacityChangeResponse,
  CapacityChangesResponse,
  CapacityListOnDayQuery,
  CapacityListQuery,
  CapacityListResponse,
  EnterCapacityRequest,
  RemoveCapacityRequest,
} from './dto/capacity-list.dto';

@Controller('capacity-list')
export class CapacityListController {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly queries: CapacityListQueries,
    private readonly change: ChangeCapacityListUseCase,
  ) {}

  /** The capacity list (产能清单) as it stands, or stood on a day. */
  @Get()
  @RequireAction('reserve-contract.read')
  async list(@Query() query: CapacityListOnDayQuery, @RequestCaller() caller: Caller): Promise<CapacityListResponse> {
    if (query.region !== undefined) requireRegion(caller, query.region);
    return this.queries.list(caller, query);
  }

  /** Every entry and removal, the latest first. */
  @Get('changes')
  @RequireAction('reserve-contract.read')
  async changes(@Query() query: CapacityListQuery, @RequestCaller() caller: Caller): Promise<CapacityChangesResponse> {
    if (query.region !== undefined) requireRegion(caller, query.region);
    return this.queries.changes(caller, query);
  }

  /** Puts an enterprise on the list for an item and a region. */
  @Post('entries')
  @HttpCode(201)
  @RequireAction('reserve-contract.manage')
  enter(@Body() request: EnterCapacityRequest, @RequestIdentity() identity: Identity): Promise<CapacityChangeResponse> {
    return this.idempotency.once(identity, (tx) => this.change.enter(tx, identity.caller, request));
  }

  /** Takes an enterprise off the list. */
  @Post('removals')
  @HttpCode(201)
  @RequireAction('reserve-contract.manage')
  remove(
    @Body() request: RemoveCapacityRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<CapacityChangeResponse> {
    return this.idempotency.once(identity, (tx) => this.change.remove(tx, identity.caller, request));
  }
}
