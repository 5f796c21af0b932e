import { Controller, Get, Query } from '@nestjs/common';
import type { Caller } from '@ledger/contracts';
import { RequestCaller, RequireAction, requireRegion } from '@ledger/platform';
import { RotationAlertsQueries } from './alerts.queries';
import { AlertsQuery, ForecastQuery, ForecastResponse, RotationAlertsResponse } from './dto/alert.dto';
import { ForecastQueries } from './forecast.queries';

@Controller('rotation')
export class RotationAlertsController {
  constructor(
    private readonly alertsQueries: RotationAlertsQueries,
    private readonly forecastQueries: ForecastQueries,
  ) {}

  /** Lots in depots that near the end of their life, the most urgent first. Worked out from the ledger when asked. */
  @Get('alerts')
  @RequireAction('stock.read')
  async alerts(@Query() query: AlertsQuery, @RequestCaller() caller: Caller): Promise<RotationAlertsResponse> {
    if (query.region !== undefined) requireRegion(caller, query.region);
    return this.alertsQueries.alerts(caller, query);
  }

  /** What comes to its end when, by month, tier and item, and what it costs to buy it again. */
  @Get('forecast')
  @RequireAction('stock.read')
  async forecast(@Query() query: ForecastQuery, @RequestCaller() caller: Caller): Promise<ForecastResponse> {
    if (query.region !== undefined) requireRegion(caller, query.region);
    return this.forecastQueries.forecast(caller, query);
  }
}
