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
import {
  EndNeedRequest,
  EndedNeedResponse,
  NeedsQuery,
  NeedsResponse,
  RecordNeedRequest,
  RecordedNeedResponse,
} from './dto/pre-positioning.dto';
import { EndNeedUseCase } from './end-need';
import { PrePositioningQueries } from './pre-positioning.queries';
import { RecordNeedUseCase } from './record-need';

@Controller('pre-positioning-needs')
export class PrePositioningController {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly queries: PrePositioningQueries,
    private readonly recordNeed: RecordNeedUseCase,
    private readonly endNeed: EndNeedUseCase,
  ) {}

  /** Regions in which goods have to lie beforehand, with or without a depot. */
  @Get()
  @RequireAction('stock.read')
  async needs(@Query() query: NeedsQuery, @RequestCaller() caller: Caller): Promise<NeedsResponse> {
    if (query.region !== undefined) requireRegion(caller, query.region);
    return this.queries.needs(caller, query);
  }

  /** Records such a region. */
  @Post()
  @HttpCode(201)
  @RequireAction('depot.manage')
  record(@Body() request: RecordNeedRequest, @RequestIdentity() identity: Identity): Promise<RecordedNeedResponse> {
    const need = { caller: identity.caller, request };
    return this.idempotency.once(identity, (tx) => this.recordNeed.execute(tx, need));
  }

  /** Sets the last day of a need. */
  @Post(':id/end')
  @HttpCode(200)
  @RequireAction('depot.manage')
  end(
    @Param() { id }: IdParam,
    @Body() { validTo }: EndNeedRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<EndedNeedResponse> {
    const end = { needId: id, caller: identity.caller, validTo };
    return this.idempotency.once(identity, (tx) => this.endNeed.execute(tx, end));
  }
}
