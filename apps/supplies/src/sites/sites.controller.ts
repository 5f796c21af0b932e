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
import { RecordReturnRequest, ReturnResponse } from '../returns/dto/return.dto';
import { RecordReturnUseCase } from '../returns/record-return';
import { RecordHandoutRequest, RecordHandoutResponse } from './dto/handout.dto';
import { SiteResponse } from './dto/site.dto';
import { RecordHandoutUseCase } from './record-handout';
import { SitesQueries } from './sites.queries';

@Controller('sites')
export class SitesController {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly queries: SitesQueries,
    private readonly recordHandout: RecordHandoutUseCase,
    private readonly recordReturn: RecordReturnUseCase,
  ) {}

  /** An incident site and what is there, by allocation line. */
  @Get(':id')
  @RequireAction('stock.read')
  site(@Param() { id }: IdParam, @Query() page: PageQuery, @RequestCaller() caller: Caller): Promise<SiteResponse> {
    return this.queries.site(caller, id, page);
  }

  /** Records goods that were given to people at the site. */
  @Post(':id/hand-outs')
  @HttpCode(201)
  @RequireAction('handout.record')
  handOut(
    @Param() { id }: IdParam,
    @Body() request: RecordHandoutRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<RecordHandoutResponse> {
    const input = { siteId: id, caller: identity.caller, request };
    const cause = causeOfRequest(identity, request.allocationId);
    return this.idempotency.once(identity, (tx) => this.recordHandout.execute(tx, input, cause));
  }

  /** Takes goods back from the site into a depot, after inspection. */
  @Post(':id/returns')
  @HttpCode(201)
  @RequireAction('return.record')
  takeBack(
    @Param() { id }: IdParam,
    @Body() request: RecordReturnRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<ReturnResponse> {
    const input = { siteId: id, caller: identity.caller, request };
    const cause = causeOfRequest(identity, request.allocationId);
    return this.idempotency.once(identity, (tx) => this.recordReturn.execute(tx, input, cause));
  }
}
