import { Controller, Get, Param, Query } from '@nestjs/common';
import { Public } from '@ledger/platform';
import {
  PublishedDonationsQuery,
  PublishedDonationsResponse,
  TraceCodeParam,
  TracedDonationResponse,
} from './dto/public-donation.dto';
import { PublicDonationsQueries } from './public-donations.queries';

/** What anybody may know of donations, without a token. */
@Controller('public/donations')
export class PublicDonationsController {
  constructor(private readonly queries: PublicDonationsQueries) {}

  /** The published list of donations 公示; donors are named only where they agreed. */
  @Get()
  @Public()
  published(@Query() query: PublishedDonationsQuery): Promise<PublishedDonationsResponse> {
    return this.queries.published(query);
  }

  /** Where the goods of a certificate are: steps and counties, no names, addresses or depots. */
  @Get(':traceCode')
  @Public()
  trace(@Param() { traceCode }: TraceCodeParam): Promise<TracedDonationResponse> {
    return this.queries.trace(traceCode);
  }
}
