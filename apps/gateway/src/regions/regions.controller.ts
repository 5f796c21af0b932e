import { Controller, Get, Param, Query } from '@nestjs/common';
import { DomainError } from '@ledger/contracts';
import { RequireAction } from '@ledger/platform';
import { RegionPage, RegionParam, RegionQuery, RegionView } from './dto/region.dto';
import { RegionQueries } from './regions.queries';

@Controller('regions')
export class RegionsController {
  constructor(private readonly regions: RegionQueries) {}

  /** Lists divisions in the order of their codes, so that every division follows the one it belongs to. */
  @Get()
  @RequireAction('region.read')
  list(@Query() query: RegionQuery): Promise<RegionPage> {
    return this.regions.list(query);
  }

  /** One division. */
  @Get(':code')
  @RequireAction('region.read')
  async find(@Param() { code }: RegionParam): Promise<RegionView> {
    const region = await this.regions.find(code);
    if (!region) throw new DomainError('GATEWAY_REGION_NOT_FOUND');
    return region;
  }
}
