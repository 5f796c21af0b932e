import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import type { Caller } from '@ledger/contracts';
import { IdParam, Idempotency, RequestCaller, RequestIdentity, RequireAction, type Identity } from '@ledger/platform';
import { ChangeSupplierStateUseCase } from './change-supplier-state';
import {
  ChangeSupplierStateRequest,
  LeadTimeResponse,
  RegisterSupplierRequest,
  SupplierResponse,
  SupplierStateResponse,
  SuppliersQuery,
  SuppliersResponse,
} from './dto/supplier.dto';
import { RegisterSupplierUseCase } from './register-supplier';
import { SuppliersQueries } from './suppliers.queries';

@Controller('purchasing/suppliers')
export class SuppliersController {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly queries: SuppliersQueries,
    private readonly registerSupplier: RegisterSupplierUseCase,
    private readonly changeState: ChangeSupplierStateUseCase,
  ) {}

  /** The register of suppliers; contacts are masked for those who do not buy. */
  @Get()
  @RequireAction('purchase.read')
  suppliers(@Query() query: SuppliersQuery, @RequestCaller() caller: Caller): Promise<SuppliersResponse> {
    return this.queries.suppliers(caller, query);
  }

  /** One supplier. */
  @Get(':id')
  @RequireAction('purchase.read')
  supplier(@Param() { id }: IdParam, @RequestCaller() caller: Caller): Promise<SupplierResponse> {
    return this.queries.supplier(caller, id);
  }

  /** How long the supplier takes: promised against actual, and how often it is late. */
  @Get(':id/lead-times')
  @RequireAction('purchase.read')
  leadTimes(@Param() { id }: IdParam, @RequestCaller() caller: Caller): Promise<LeadTimeResponse> {
    return this.queries.leadTimes(caller, id);
  }

  /** Enters a supplier in the register of the caller's region. */
  @Post()
  @HttpCode(201)
  @RequireAction('supplier.manage')
  register(@Body() request: RegisterSupplierRequest, @RequestIdentity() identity: Identity): Promise<SupplierResponse> {
    return this.idempotency.once(identity, (tx) => this.registerSupplier.execute(tx, identity.caller, request));
  }

  /** Suspends a supplier or lets it in again. */
  @Post(':id/state')
  @HttpCode(200)
  @RequireAction('supplier.manage')
  setState(
    @Param() { id }: IdParam,
    @Body() request: ChangeSupplierStateRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<SupplierStateResponse> {
    return this.idempotency.once(identity, (tx) => this.changeState.execute(tx, identity.caller, id, request));
  }
}
