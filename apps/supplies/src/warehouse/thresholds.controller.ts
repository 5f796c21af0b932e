import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import type { Caller } from '@ledger/contracts';
import { Idempotency, RequestCaller, RequestIdentity, RequireAction, type Identity } from '@ledger/platform';
import { SetThresholdRequest, ThresholdResponse, ThresholdsQuery, ThresholdsResponse } from './dto/warehouse-rule.dto';
import { SetThresholdUseCase } from './set-threshold';
import { ThresholdsQueries } from './thresholds.queries';

@Controller('warehouse-thresholds')
export class ThresholdsController {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly queries: ThresholdsQueries,
    private readonly setThreshold: SetThresholdUseCase,
  ) {}

  /** The thresholds of warehouses, with who set them and why. */
  @Get()
  @RequireAction('stock.read')
  thresholds(@Query() query: ThresholdsQuery, @RequestCaller() caller: Caller): Promise<ThresholdsResponse> {
    return this.queries.thresholds(caller, query);
  }

  /** Sets a threshold for a region and everything below it. */
  @Post()
  @HttpCode(201)
  @RequireAction('warehouse-threshold.set')
  set(@Body() request: SetThresholdRequest, @RequestIdentity() identity: Identity): Promise<ThresholdResponse> {
    return this.idempotency.once(identity, (tx) => this.setThreshold.execute(tx, { caller: identity.caller, request }));
  }
}
