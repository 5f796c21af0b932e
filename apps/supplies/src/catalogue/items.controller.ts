import { Controller, Get, Param, Query } from '@nestjs/common';
import { RequireAction } from '@ledger/platform';
import { CatalogueQueries } from './catalogue.queries';
import { ItemDetailResponse, ItemParam, ItemsQuery, ItemsResponse } from './dto/item.dto';

@Controller('items')
export class ItemsController {
  constructor(private readonly queries: CatalogueQueries) {}

  /** Items of the catalogue in the order of their codes. */
  @Get()
  @RequireAction('stock.read')
  items(@Query() query: ItemsQuery): Promise<ItemsResponse> {
    return this.queries.items(query);
  }

  /** One item with its packs and with what it is able to do. */
  @Get(':code')
  @RequireAction('stock.read')
  item(@Param() { code }: ItemParam): Promise<ItemDetailResponse> {
    return this.queries.item(code);
  }
}
