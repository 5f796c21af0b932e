import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
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
import { DisclosureRequest } from '../registry/dto/team-entry.dto';
import { AmendPersonUseCase } from './amend-person';
import { DisclosePersonUseCase } from './disclose-person';
import { MemberParam } from './dto/member-param.dto';
import {
  AmendPersonRequest,
  JoinTeamRequest,
  LeaveTeamRequest,
  MembersResponse,
  MembershipWrittenResponse,
  PersonDisclosedResponse,
  PersonResponse,
  PersonWrittenResponse,
  RegisterPersonRequest,
} from './dto/person.dto';
import { JoinTeamUseCase } from './join-team';
import { LeaveTeamUseCase } from './leave-team';
import { PeopleQueries } from './people.queries';
import { RegisterPersonUseCase } from './register-person';

/** Who is on which team. */
@Controller()
export class PeopleController {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly queries: PeopleQueries,
    private readonly registerPerson: RegisterPersonUseCase,
    private readonly amendPerson: AmendPersonUseCase,
    private readonly joinTeam: JoinTeamUseCase,
    private readonly leaveTeam: LeaveTeamUseCase,
    private readonly disclosePerson: DisclosePersonUseCase,
  ) {}

  /** The members of a team with their roles; names are masked. */
  @Get('teams/:id/members')
  @RequireAction('person.read')
  async members(
    @Param() { id }: IdParam,
    @Query() page: PageQuery,
    @RequestCaller() caller: Caller,
  ): Promise<MembersResponse> {
    return { items: await this.queries.members(caller, id, page) };
  }

  /** One person, masked, with certificates, courses, medical checks and insurance. */
  @Get('persons/:id')
  @RequireAction('person.read')
  person(@Param() { id }: IdParam, @RequestCaller() caller: Caller): Promise<PersonResponse> {
    return this.queries.person(caller, id);
  }

  /** Enters a person who is not known yet, as a member of a team. */
  @Post('persons')
  @HttpCode(201)
  @RequireAction('person.manage')
  register(
    @Body() request: RegisterPersonRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<MembershipWrittenResponse> {
    const cause = causeOfRequest(identity, request.teamId);
    return this.idempotency.once(identity, (tx) => this.registerPerson.execute(tx, identity.caller, request, cause));
  }

  @Put('persons/:id')
  @RequireAction('person.manage')
  amend(
    @Param() { id }: IdParam,
    @Body() request: AmendPersonRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<PersonWrittenResponse> {
    const amendment = { caller: identity.caller, personId: id, request };
    return this.idempotency.once(identity, (tx) => this.amendPerson.execute(tx, amendment));
  }

  /** Takes a person who is known onto a team. */
  @Post('teams/:id/members')
  @HttpCode(201)
  @RequireAction('person.manage')
  join(
    @Param() { id }: IdParam,
    @Body() request: JoinTeamRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<MembershipWrittenResponse> {
    const joining = { caller: identity.caller, teamId: id, request };
    const cause = causeOfRequest(identity, id);
    return this.idempotency.once(identity, (tx) => this.joinTeam.execute(tx, joining, cause));
  }

  /** Ends a membership. */
  @Post('teams/:id/members/:personId/departure')
  @HttpCode(200)
  @RequireAction('person.manage')
  leave(
    @Param() { id, personId }: MemberParam,
    @Body() { reason }: LeaveTeamRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<MembershipWrittenResponse> {
    const leaving = { caller: identity.caller, teamId: id, personId, reason };
    const cause = causeOfRequest(identity, id);
    return this.idempotency.once(identity, (tx) => this.leaveTeam.execute(tx, leaving, cause));
  }

  /** A person in clear; the look is written down with its reason. */
  @Post('persons/:id/disclosures')
  @HttpCode(201)
  @RequireAction('person.disclose')
  async disclose(
    @Param() { id }: IdParam,
    @Body() { reason }: DisclosureRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<PersonDisclosedResponse> {
    const wish = { caller: identity.caller, personId: id, reason };
    const { readId } = await this.idempotency.once(identity, (tx) => this.disclosePerson.execute(tx, wish));
    return this.queries.disclosed(identity.caller, readId);
  }
}
