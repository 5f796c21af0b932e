import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { IdParam, Idempotency, RequestIdentity, RequireAction, causeOfRequest, type Identity } from '@ledger/platform';
import {
  EvidenceKindsResponse,
  EvidenceWrittenResponse,
  RecordEvidenceRequest,
  RecordRestRequest,
  RestWrittenResponse,
  WithdrawEvidenceRequest,
} from './dto/person.dto';
import { PeopleQueries } from './people.queries';
import { RecordEvidenceUseCase } from './record-evidence';
import { RecordRestUseCase } from './record-rest';
import { WithdrawEvidenceUseCase } from './withdraw-evidence';

/** What shows that a person may go out, and when they rest. */
@Controller()
export class EvidenceController {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly queries: PeopleQueries,
    private readonly recordEvidence: RecordEvidenceUseCase,
    private readonly withdrawEvidence: WithdrawEvidenceUseCase,
    private readonly recordRest: RecordRestUseCase,
  ) {}

  /** Kinds of certificates, courses, medical checks and insurance. */
  @Get('evidence-kinds')
  @RequireAction('team.read')
  async kinds(): Promise<EvidenceKindsResponse> {
    return { items: await this.queries.evidenceKinds() };
  }

  @Post('persons/:id/evidence')
  @HttpCode(201)
  @RequireAction('person.manage')
  record(
    @Param() { id }: IdParam,
    @Body() request: RecordEvidenceRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<EvidenceWrittenResponse> {
    const evidence = { caller: identity.caller, personId: id, request };
    const cause = causeOfRequest(identity, id);
    return this.idempotency.once(identity, (tx) => this.recordEvidence.execute(tx, evidence, cause));
  }

  /** Takes back evidence that was revoked or entered wrongly. */
  @Post('evidence/:id/withdrawal')
  @HttpCode(200)
  @RequireAction('person.manage')
  withdraw(
    @Param() { id }: IdParam,
    @Body() { reason }: WithdrawEvidenceRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<EvidenceWrittenResponse> {
    const withdrawal = { caller: identity.caller, evidenceId: id, reason };
    const cause = causeOfRequest(identity, id);
    return this.idempotency.once(identity, (tx) => this.withdrawEvidence.execute(tx, withdrawal, cause));
  }

  /** Enters a time in which a person is not sent out. */
  @Post('persons/:id/rests')
  @HttpCode(201)
  @RequireAction('person.manage')
  rest(
    @Param() { id }: IdParam,
    @Body() request: RecordRestRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<RestWrittenResponse> {
    const rest = { caller: identity.caller, personId: id, request };
    const cause = causeOfRequest(identity, id);
    return this.idempotency.once(identity, (tx) => this.recordRest.execute(tx, rest, cause));
  }
}
