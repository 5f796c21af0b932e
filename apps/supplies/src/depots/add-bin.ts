import { Injectable } from '@nestjs/common';
import type { Caller } from '@ledger/contracts';
import { newId, type Tx } from '@ledger/platform';
import { DepotsRepository } from '../catalogue/depots.repository';
import { BinsRepository } from './bins.repository';
import type { AddBinRequest, BinResponse } from './dto/bin.dto';

export interface NewBin {
  readonly depotId: string;
  readonly caller: Caller;
  readonly request: AddBinRequest;
}

/** Labels a shelf or a spot on the floor. */
@Injectable()
export class AddBinUseCase {
  constructor(
    private readonly depots: DepotsRepository,
    private readonly bins: BinsRepository,
  ) {}

  /**
   * @throws DomainError SUPPLIES_DEPOT_NOT_FOUND, SUPPLIES_DEPOT_CLOSED, SUPPLIES_ZONE_UNKNOWN,
   *   SUPPLIES_BIN_LABEL_TAKEN, in this order
   */
  async execute(tx: Tx, { depotId, caller, request }: NewBin): Promise<BinResponse> {
    const depot = await this.depots.findFor(tx, caller, depotId);
    const zoneId = request.zoneId ?? null;
    const zoneCode = zoneId === null ? null : await this.bins.zoneCode(tx, depot.id, zoneId);
    const bin = { id: newId(), label: request.label, zoneId, note: request.note ?? null };
    await this.bins.insertBin(tx, { ...bin, depotId: depot.id });
    return { ...bin, zoneCode, lotCount: 0 };
  }
}
