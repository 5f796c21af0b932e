import { Controller, Get, Query } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import { Database, RequestCaller, RequireAction, requireRegion } from '@ledger/platform';
import { StockQuery, StockView } from './dto/stock.dto';
import { ResourceView } from './resource-view';

@Controller('resources')
export class ResourcesController {
  constructor(
    private readonly database: Database,
    private readonly resources: ResourceView,
  ) {}

  /** Where free stock of an item lies, as the gateway last heard, and how old that is. */
  @Get('stock')
  @RequireAction('stock.read')
  async stock(@Query() query: StockQuery, @RequestCaller() caller: Caller): Promise<StockView> {
    const region = query.region ?? caller.regionCode;
    requireRegion(caller, region);
    const item = await this.resources.item(this.database, query.item);
    if (!item) throw new DomainError('GATEWAY_ITEM_UNKNOWN', { facts: { itemCode: query.item } });
    // The age is read first: the stock may be newer than it says, never older.
    const asOf = await this.resources.stockAsOf(this.database);
    const ageSeconds = await this.resources.age(this.database);
    return {
      itemCode: item.itemCode,
      nameZh: item.nameZh,
      nameEn: item.nameEn,
      unit: item.unit,
      asOf,
      ageSeconds,
      depots: await this.resources.depotsWithStock(this.database, query.item, region),
    };
  }
}
