import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import type { Caller } from '@ledger/contracts';
import {
  IdParam,
  Idempotency,
  RequestCaller,
  RequestIdentity,
  RequireAction,
  type Identity,
  type Tx,
} from '@ledger/platform';
import { DeliverTrip } from './deliver-trip';
import { DepartTrip } from './depart-trip';
import { DeliveryRequest, TripResponse, TripsQuery, TripsResponse } from './dto/trip.dto';
import { ReturnTrip } from './return-trip';
import { TripsQueries } from './trips.queries';

@Controller('trips')
export class TripsController {
  constructor(
    private readonly queries: TripsQueries,
    private readonly idempotency: Idempotency,
    private readonly departTrip: DepartTrip,
    private readonly deliverTrip: DeliverTrip,
    private readonly returnTrip: ReturnTrip,
  ) {}

  /** A driver's own trips; for everybody else those of the region, the latest first. */
  @Get()
  @RequireAction('vehicle.read')
  async trips(@Query() query: TripsQuery, @RequestCaller() caller: Caller): Promise<TripsResponse> {
    return { items: await this.queries.trips(caller, query) };
  }

  /** One trip with its load and its green-channel pass. */
  @Get(':id')
  @RequireAction('vehicle.read')
  trip(@Param() { id }: IdParam, @RequestCaller() caller: Caller): Promise<TripResponse> {
    return this.queries.trip(caller, id);
  }

  /** The vehicle sets out. */
  @Post(':id/departure')
  @HttpCode(200)
  @RequireAction('trip.drive')
  departure(@Param() { id }: IdParam, @RequestIdentity() identity: Identity): Promise<TripResponse> {
    return this.write(identity, id, (tx) => this.departTrip.execute(tx, id, identity));
  }

  /** The load is handed over at the site. */
  @Post(':id/delivery')
  @HttpCode(200)
  @RequireAction('trip.drive')
  delivery(
    @Param() { id }: IdParam,
    @Body() request: DeliveryRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<TripResponse> {
    return this.write(identity, id, (tx) => this.deliverTrip.execute(tx, id, request, identity));
  }

  /** The vehicle is back. */
  @Post(':id/return')
  @HttpCode(200)
  @RequireAction('trip.drive')
  back(@Param() { id }: IdParam, @RequestIdentity() identity: Identity): Promise<TripResponse> {
    return this.write(identity, id, (tx) => this.returnTrip.execute(tx, id, identity));
  }

  private write(identity: Identity, id: string, change: (tx: Tx) => Promise<void>): Promise<TripResponse> {
    return this.idempotency.once(identity, async (tx) => {
      await change(tx);
      return this.queries.trip(identity.caller, id, tx);
    });
  }
}
