import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import type { Caller } from '@ledger/contracts';
import {
  IdParam,
  Idempotency,
  PageQuery,
  RequestCaller,
  RequestIdentity,
  RequireAction,
  type Identity,
} from '@ledger/platform';
import { AddBinUseCase } from './add-bin';
import { AddZoneUseCase } from './add-zone';
import { BinsQueries } from './bins.queries';
import { DepotEntriesQueries } from './depot-entries.queries';
import {
  AddBinRequest,
  AddZoneRequest,
  BinResponse,
  BinsResponse,
  PlaceLotRequest,
  PlacedLotResponse,
  PlacementParam,
  PlacementsQuery,
  PlacementsResponse,
  ZoneResponse,
  ZonesResponse,
} from './dto/bin.dto';
import { PlaceLotUseCase } from './place-lot';

@Controller('depots')
export class BinsController {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly depots: DepotEntriesQueries,
    private readonly queries: BinsQueries,
    private readonly addZone: AddZoneUseCase,
    private readonly addBin: AddBinUseCase,
    private readonly placeLot: PlaceLotUseCase,
  ) {}

  /** Zones of a depot. */
  @Get(':id/zones')
  @RequireAction('stock.read')
  async zones(
    @Param() { id }: IdParam,
    @Query() page: PageQuery,
    @RequestCaller() caller: Caller,
  ): Promise<ZonesResponse> {
    await this.depots.place(caller, id);
    return this.queries.zones(id, page);
  }

  /** Names a part of a depot. */
  @Post(':id/zones')
  @HttpCode(201)
  @RequireAction('bin.manage')
  zone(
    @Param() { id }: IdParam,
    @Body() request: AddZoneRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<ZoneResponse> {
    const zone = { depotId: id, caller: identity.caller, request };
    return this.idempotency.once(identity, (tx) => this.addZone.execute(tx, zone));
  }

  /** Bins of a depot. */
  @Get(':id/bins')
  @RequireAction('stock.read')
  async bins(
    @Param() { id }: IdParam,
    @Query() page: PageQuery,
    @RequestCaller() caller: Caller,
  ): Promise<BinsResponse> {
    await this.depots.place(caller, id);
    return this.queries.bins(id, page);
  }

  /** Labels a shelf or a spot on the floor. */
  @Post(':id/bins')
  @HttpCode(201)
  @RequireAction('bin.manage')
  bin(
    @Param() { id }: IdParam,
    @Body() request: AddBinRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<BinResponse> {
    const bin = { depotId: id, caller: identity.caller, request };
    return this.idempotency.once(identity, (tx) => this.addBin.execute(tx, bin));
  }

  /** Where lots lie in a depot, as far as somebody noted it. */
  @Get(':id/placements')
  @RequireAction('stock.read')
  async placements(
    @Param() { id }: IdParam,
    @Query() query: PlacementsQuery,
    @RequestCaller() caller: Caller,
  ): Promise<PlacementsResponse> {
    await this.depots.place(caller, id);
    return this.queries.placements(id, query);
  }

  /** Notes how much of a lot lies in a bin. */
  @Put(':id/bins/:binId/lots/:lotId')
  @RequireAction('bin.manage')
  place(
    @Param() { id, binId, lotId }: PlacementParam,
    @Body() { quantityBase }: PlaceLotRequest,
    @RequestIdentity() identity: Identity,
  ): Promise<PlacedLotResponse> {
    const placement = { depotId: id, binId, lotId, caller: identity.caller, quantityBase };
    return this.idempotency.once(identity, (tx) => this.placeLot.execute(tx, placement));
  }
}
