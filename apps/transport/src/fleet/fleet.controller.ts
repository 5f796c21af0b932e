import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import type { Caller } from '@ledger/contracts';
import {
  IdParam,
  Idempotency,
  PageQuery,
  RequestCaller,
  RequestIdentity,
  RequireAction,
  requireRegion,
  type Identity,
} from '@ledger/platform';
import {
  AvailabilityRequest,
  CarriersResponse,
  VehicleResponse,
  VehicleTypesResponse,
  VehiclesQuery,
  VehiclesResponse,
} from './dto/vehicle.dto';
import { FleetQueries } from './fleet.queries';
import { SetAvailability, type Availability } from './set-availability';

@Controller()
export class FleetController {
  constructor(
    private readonly queries: FleetQueries,
    private readonly idempotency: Idempotency,
    private readonly setAvailability: SetAvailability,
  ) {}

  /** Vehicles of a region with the trips they are promised to. */
  @Get('vehicles')
  @RequireAction('vehicle.read')
  async vehicles(@Query() query: VehiclesQuery, @RequestCaller() caller: Caller): Promise<VehiclesResponse> {
    if (query.region !== undefined) requireRegion(caller, query.region);
    return { items: await this.queries.vehicles(caller, query) };
  }

  /** One vehicle. */
  @Get('vehicles/:id')
  @RequireAction('vehicle.read')
  vehicle(@Param() { id }: IdParam, @RequestCaller() caller: Caller): Promise<VehicleResponse> {
    return this.queries.vehicle(caller, id);
  }

  /** Takes a vehicle out of planning, or puts it back. */
  @Post('vehicles/:id/availability')
  @HttpCode(200)
  @RequireAction('vehicle.manage')
  availability(
    @Param() { id }: IdParam,
    @Body() request: AvailabilityRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<VehicleResponse> {
    return this.idempotency.once(identity, async (tx) => {
      await this.setAvailability.execute(tx, id, availabilityOf(request), identity);
      return this.queries.vehicle(identity.caller, id, tx);
    });
  }

  /** The kinds of vehicles, vessels and aircraft. */
  @Get('vehicle-types')
  @RequireAction('vehicle.read')
  async vehicleTypes(): Promise<VehicleTypesResponse> {
    return { items: await this.queries.vehicleTypes() };
  }

  /** Carriers of the caller's region. */
  @Get('carriers')
  @RequireAction('vehicle.read')
  async carriers(@Query() page: PageQuery, @RequestCaller() caller: Caller): Promise<CarriersResponse> {
    return { items: await this.queries.carriers(caller, page) };
  }
}

/** Validation has made sure of the reason. */
function availabilityOf({ available, reason = '' }: AvailabilityRequest): Availability {
  return available ? { available } : { available, reason };
}
