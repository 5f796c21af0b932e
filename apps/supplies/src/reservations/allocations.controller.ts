import { Controller, Get, Param, Query } from '@nestjs/common';
import type { Caller } from '@ledger/contracts';
import { IdParam, PageQuery, RequestCaller, RequireAction } from '@ledger/platform';
import { ReservationsResponse } from './dto/reservation.dto';
import { ReservationsQueries } from './reservations.queries';

@Controller('allocations')
export class AllocationsController {
  constructor(private readonly queries: ReservationsQueries) {}

  /** What is promised to an allocation from depots of the caller's region. */
  @Get(':id/reservations')
  @RequireAction('stock.read')
  reservations(
    @Param() { id }: IdParam,
    @Query() page: PageQuery,
    @RequestCaller() caller: Caller,
  ): Promise<ReservationsResponse> {
    return this.queries.reservations(caller, id, page);
  }
}
