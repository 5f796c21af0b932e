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
import { HandoutDetailResponse, HandoutsResponse } from './dto/handout.dto';
import {
  HouseholdDetailResponse,
  HouseholdsQuery,
  HouseholdsResponse,
  PeopleReachedQuery,
  PeopleReachedResponse,
  RegisterHouseholdsRequest,
  RegisterHouseholdsResponse,
  ServiceOrderQuery,
  ServiceOrderResponse,
} from './dto/household.dto';
import { HandoutsQueries } from './handouts.queries';
import { HouseholdsQueries } from './households.queries';
import { RegisterHouseholdsUseCase } from './register-households';

/** Households and what they got. */
@Controller()
export class HouseholdsController {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly households: HouseholdsQueries,
    private readonly handouts: HandoutsQueries,
    private readonly registerHouseholds: RegisterHouseholdsUseCase,
  ) {}

  /** Enters households, or an open list of up to 500 rows, into the register of the site's incident. */
  @Post('sites/:id/households')
  @HttpCode(201)
  @RequireAction('household.register')
  register(
    @Param() { id }: IdParam,
    @Body() request: RegisterHouseholdsRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<RegisterHouseholdsResponse> {
    const registration = { siteId: id, caller: identity.caller, request };
    return this.idempotency.once(identity, (tx) => this.registerHouseholds.execute(tx, registration));
  }

  /** The households of a site, masked; with `waitingFor`, those that have not got an item yet. */
  @Get('sites/:id/households')
  @RequireAction('household.read')
  list(
    @Param() { id }: IdParam,
    @Query() query: HouseholdsQuery,
    @RequestCaller() caller: Caller,
  ): Promise<HouseholdsResponse> {
    return this.households.households(caller, id, query);
  }

  /** Who got an item before whom, and which priority households were passed over. */
  @Get('sites/:id/service-order')
  @RequireAction('household.read')
  serviceOrder(
    @Param() { id }: IdParam,
    @Query() query: ServiceOrderQuery,
    @RequestCaller() caller: Caller,
  ): Promise<ServiceOrderResponse> {
    return this.households.serviceOrder(caller, id, query);
  }

  /** One household; personal fields in full for keepers, stock managers and auditors of its region alone. */
  @Get('households/:id')
  @RequireAction('household.read')
  household(@Param() { id }: IdParam, @RequestCaller() caller: Caller): Promise<HouseholdDetailResponse> {
    return this.households.household(caller, id);
  }

  /** Hand-outs at a site, the latest first. */
  @Get('sites/:id/hand-outs')
  @RequireAction('stock.read')
  siteHandouts(
    @Param() { id }: IdParam,
    @Query() page: PageQuery,
    @RequestCaller() caller: Caller,
  ): Promise<HandoutsResponse> {
    return this.handouts.handouts(caller, id, page);
  }

  /** One hand-out with a page of its list, masked. */
  @Get('hand-outs/:id')
  @RequireAction('household.read')
  handout(
    @Param() { id }: IdParam,
    @Query() page: PageQuery,
    @RequestCaller() caller: Caller,
  ): Promise<HandoutDetailResponse> {
    return this.handouts.handout(caller, id, page);
  }

  /** People reached by the hand-outs of an incident, an allocation or a site in the caller's reach, everybody once. */
  @Get('people-reached')
  @RequireAction('stock.read')
  peopleReached(@Query() query: PeopleReachedQuery, @RequestCaller() caller: Caller): Promise<PeopleReachedResponse> {
    return this.handouts.peopleReached(caller, query);
  }
}
