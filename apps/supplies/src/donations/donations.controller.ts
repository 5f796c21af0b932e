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
import { DecideApprovalRequest } from '../approvals/dto/approval.dto';
import { DecideDonationUseCase } from './decide-donation';
import { DonationsQueries } from './donations.queries';
import {
  DonationStepResponse,
  InspectDonationRequest,
  RecordDonationRequest,
  WithdrawDonationRequest,
} from './dto/donation-intake.dto';
import { DonationDetailResponse, DonationsQuery, DonationsResponse } from './dto/donation.dto';
import { InspectDonationUseCase } from './inspect-donation';
import { RecordDonationUseCase } from './record-donation';
import { WithdrawDonationUseCase } from './withdraw-donation';

/** What somebody wants to give, until it is accepted. */
@Controller('donations')
export class DonationsController {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly queries: DonationsQueries,
    private readonly recordDonation: RecordDonationUseCase,
    private readonly inspectDonation: InspectDonationUseCase,
    private readonly decideDonation: DecideDonationUseCase,
    private readonly withdrawDonation: WithdrawDonationUseCase,
  ) {}

  /** Donations to the depots of a region, the latest first. */
  @Get()
  @RequireAction('donation.read')
  async donations(@Query() query: DonationsQuery, @RequestCaller() caller: Caller): Promise<DonationsResponse> {
    if (query.region !== undefined) requireRegion(caller, query.region);
    return this.queries.donations(caller, query);
  }

  /** One donation; the donor is masked for those who do not decide on it. */
  @Get(':id')
  @RequireAction('donation.read')
  donation(@Param() { id }: IdParam, @RequestCaller() caller: Caller): Promise<DonationDetailResponse> {
    return this.queries.donation(caller, id);
  }

  /** Takes down what somebody wants to give. */
  @Post()
  @HttpCode(201)
  @RequireAction('donation.record')
  record(@Body() request: RecordDonationRequest, @RequestIdentity() identity: Identity): Promise<DonationStepResponse> {
    return this.idempotency.once(identity, (tx) => this.recordDonation.execute(tx, identity.caller, request));
  }

  /** Says line by line what is fit; what is fit waits for a second person, or comes in first. */
  @Post(':id/inspection')
  @HttpCode(200)
  @RequireAction('donation.record')
  inspect(
    @Param() { id }: IdParam,
    @Body() request: InspectDonationRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<DonationStepResponse> {
    const input = { caller: identity.caller, donationId: id, request };
    const cause = causeOfRequest(identity, id);
    return this.idempotency.once(identity, (tx) => this.inspectDonation.execute(tx, input, cause));
  }

  /** A second person agrees or refuses, also for what came in first. */
  @Post(':id/decision')
  @HttpCode(200)
  @RequireAction('donation.approve')
  decide(
    @Param() { id }: IdParam,
    @Body() request: DecideApprovalRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<DonationStepResponse> {
    const input = { caller: identity.caller, donationId: id, request };
    const cause = causeOfRequest(identity, id);
    return this.idempotency.once(identity, (tx) => this.decideDonation.execute(tx, input, cause));
  }

  /** The donor takes back what has not come in. */
  @Post(':id/withdrawal')
  @HttpCode(200)
  @RequireAction('donation.record')
  withdraw(
    @Param() { id }: IdParam,
    @Body() { reason }: WithdrawDonationRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<DonationStepResponse> {
    return this.idempotency.once(identity, (tx) => this.withdrawDonation.execute(tx, identity.caller, id, reason));
  }
}
