import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import type { Tx } from '@ledger/platform';
import { answerOf } from './appoint-keeper';
import { DepotEntriesRepository } from './depot-entries.repository';
import { DepotRecordsRepository } from './depot-records.repository';
import { assertPeriod, overlaps } from './domain/period';
import type { EndKeeperRequest, KeeperResponse } from './dto/keeper.dto';

export interface EndOfKeeper {
  readonly depotId: string;
  readonly keeperId: string;
  readonly caller: Caller;
  readonly request: EndKeeperRequest;
}

/** Sets the last day of a keeper; it may be set anew. */
@Injectable()
export class EndKeeperUseCase {
  constructor(
    private readonly entries: DepotEntriesRepository,
    private readonly records: DepotRecordsRepository,
  ) {}

  /**
   * @throws DomainError in this order: SUPPLIES_DEPOT_NOT_FOUND (also out of the caller's reach),
   *   SUPPLIES_KEEPER_NOT_FOUND, REQUEST_INVALID when the last day lies before the first, SUPPLIES_KEEPER_CONFLICT
   */
  async execute(tx: Tx, { depotId, keeperId, caller, request }: EndOfKeeper): Promise<KeeperResponse> {
    const depot = await this.entries.lockFor(tx, caller, depotId);
    const keeper = { ...(await this.records.keeper(tx, depot.id, keeperId)), validTo: request.validTo };
    assertPeriod(keeper);
    const others = (await this.records.keepersOf(tx, depot.id, keeper.userId)).filter(({ id }) => id !== keeper.id);
    if (others.some((other) => overlaps(other, keeper))) throw new DomainError('SUPPLIES_KEEPER_CONFLICT');
    await this.records.endKeeper(tx, keeper.id, keeper.validTo);
    return answerOf(keeper);
  }
}
