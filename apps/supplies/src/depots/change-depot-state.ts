import { Injectable } from '@nestjs/common';
import type { Caller } from '@ledger/contracts';
import type { Cause, Tx } from '@ledger/platform';
import { recorderOf } from '../stock/domain/recorder';
import { assertVersion } from './amend-depot';
import { DepotEntriesRepository } from './depot-entries.repository';
import { assertTransition } from './domain/opening-state';
import type { ChangeDepotStateRequest, DepotWrittenResponse } from './dto/depot-entry.dto';

export interface DepotStateChange {
  readonly depotId: string;
  readonly caller: Caller;
  readonly request: ChangeDepotStateRequest;
}

/** Opens, suspends or closes a depot. Goods that lie in a closed one may leave it, and its entry warns of them. */
@Injectable()
export class ChangeDepotStateUseCase {
  constructor(private readonly entries: DepotEntriesRepository) {}

  /**
   * @throws DomainError in this order: SUPPLIES_DEPOT_NOT_FOUND (also out of the caller's reach), SUPPLIES_VERSION_STALE,
   *   SUPPLIES_DEPOT_TRANSITION_FORBIDDEN
   */
  async execute(tx: Tx, { depotId, caller, request }: DepotStateChange, cause: Cause): Promise<DepotWrittenResponse> {
    const entry = await this.entries.lockFor(tx, caller, depotId);
    assertVersion(entry, request.version);
    assertTransition(entry.state, request.state);
    const change = { to: request.state, reason: request.reason, by: recorderOf(caller) };
    await this.entries.changeState(tx, entry, change, cause);
    return { depotId: entry.id, code: entry.code, state: change.to, version: entry.version + 1 };
  }
}
