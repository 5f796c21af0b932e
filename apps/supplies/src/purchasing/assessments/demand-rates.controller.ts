import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { Idempotency, RequestIdentity, RequireAction, type Identity } from '@ledger/platform';
import { AssessmentsQueries } from './assessments.queries';
import { DemandRateResponse, DemandRatesQuery, DemandRatesResponse, SetDemandRateRequest } from './dto/demand-rate.dto';
import { SetDemandRateUseCase } from './set-demand-rate';

@Controller('purchasing/demand-rates')
export class DemandRatesController {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly queries: AssessmentsQueries,
    private readonly setRate: SetDemandRateUseCase,
  ) {}

  /** What 1,000 people need of each item, with basis and source. */
  @Get()
  @RequireAction('purchase.read')
  rates(@Query() query: DemandRatesQuery): Promise<DemandRatesResponse> {
    return this.queries.rates(query);
  }

  /** Sets what 1,000 people need of an item from a day on. */
  @Post()
  @HttpCode(201)
  @RequireAction('demand-rate.set')
  set(@Body() request: SetDemandRateRequest, @RequestIdentity() identity: Identity): Promise<DemandRateResponse> {
    return this.idempotency.once(identity, (tx) => this.setRate.execute(tx, identity.caller, request));
  }
}
