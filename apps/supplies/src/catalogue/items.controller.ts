import { Controller, Get, Param, Query } from '@nestjs/common';
import { RequireAction } from '@ledger/platform';
import { CatalogueQueries } from './catalogue.queries';
import { ItemParam, ItemResponse, ItemsQuery, ItemsResponse } from './dto/item.dto';

@Controller('items')
export class ItemsController {
  constructor(private readonly queries: CatalogueQueries) {}

  /** Items of the catalogue in the order of their codes. */
  @Get()
  @RequireAction('stock.read')
  items(@Query() query: ItemsQuery): Promise<ItemsResponse> {
    return this.queries.items(query);
  }

  /** One item. */
  @Get(':code')
  @RequireAction('stock.read')
  item(@Param() { code }: ItemParam): Promise<ItemResponse> {
    return this.queries.item(code);
  }
}
