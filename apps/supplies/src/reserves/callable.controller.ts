import { Controller, Get, Param, Query } from '@nestjs/common';
import type { Caller } from '@ledger/contracts';
import { RequestCaller, RequireAction, requireRegion } from '@ledger/platform';
import { ItemParam } from '../catalogue/dto/item.dto';
import { CallableQueries } from './callable.queries';
import { CallableQuery, CallableResponse } from './dto/callable.dto';

@Controller('items')
export class CallableController {
  constructor(private readonly queries: CallableQueries) {}

  /** What can be called of an item for a place, now and within hours; with a quantity, what to start by when. */
  @Get(':code/callable')
  @RequireAction('reserve-contract.read')
  async callable(
    @Param() { code }: ItemParam,
    @Query() query: CallableQuery,
    @RequestCaller() caller: Caller,
  ): Promise<CallableResponse> {
    if (query.region !== undefined) requireRegion(caller, query.region);
    return this.queries.callable(caller, code, query);
  }
}
