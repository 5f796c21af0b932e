import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import type { Caller } from '@ledger/contracts';
import {
  IdParam,
  Idempotency,
  PageQuery,
  RequestCaller,
  RequestIdentity,
  RequireAction,
  causeOfRequest,
  type Identity,
} from '@ledger/platform';
import { FloorChangesResponse, SetFloorsRequest, SetFloorsResponse } from './dto/floor.dto';
import { FloorsQueries } from './floors.queries';
import { SetFloorsUseCase } from './set-floors';

@Controller('depots/:id/floors')
export class FloorsController {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly queries: FloorsQueries,
    private readonly setFloors: SetFloorsUseCase,
  ) {}

  /** What a depot may not give away today, and every floor that was ever set for it, the latest first. */
  @Get()
  @RequireAction('stock.read')
  changes(
    @Param() { id }: IdParam,
    @Query() page: PageQuery,
    @RequestCaller() caller: Caller,
  ): Promise<FloorChangesResponse> {
    return this.queries.changes(caller, id, page);
  }

  /** Sets what the depot may not give away from a day on. */
  @Post()
  @HttpCode(201)
  @RequireAction('standard.set')
  set(
    @Param() { id }: IdParam,
    @Body() request: SetFloorsRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<SetFloorsResponse> {
    const setting = { depotId: id, caller: identity.caller, request };
    const cause = causeOfRequest(identity, identity.correlationId);
    return this.idempotency.once(identity, (tx) => this.setFloors.execute(tx, setting, cause));
  }
}
