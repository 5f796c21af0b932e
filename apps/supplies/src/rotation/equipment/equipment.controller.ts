import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import type { Caller } from '@ledger/contracts';
import {
  Idempotency,
  RequestCaller,
  RequestIdentity,
  RequireAction,
  causeOfRequest,
  requireRegion,
  type Identity,
} from '@ledger/platform';
import {
  EquipmentTestsQuery,
  EquipmentTestsResponse,
  RecordTestRequest,
  RecordTestResponse,
  SetTestRuleRequest,
  TestOrdersQuery,
  TestOrdersResponse,
  TestRuleResponse,
  TestRulesQuery,
  TestRulesResponse,
} from './dto/equipment.dto';
import { EquipmentQueries } from './equipment.queries';
import { RecordTestUseCase } from './record-test';
import { SetTestRuleUseCase } from './set-test-rule';

@Controller('equipment-tests')
export class EquipmentController {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly queries: EquipmentQueries,
    private readonly recordTest: RecordTestUseCase,
    private readonly setRule: SetTestRuleUseCase,
  ) {}

  /** Tests that were done, the latest first. */
  @Get()
  @RequireAction('stock.read')
  async tests(@Query() query: EquipmentTestsQuery, @RequestCaller() caller: Caller): Promise<EquipmentTestsResponse> {
    if (query.region !== undefined) requireRegion(caller, query.region);
    return this.queries.tests(caller, query);
  }

  /** Records a test of equipment in a depot. */
  @Post()
  @HttpCode(201)
  @RequireAction('equipment-test.record')
  record(@Body() request: RecordTestRequest, @RequestIdentity() identity: Identity): Promise<RecordTestResponse> {
    const input = { caller: identity.caller, request };
    return this.idempotency.once(identity, (tx) =>
      this.recordTest.execute(tx, input, (lotId) => causeOfRequest(identity, lotId)),
    );
  }

  /** What is to be tested or repaired, what is held and why. */
  @Get('orders')
  @RequireAction('stock.read')
  async orders(@Query() query: TestOrdersQuery, @RequestCaller() caller: Caller): Promise<TestOrdersResponse> {
    if (query.region !== undefined) requireRegion(caller, query.region);
    return this.queries.orders(caller, query);
  }

  /** Rules that concern the caller's region: past, in force and to come. */
  @Get('rules')
  @RequireAction('stock.read')
  rules(@Query() query: TestRulesQuery, @RequestCaller() caller: Caller): Promise<TestRulesResponse> {
    return this.queries.rules(caller, query);
  }

  /** Sets which test goods of a class need, from a day on. */
  @Post('rules')
  @HttpCode(201)
  @RequireAction('rotation.configure')
  rule(@Body() request: SetTestRuleRequest, @RequestIdentity() identity: Identity): Promise<TestRuleResponse> {
    return this.idempotency.once(identity, (tx) => this.setRule.execute(tx, identity.caller, request));
  }
}
