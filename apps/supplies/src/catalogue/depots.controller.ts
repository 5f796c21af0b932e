import { Controller, Get, Param, Query } from '@nestjs/common';
import type { Caller } from '@ledger/contracts';
import { IdParam, RequestCaller, RequireAction, requireRegion } from '@ledger/platform';
import { CatalogueQueries } from './catalogue.queries';
import { DepotDetailResponse, DepotsQuery, DepotsResponse } from './dto/depot.dto';

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

  /** One depot with the reserve standards in force today. */
  @Get(':id')
  @RequireAction('stock.read')
  depot(@Param() { id }: IdParam, @RequestCaller() caller: Caller): Promise<DepotDetailResponse> {
    return this.queries.depot(caller, id);
  }
}
