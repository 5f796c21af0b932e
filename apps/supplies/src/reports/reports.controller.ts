import { Controller, Get, Param, Query, StreamableFile } from '@nestjs/common';
import { ApiProduces } from '@nestjs/swagger';
import type { Caller } from '@ledger/contracts';
import { RequestCaller, RequireAction, requireRegion } from '@ledger/platform';
import { ItemParam } from '../catalogue/dto/item.dto';
import { cardFile } from './card-file';
import { ConsumptionQueries } from './consumption.queries';
import { ConsumptionQuery, ConsumptionResponse } from './dto/consumption.dto';
import { ExpiringQuery, ExpiringResponse } from './dto/expiring.dto';
import { HoldersQuery, HoldersResponse } from './dto/holders.dto';
import { StockCardPageQuery, StockCardQuery, StockCardResponse } from './dto/stock-card.dto';
import { ExpiringQueries } from './expiring.queries';
import { HoldersQueries } from './holders.queries';
import { StockCardQueries } from './stock-card.queries';

/** What keepers, stock managers and auditors read off the ledger. */
@Controller()
export class ReportsController {
  constructor(
    private readonly expiringQueries: ExpiringQueries,
    private readonly cards: StockCardQueries,
    private readonly holdersQueries: HoldersQueries,
    private readonly consumptionQueries: ConsumptionQueries,
  ) {}

  /** Stock that will be past its date within a number of days, in windows. */
  @Get('stock/expiring')
  @RequireAction('stock.read')
  async expiring(@Query() query: ExpiringQuery, @RequestCaller() caller: Caller): Promise<ExpiringResponse> {
    if (query.region !== undefined) requireRegion(caller, query.region);
    return this.expiringQueries.expiring(caller, query);
  }

  /** The stock card of an item in a depot or a region: every movement with what was there after it. */
  @Get('stock/card')
  @RequireAction('stock.read')
  async card(@Query() query: StockCardPageQuery, @RequestCaller() caller: Caller): Promise<StockCardResponse> {
    if (query.region !== undefined) requireRegion(caller, query.region);
    return this.cards.page(caller, query);
  }

  /** The same of a whole period, as a file for a spreadsheet. */
  @Get('stock/card.csv')
  @RequireAction('stock.read')
  @ApiProduces('text/csv')
  async cardAsCsv(@Query() query: StockCardQuery, @RequestCaller() caller: Caller): Promise<StreamableFile> {
    if (query.region !== undefined) requireRegion(caller, query.region);
    return new StreamableFile(cardFile(await this.cards.whole(caller, query)), {
      type: 'text/csv; charset=utf-8',
      disposition: `attachment; filename="stock-card-${query.item}.csv"`,
    });
  }

  /** Who holds how much of an item: depots, the road, sites, neighbours and enterprises. */
  @Get('items/:code/holders')
  @RequireAction('stock.read')
  async holders(
    @Param() { code }: ItemParam,
    @Query() query: HoldersQuery,
    @RequestCaller() caller: Caller,
  ): Promise<HoldersResponse> {
    if (query.region !== undefined) requireRegion(caller, query.region);
    return this.holdersQueries.holders(caller, code, query);
  }

  /** What was used up, month by month, daily work told apart from emergencies. */
  @Get('stock/consumption')
  @RequireAction('stock.read')
  async consumption(@Query() query: ConsumptionQuery, @RequestCaller() caller: Caller): Promise<ConsumptionResponse> {
    if (query.region !== undefined) requireRegion(caller, query.region);
    return this.consumptionQueries.consumption(caller, query);
  }
}
