import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { IdParam, Idempotency, RequestIdentity, RequireAction, causeOfRequest, type Identity } from '@ledger/platform';
import { AllocateDonationUseCase } from './allocate-donation';
import { CertifyDonationUseCase } from './certify-donation';
import {
  AllocateDonationRequest,
  AllocateDonationResponse,
  ReceiveDonationRequest,
  ReceiveDonationResponse,
} from './dto/donation-goods.dto';
import {
  CertificateResponse,
  EraseDonorResponse,
  LiftPurposeRequest,
  LiftPurposeResponse,
} from './dto/donation-intake.dto';
import { EraseDonorUseCase } from './erase-donor';
import { LiftPurposeUseCase } from './lift-purpose';
import { ReceiveDonationUseCase } from './receive-donation';

/** What becomes of a donation once it is accepted. */
@Controller('donations/:id')
export class DonatedGoodsController {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly receiveDonation: ReceiveDonationUseCase,
    private readonly allocateDonation: AllocateDonationUseCase,
    private readonly liftPurpose: LiftPurposeUseCase,
    private readonly certifyDonation: CertifyDonationUseCase,
    private readonly eraseDonor: EraseDonorUseCase,
  ) {}

  /** Takes the goods in; every line becomes a lot of its own. */
  @Post('receipts')
  @HttpCode(201)
  @RequireAction('donation.record')
  receive(
    @Param() { id }: IdParam,
    @Body() request: ReceiveDonationRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<ReceiveDonationResponse> {
    const input = { caller: identity.caller, donationId: id, request };
    const cause = causeOfRequest(identity, id);
    return this.idempotency.once(identity, (tx) => this.receiveDonation.execute(tx, input, cause));
  }

  /** Gives goods out for what they were given for, straight from the depot. */
  @Post('allocations')
  @HttpCode(201)
  @RequireAction('donation.allocate')
  allocate(
    @Param() { id }: IdParam,
    @Body() request: AllocateDonationRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<AllocateDonationResponse> {
    const input = { caller: identity.caller, donationId: id, request };
    const cause = causeOfRequest(identity, id);
    return this.idempotency.once(identity, (tx) => this.allocateDonation.execute(tx, input, cause));
  }

  /** Frees the goods of a line of their purpose, by a named paper. */
  @Post('purpose-lifts')
  @HttpCode(201)
  @RequireAction('donation-purpose.lift')
  lift(
    @Param() { id }: IdParam,
    @Body() request: LiftPurposeRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<LiftPurposeResponse> {
    return this.idempotency.once(identity, (tx) => this.liftPurpose.execute(tx, identity.caller, id, request));
  }

  /** Gives the donor a certificate with the trace code. */
  @Post('certificate')
  @HttpCode(200)
  @RequireAction('donation.record')
  certify(@Param() { id }: IdParam, @RequestIdentity() identity: Identity): Promise<CertificateResponse> {
    return this.idempotency.once(identity, (tx) => this.certifyDonation.execute(tx, identity.caller, id));
  }

  /** Forgets who gave, when the donor asks for it. */
  @Post('donor-erasure')
  @HttpCode(200)
  @RequireAction('donation.approve')
  erase(@Param() { id }: IdParam, @RequestIdentity() identity: Identity): Promise<EraseDonorResponse> {
    return this.idempotency.once(identity, (tx) => this.eraseDonor.execute(tx, identity.caller, id));
  }
}
