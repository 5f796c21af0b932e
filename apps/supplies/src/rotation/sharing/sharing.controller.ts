import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import type { Caller } from '@ledger/contracts';
import {
  IdParam,
  Idempotency,
  RequestCaller,
  RequestIdentity,
  RequireAction,
  causeOfRequest,
  requireRegion,
  type Identity,
} from '@ledger/platform';
import { AcceptOfferUseCase } from './accept-offer';
import { DeclareDemandUseCase } from './declare-demand';
import {
  AcceptOfferRequest,
  AcceptedResponse,
  DeclareDemandRequest,
  DemandStateResponse,
  DemandsResponse,
  FallenThroughResponse,
  MatchesQuery,
  MatchesResponse,
  OfferGoodsRequest,
  OfferStateResponse,
  OffersResponse,
  SharedGoodsQuery,
} from './dto/sharing.dto';
import { MatchesQueries } from './matches.queries';
import { OfferGoodsUseCase } from './offer-goods';
import { SharingQueries } from './sharing.queries';

/** Rotation through sharing: goods that die in one place are used in another. */
@Controller('rotation')
export class RotationSharingController {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly queries: SharingQueries,
    private readonly matchesQueries: MatchesQueries,
    private readonly demand: DeclareDemandUseCase,
    private readonly offer: OfferGoodsUseCase,
    private readonly acceptance: AcceptOfferUseCase,
  ) {}

  /** Who could use what dies here, or what others offer for what is needed here, with the waste that is avoided. */
  @Get('matches')
  @RequireAction('stock.read')
  async matches(@Query() query: MatchesQuery, @RequestCaller() caller: Caller): Promise<MatchesResponse> {
    if (query.region !== undefined) requireRegion(caller, query.region);
    return this.matchesQueries.matches(caller, query);
  }

  /** What all places say they will use. */
  @Get('demands')
  @RequireAction('stock.read')
  demands(@Query() query: SharedGoodsQuery): Promise<DemandsResponse> {
    return this.queries.demands(query);
  }

  /** Declares what a depot will use on days to come. */
  @Post('demands')
  @HttpCode(201)
  @RequireAction('rotation.share')
  declare(@Body() request: DeclareDemandRequest, @RequestIdentity() identity: Identity): Promise<DemandStateResponse> {
    return this.idempotency.once(identity, (tx) => this.demand.declare(tx, identity.caller, request));
  }

  /** Takes a demand back. */
  @Post('demands/:id/withdrawal')
  @HttpCode(200)
  @RequireAction('rotation.share')
  withdrawDemand(@Param() { id }: IdParam, @RequestIdentity() identity: Identity): Promise<DemandStateResponse> {
    return this.idempotency.once(identity, (tx) => this.demand.withdraw(tx, identity.caller, id));
  }

  /** What all places offer. */
  @Get('offers')
  @RequireAction('stock.read')
  offers(@Query() query: SharedGoodsQuery): Promise<OffersResponse> {
    return this.queries.offers(query);
  }

  /** Offers pieces that a depot can spare to others. */
  @Post('offers')
  @HttpCode(201)
  @RequireAction('rotation.share')
  offerGoods(@Body() request: OfferGoodsRequest, @RequestIdentity() identity: Identity): Promise<OfferStateResponse> {
    const input = { caller: identity.caller, request };
    return this.idempotency.once(identity, (tx) =>
      this.offer.offer(tx, input, (offerId) => causeOfRequest(identity, offerId)),
    );
  }

  /** Takes an offer back; what was taken already stays taken. */
  @Post('offers/:id/withdrawal')
  @HttpCode(200)
  @RequireAction('rotation.share')
  withdrawOffer(@Param() { id }: IdParam, @RequestIdentity() identity: Identity): Promise<OfferStateResponse> {
    return this.idempotency.once(identity, (tx) => this.offer.withdraw(tx, identity.caller, id));
  }

  /** Takes pieces of an offer for a depot of the caller: a transfer is ordered at the offering depot. */
  @Post('offers/:id/acceptances')
  @HttpCode(201)
  @RequireAction('rotation.share')
  accept(
    @Param() { id }: IdParam,
    @Body() request: AcceptOfferRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<AcceptedResponse> {
    const input = { offerId: id, caller: identity.caller, request };
    return this.idempotency.once(identity, (tx) =>
      this.acceptance.accept(tx, input, (offerId) => causeOfRequest(identity, offerId)),
    );
  }

  /** What was accepted does not come after all. */
  @Post('acceptances/:id/cancellation')
  @HttpCode(200)
  @RequireAction('rotation.share')
  fallThrough(@Param() { id }: IdParam, @RequestIdentity() identity: Identity): Promise<FallenThroughResponse> {
    return this.idempotency.once(identity, (tx) => this.acceptance.fallThrough(tx, identity.caller, id));
  }
}
