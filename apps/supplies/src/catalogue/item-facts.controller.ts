import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import type { Caller } from '@ledger/contracts';
import {
  Idempotency,
  PageQuery,
  RequestCaller,
  RequestIdentity,
  RequireAction,
  requireRegion,
  type Identity,
} from '@ledger/platform';
import {
  CapabilityKindsResponse,
  CapabilityNamedResponse,
  NameCapabilityRequest,
  SubstitutesQuery,
  SubstitutesResponse,
} from './dto/capability.dto';
import { ItemParam } from './dto/item.dto';
import { GtinParam, PackQuantityQuery, PackQuantityResponse, ScannedPackResponse } from './dto/pack.dto';
import {
  ImportStandardCodesRequest,
  ImportedStandardCodesResponse,
  StandardCodesQuery,
  StandardCodesResponse,
} from './dto/standard-code.dto';
import { ImportStandardCodesUseCase } from './import-standard-codes';
import { ItemFactsQueries } from './item-facts.queries';
import { NameCapabilityUseCase } from './name-capability';
import { SubstitutesQueries } from './substitutes.queries';

@Controller()
export class ItemFactsController {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly queries: ItemFactsQueries,
    private readonly substitutesQueries: SubstitutesQueries,
    private readonly nameCapability: NameCapabilityUseCase,
    private readonly importCodes: ImportStandardCodesUseCase,
  ) {}

  /** A quantity of an item, or a number of its packs, in base units and in whole packs. */
  @Get('items/:code/pack-quantity')
  @RequireAction('stock.read')
  packQuantity(@Param() { code }: ItemParam, @Query() query: PackQuantityQuery): Promise<PackQuantityResponse> {
    return this.queries.packQuantity(code, query);
  }

  /** What else does the same as a quantity of an item, and how much of it is free in a region. */
  @Get('items/:code/substitutes')
  @RequireAction('stock.read')
  async substitutes(
    @Param() { code }: ItemParam,
    @Query() query: SubstitutesQuery,
    @RequestCaller() caller: Caller,
  ): Promise<SubstitutesResponse> {
    if (query.region !== undefined) requireRegion(caller, query.region);
    return this.substitutesQueries.substitutes(caller, code, query);
  }

  /** The pack behind a barcode number. */
  @Get('packs/:gtin')
  @RequireAction('stock.read')
  scanned(@Param() { gtin }: GtinParam): Promise<ScannedPackResponse> {
    return this.queries.scanned(gtin);
  }

  /** What goods can do, and in which units it is counted. */
  @Get('capabilities')
  @RequireAction('stock.read')
  capabilities(@Query() page: PageQuery): Promise<CapabilityKindsResponse> {
    return this.queries.capabilityKinds(page);
  }

  /** Names a capability, or renames it. */
  @Post('capabilities')
  @HttpCode(201)
  @RequireAction('catalogue.manage')
  name(
    @Body() request: NameCapabilityRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<CapabilityNamedResponse> {
    const naming = { caller: identity.caller, request };
    return this.idempotency.once(identity, (tx) => this.nameCapability.execute(tx, naming));
  }

  /** Codes of GB/T 38565 that were imported. */
  @Get('standard-codes')
  @RequireAction('stock.read')
  standardCodes(@Query() query: StandardCodesQuery): Promise<StandardCodesResponse> {
    return this.queries.standardCodes(query);
  }

  /** Imports codes of GB/T 38565 from a list of one's own. */
  @Post('standard-codes')
  @HttpCode(201)
  @RequireAction('catalogue.manage')
  importStandardCodes(
    @Body() request: ImportStandardCodesRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<ImportedStandardCodesResponse> {
    const rows = { caller: identity.caller, request };
    return this.idempotency.once(identity, (tx) => this.importCodes.execute(tx, rows));
  }
}
