import { Injectable } from '@nestjs/common';
import type { Caller } from '@ledger/contracts';
import { newId, type Tx } from '@ledger/platform';
import { DepotsRepository } from '../catalogue/depots.repository';
import { BinsRepository } from './bins.repository';
import type { AddZoneRequest, ZoneResponse } from './dto/bin.dto';

export interface NewZone {
  readonly depotId: string;
  readonly caller: Caller;
  readonly request: AddZoneRequest;
}

/** Names a part of a depot. */
@Injectable()
export class AddZoneUseCase {
  constructor(
    private readonly depots: DepotsRepository,
    private readonly bins: BinsRepository,
  ) {}

  /** @throws DomainError SUPPLIES_DEPOT_NOT_FOUND, SUPPLIES_DEPOT_CLOSED, SUPPLIES_ZONE_CODE_TAKEN, in this order */
  async execute(tx: Tx, { depotId, caller, request: { code, name } }: NewZone): Promise<ZoneResponse> {
    const depot = await this.depots.findFor(tx, caller, depotId);
    const zone = { id: newId(), code, name };
    await this.bins.insertZone(tx, { ...zone, depotId: depot.id });
    return zone;
  }
}
