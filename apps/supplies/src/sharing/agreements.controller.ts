import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import type { Caller } from '@ledger/contracts';
import {
  IdParam,
  Idempotency,
  RequestCaller,
  RequestIdentity,
  RequireAction,
  requireRegion,
  type Identity,
} from '@ledger/platform';
import { AgreementsQueries } from './agreements.queries';
import { ChangeAgreementUseCase } from './change-agreement';
import { DraftAgreementUseCase } from './draft-agreement';
import {
  AgreementDetailResponse,
  AgreementStepResponse,
  AgreementsQuery,
  AgreementsResponse,
  ChangeAgreementRequest,
  DraftAgreementRequest,
} from './dto/agreement.dto';
import { ShareableQuery, ShareablesResponse } from './dto/callable.dto';
import { ShareableQueries } from './shareable.queries';

/** Sharing agreements between regions, and what may be called under them. */
@Controller('sharing')
export class AgreementsController {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly queries: AgreementsQueries,
    private readonly shareables: ShareableQueries,
    private readonly draftAgreement: DraftAgreementUseCase,
    private readonly changeAgreement: ChangeAgreementUseCase,
  ) {}

  /** Agreements of the caller's region with others, the latest first. */
  @Get('agreements')
  @RequireAction('sharing.read')
  agreements(@Query() query: AgreementsQuery, @RequestCaller() caller: Caller): Promise<AgreementsResponse> {
    return this.queries.agreements(caller, query);
  }

  /** One agreement with its terms and signatures; both sides read the same. */
  @Get('agreements/:id')
  @RequireAction('sharing.read')
  agreement(@Param() { id }: IdParam, @RequestCaller() caller: Caller): Promise<AgreementDetailResponse> {
    return this.queries.agreement(caller, id);
  }

  /** What neighbours would lend now: quantities and terms, nothing else of their stock. */
  @Get('callable')
  @RequireAction('sharing.read')
  async callable(@Query() query: ShareableQuery, @RequestCaller() caller: Caller): Promise<ShareablesResponse> {
    if (query.region !== undefined) requireRegion(caller, query.region);
    return this.shareables.shareable(caller, query);
  }

  /** Writes down an agreement; it binds nobody before both sides have signed. */
  @Post('agreements')
  @HttpCode(201)
  @RequireAction('sharing.agree')
  draft(@Body() request: DraftAgreementRequest, @RequestIdentity() identity: Identity): Promise<AgreementStepResponse> {
    return this.idempotency.once(identity, (tx) => this.draftAgreement.execute(tx, identity.caller, request));
  }

  /** Signs, declines, suspends, resumes or ends an agreement. */
  @Post('agreements/:id/steps')
  @HttpCode(200)
  @RequireAction('sharing.agree')
  change(
    @Param() { id }: IdParam,
    @Body() request: ChangeAgreementRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<AgreementStepResponse> {
    return this.idempotency.once(identity, (tx) => this.changeAgreement.execute(tx, identity.caller, id, request));
  }
}
