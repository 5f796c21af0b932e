import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import type { Caller } from '@ledger/contracts';
import { IdParam, Idempotency, RequestCaller, RequestIdentity, RequireAction, type Identity } from '@ledger/platform';
import { ConcludeFrameworkUseCase } from './conclude-framework';
import {
  ConcludeFrameworkRequest,
  ConcludeFrameworkResponse,
  EndFrameworkRequest,
  EndFrameworkResponse,
  FrameworkResponse,
  FrameworksQuery,
  FrameworksResponse,
} from './dto/framework.dto';
import { EndFrameworkUseCase } from './end-framework';
import { FrameworksQueries } from './frameworks.queries';

@Controller('purchasing/frameworks')
export class FrameworksController {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly queries: FrameworksQueries,
    private readonly concludeFramework: ConcludeFrameworkUseCase,
    private readonly endFramework: EndFrameworkUseCase,
  ) {}

  /** Framework agreements that the caller's region concluded or that serve it, with what is called so far. */
  @Get()
  @RequireAction('purchase.read')
  frameworks(@Query() query: FrameworksQuery, @RequestCaller() caller: Caller): Promise<FrameworksResponse> {
    return this.queries.frameworks(caller, query);
  }

  /** One framework agreement. */
  @Get(':id')
  @RequireAction('purchase.read')
  framework(@Param() { id }: IdParam, @RequestCaller() caller: Caller): Promise<FrameworkResponse> {
    return this.queries.framework(caller, id);
  }

  /** Records a framework agreement. */
  @Post()
  @HttpCode(201)
  @RequireAction('supplier.manage')
  conclude(
    @Body() request: ConcludeFrameworkRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<ConcludeFrameworkResponse> {
    return this.idempotency.once(identity, (tx) => this.concludeFramework.execute(tx, identity.caller, request));
  }

  /** Ends an agreement before its time. */
  @Post(':id/end')
  @HttpCode(200)
  @RequireAction('supplier.manage')
  end(
    @Param() { id }: IdParam,
    @Body() { reason }: EndFrameworkRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<EndFrameworkResponse> {
    return this.idempotency.once(identity, (tx) => this.endFramework.execute(tx, identity.caller, id, reason));
  }
}
