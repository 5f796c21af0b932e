import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import type { Caller } from '@ledger/contracts';
import { Idempotency, RequestCaller, RequestIdentity, RequireAction, type Identity } from '@ledger/platform';
import { RotationConfigurationQueries } from './configuration.queries';
import {
  ItemPriceResponse,
  ItemPricesQuery,
  ItemPricesResponse,
  SetItemPriceRequest,
  SetThresholdRequest,
  ThresholdResponse,
  ThresholdsQuery,
  ThresholdsResponse,
} from './dto/configuration.dto';
import { SetItemPriceUseCase } from './set-item-price';
import { SetThresholdUseCase } from './set-threshold';

@Controller('rotation')
export class RotationConfigurationController {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly queries: RotationConfigurationQueries,
    private readonly setThreshold: SetThresholdUseCase,
    private readonly setItemPrice: SetItemPriceUseCase,
  ) {}

  /** Thresholds that concern the caller's region: past, in force and to come. */
  @Get('thresholds')
  @RequireAction('stock.read')
  thresholds(@Query() query: ThresholdsQuery, @RequestCaller() caller: Caller): Promise<ThresholdsResponse> {
    return this.queries.thresholds(caller, query);
  }

  /** Sets a threshold from a day on. */
  @Post('thresholds')
  @HttpCode(201)
  @RequireAction('rotation.configure')
  threshold(@Body() request: SetThresholdRequest, @RequestIdentity() identity: Identity): Promise<ThresholdResponse> {
    return this.idempotency.once(identity, (tx) => this.setThreshold.execute(tx, identity.caller, request));
  }

  /** Prices of items that concern the caller's region. */
  @Get('prices')
  @RequireAction('stock.read')
  prices(@Query() query: ItemPricesQuery, @RequestCaller() caller: Caller): Promise<ItemPricesResponse> {
    return this.queries.prices(caller, query);
  }

  /** Sets the price of an item from a day on. */
  @Post('prices')
  @HttpCode(201)
  @RequireAction('rotation.configure')
  price(@Body() request: SetItemPriceRequest, @RequestIdentity() identity: Identity): Promise<ItemPriceResponse> {
    return this.idempotency.once(identity, (tx) => this.setItemPrice.execute(tx, identity.caller, request));
  }
}
