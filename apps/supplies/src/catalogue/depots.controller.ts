import { Controller, Get, Query } from '@nestjs/common';
import type { Caller } from '@ledger/contracts';
import { RequestCaller, RequireAction, requireRegion } from '@ledger/platform';
import { CatalogueQueries } from './catalogue.queries';
import { DepotsQuery, DepotsResponse } from './dto/depot.dto';

@Controller('depots')
export class DepotsController {
  constructor(private readonly queries: CatalogueQueries) {}

  /** Depots and storage points of the caller's region, or of a region below it. */
  @Get()
  @RequireAction('stock.read')
  async depots(@Query() query: DepotsQuery, @RequestCaller() caller: Caller): Promise<DepotsResponse> {
    if (query.region !== undefined) requireRegion(caller, query.region);
    return this.queries.depots(caller, query);
  }
}
