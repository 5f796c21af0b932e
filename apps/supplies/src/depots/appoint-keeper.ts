import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import { newId, type Tx } from '@ledger/platform';
import { chinaDay } from '../stock/domain/calendar';
import { DepotEntriesRepository } from './depot-entries.repository';
import { DepotRecordsRepository, type Keeper } from './depot-records.repository';
import { assertPeriod, overlaps } from './domain/period';
import type { AppointKeeperRequest, KeeperResponse } from './dto/keeper.dto';

export interface Appointment {
  readonly depotId: string;
  readonly caller: Caller;
  readonly request: AppointKeeperRequest;
}

/** Names who keeps a depot; several may at a time. */
@Injectable()
export class AppointKeeperUseCase {
  constructor(
    private readonly entries: DepotEntriesRepository,
    private readonly records: DepotRecordsRepository,
  ) {}

  /**
   * @throws DomainError in this order: SUPPLIES_DEPOT_NOT_FOUND (also out of the caller's reach), REQUEST_INVALID when
   *   the time ends before it begins, SUPPLIES_KEEPER_CONFLICT when the person keeps the depot in that time already
   */
  async execute(tx: Tx, { depotId, caller, request }: Appointment): Promise<KeeperResponse> {
    const depot = await this.entries.lockFor(tx, caller, depotId);
    const { userId, name, phone } = request;
    const period = { validFrom: request.validFrom ?? chinaDay(tx.now), validTo: request.validTo ?? null };
    assertPeriod(period);
    const times = await this.records.keepersOf(tx, depot.id, userId);
    if (times.some((time) => overlaps(time, period))) throw new DomainError('SUPPLIES_KEEPER_CONFLICT');
    const keeper: Keeper = { id: newId(), depotId: depot.id, userId, name, phone, ...period };
    await this.records.insertKeeper(tx, keeper);
    return answerOf(keeper);
  }
}

export const answerOf = ({ id, userId, name, phone, validFrom, validTo }: Keeper): KeeperResponse => ({
  id,
  userId,
  name,
  phone,
  validFrom,
  validTo,
});
