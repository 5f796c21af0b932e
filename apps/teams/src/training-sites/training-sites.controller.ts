import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import type { Caller } from '@ledger/contracts';
import {
  IdParam,
  Idempotency,
  PageQuery,
  RequestCaller,
  RequestIdentity,
  RequireAction,
  type Identity,
} from '@ledger/platform';
import { BookTrainingSiteUseCase } from './book-training-site';
import { CancelBookingUseCase } from './cancel-booking';
import {
  BookTrainingSiteRequest,
  BookingWrittenResponse,
  BookingsResponse,
  CancelBookingRequest,
  RegisterTrainingSiteRequest,
  TrainingSiteWrittenResponse,
  TrainingSitesResponse,
} from './dto/training-site.dto';
import { RegisterTrainingSiteUseCase } from './register-training-site';
import { TrainingSitesQueries } from './training-sites.queries';

@Controller()
export class TrainingSitesController {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly queries: TrainingSitesQueries,
    private readonly registerTrainingSite: RegisterTrainingSiteUseCase,
    private readonly bookTrainingSite: BookTrainingSiteUseCase,
    private readonly cancelBooking: CancelBookingUseCase,
  ) {}

  /** Sites in the caller's region and those open to it. */
  @Get('training-sites')
  @RequireAction('team.read')
  async sites(@Query() page: PageQuery, @RequestCaller() caller: Caller): Promise<TrainingSitesResponse> {
    return { items: await this.queries.sites(caller, page) };
  }

  @Post('training-sites')
  @HttpCode(201)
  @RequireAction('team.manage')
  register(
    @Body() request: RegisterTrainingSiteRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<TrainingSiteWrittenResponse> {
    return this.idempotency.once(identity, (tx) => this.registerTrainingSite.execute(tx, identity.caller, request));
  }

  /** The bookings of a site, the latest first. */
  @Get('training-sites/:id/bookings')
  @RequireAction('team.read')
  async bookings(
    @Param() { id }: IdParam,
    @Query() page: PageQuery,
    @RequestCaller() caller: Caller,
  ): Promise<BookingsResponse> {
    return { items: await this.queries.bookings(caller, id, page) };
  }

  /** Books a site for one team or several that train together. */
  @Post('training-sites/:id/bookings')
  @HttpCode(201)
  @RequireAction('team.manage')
  book(
    @Param() { id }: IdParam,
    @Body() request: BookTrainingSiteRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<BookingWrittenResponse> {
    const booking = { caller: identity.caller, siteId: id, request };
    return this.idempotency.once(identity, (tx) => this.bookTrainingSite.execute(tx, booking));
  }

  /** Gives a booked time free again. */
  @Post('training-bookings/:id/cancellation')
  @HttpCode(200)
  @RequireAction('team.manage')
  cancel(
    @Param() { id }: IdParam,
    @Body() { reason }: CancelBookingRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<BookingWrittenResponse> {
    const cancellation = { caller: identity.caller, bookingId: id, reason };
    return this.idempotency.once(identity, (tx) => this.cancelBooking.execute(tx, cancellation));
  }
}
