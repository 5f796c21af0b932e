import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
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
import { AmendTeamUseCase } from './amend-team';
import { DisbandTeamUseCase } from './disband-team';
import { DiscloseContactsUseCase } from './disclose-contacts';
import { GradeWrittenResponse, RecordGradeRequest } from './dto/grade.dto';
import {
  AmendTeamRequest,
  CapabilityKindsResponse,
  CapableTeamsQuery,
  CapableTeamsResponse,
  ContactsDisclosedResponse,
  DisbandTeamRequest,
  DisclosureRequest,
  RegisterTeamRequest,
  SpecialtiesResponse,
  TeamEntryResponse,
  TeamWrittenResponse,
} from './dto/team-entry.dto';
import { RecordGradeUseCase } from './record-grade';
import { RegisterTeamUseCase } from './register-team';
import { TeamEntriesQueries } from './team-entries.queries';

@Controller()
export class TeamEntriesController {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly queries: TeamEntriesQueries,
    private readonly registerTeam: RegisterTeamUseCase,
    private readonly amendTeam: AmendTeamUseCase,
    private readonly disbandTeam: DisbandTeamUseCase,
    private readonly recordGrade: RecordGradeUseCase,
    private readonly discloseContacts: DiscloseContactsUseCase,
  ) {}

  /** Which teams can do so much of something, at so high a level, in a region. */
  @Get('capable-teams')
  @RequireAction('team.read')
  async capableTeams(
    @Query() query: CapableTeamsQuery,
    @RequestCaller() caller: Caller,
  ): Promise<CapableTeamsResponse> {
    if (query.region !== undefined) requireRegion(caller, query.region);
    return { items: await this.queries.capableTeams(caller, query) };
  }

  /** What can be stated of teams, with units and levels. */
  @Get('team-capabilities')
  @RequireAction('team.read')
  async capabilityKinds(): Promise<CapabilityKindsResponse> {
    return { items: await this.queries.capabilityKinds() };
  }

  @Get('specialties')
  @RequireAction('team.read')
  async specialties(): Promise<SpecialtiesResponse> {
    return { items: await this.queries.specialties() };
  }

  /** The whole entry of a team; people are masked. */
  @Get('teams/:id/entry')
  @RequireAction('team.read')
  entry(@Param() { id }: IdParam, @RequestCaller() caller: Caller): Promise<TeamEntryResponse> {
    return this.queries.entry(caller, id);
  }

  /** Enters a new team. */
  @Post('teams')
  @HttpCode(201)
  @RequireAction('team.manage')
  register(@Body() request: RegisterTeamRequest, @RequestIdentity() identity: Identity): Promise<TeamWrittenResponse> {
    const cause = causeOfRequest(identity, identity.correlationId);
    return this.idempotency.once(identity, (tx) => this.registerTeam.execute(tx, identity.caller, request, cause));
  }

  /** Changes the entry of a team; it is sent whole, with the version that was read. */
  @Put('teams/:id')
  @RequireAction('team.manage')
  amend(
    @Param() { id }: IdParam,
    @Body() request: AmendTeamRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<TeamWrittenResponse> {
    const amendment = { caller: identity.caller, teamId: id, request };
    const cause = causeOfRequest(identity, id);
    return this.idempotency.once(identity, (tx) => this.amendTeam.execute(tx, amendment, cause));
  }

  /** Ends a team; it is no longer asked. */
  @Post('teams/:id/disbandment')
  @HttpCode(200)
  @RequireAction('team.manage')
  disband(
    @Param() { id }: IdParam,
    @Body() { reason }: DisbandTeamRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<TeamWrittenResponse> {
    const disbandment = { caller: identity.caller, teamId: id, reason };
    const cause = causeOfRequest(identity, id);
    return this.idempotency.once(identity, (tx) => this.disbandTeam.execute(tx, disbandment, cause));
  }

  /** Enters the grade that an assessor gave. */
  @Post('teams/:id/grades')
  @HttpCode(201)
  @RequireAction('team.manage')
  grade(
    @Param() { id }: IdParam,
    @Body() request: RecordGradeRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<GradeWrittenResponse> {
    const grading = { caller: identity.caller, teamId: id, request };
    return this.idempotency.once(identity, (tx) => this.recordGrade.execute(tx, grading));
  }

  /** Names and numbers of the contacts in clear; the look is written down with its reason. */
  @Post('teams/:id/contact-disclosures')
  @HttpCode(201)
  @RequireAction('team-contact.disclose')
  async contacts(
    @Param() { id }: IdParam,
    @Body() { reason }: DisclosureRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<ContactsDisclosedResponse> {
    const wish = { caller: identity.caller, teamId: id, reason };
    const { readId } = await this.idempotency.once(identity, (tx) => this.discloseContacts.execute(tx, wish));
    return this.queries.disclosedContacts(identity.caller, readId);
  }
}
