import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import type { Cause, Tx } from '@ledger/platform';
import { DepotsRepository } from '../catalogue/depots.repository';
import { chinaDay } from '../stock/domain/calendar';
import type { SetFloorsRequest, SetFloorsResponse } from './dto/floor.dto';
import { FloorsRepository } from './floors.repository';
import { StandardsRepository } from './standards.repository';

export interface FloorSetting {
  readonly depotId: string;
  readonly caller: Caller;
  readonly request: SetFloorsRequest;
}

/** Sets what a depot may not give away, from a day on. */
@Injectable()
export class SetFloorsUseCase {
  constructor(
    private readonly depots: DepotsRepository,
    private readonly standards: StandardsRepository,
    private readonly floors: FloorsRepository,
  ) {}

  /**
   * A floor of the same day is replaced, and both stay in the history.
   * @throws DomainError in this order: SUPPLIES_DEPOT_NOT_FOUND (also out of the caller's reach), REQUEST_INVALID when
   *   an item comes twice for a day, SUPPLIES_ITEM_UNKNOWN
   * Source: plan 004 §22 (standards, scale adjusted).
   */
  async execute(tx: Tx, { depotId, caller, request }: FloorSetting, cause: Cause): Promise<SetFloorsResponse> {
    const depot = await this.depots.findFor(tx, caller, depotId, 'clear');
    assertNamedOnce(request);
    const named = request.floors.map(({ itemCode }, index) => ({ itemCode, pointer: `/floors/${index}/itemCode` }));
    await this.standards.assertItems(tx, named);
    await this.floors.lockDepot(tx, depot.id);
    await this.floors.set(tx, caller, depot.id, request);
    const itemCodes = [...new Set(named.map(({ itemCode }) => itemCode))];
    const change = { itemCodes, today: chinaDay(tx.now) };
    return { depotId: depot.id, floors: await this.floors.announce(tx, depot.id, change, cause) };
  }
}

function assertNamedOnce({ floors }: SetFloorsRequest): void {
  const keys = floors.map(({ itemCode, validFrom }) => `${itemCode} ${validFrom}`);
  const errors = keys
    .map((key, index) => ({ pointer: `/floors/${index}`, reason: 'names an item and a day again', key, index }))
    .filter(({ key, index }) => keys.indexOf(key) !== index)
    .map(({ pointer, reason }) => ({ pointer, reason }));
  if (errors.length > 0) throw new DomainError('REQUEST_INVALID', { errors });
}
