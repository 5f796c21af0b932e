import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import type { Cause, Tx } from '@ledger/platform';
import { chinaDay } from '../stock/domain/calendar';
import { DepotEntriesRepository, type DepotEntry } from './depot-entries.repository';
import type { AmendDepotRequest, DepotWrittenResponse } from './dto/depot-entry.dto';
import { amendableOf, assertSound } from './register-depot';

export interface Amendment {
  readonly depotId: string;
  readonly caller: Caller;
  readonly request: AmendDepotRequest;
}

/** Changes the entry of a depot. */
@Injectable()
export class AmendDepotUseCase {
  constructor(private readonly entries: DepotEntriesRepository) {}

  /**
   * @throws DomainError in this order: SUPPLIES_DEPOT_NOT_FOUND (also out of the caller's reach), SUPPLIES_VERSION_STALE,
   *   SUPPLIES_DEPOT_ORGANISATION_FOREIGN, SUPPLIES_DEPOT_ENTRY_INVALID
   */
  async execute(tx: Tx, { depotId, caller, request }: Amendment, cause: Cause): Promise<DepotWrittenResponse> {
    const known = await this.entries.lockFor(tx, caller, depotId);
    assertVersion(known, request.version);
    const entry: DepotEntry = { ...known, ...amendableOf(request, chinaDay(tx.now)) };
    assertSound(caller, entry);
    await this.entries.amend(tx, entry, cause);
    return { depotId: entry.id, code: entry.code, state: entry.state, version: entry.version + 1 };
  }
}

/** @throws DomainError SUPPLIES_VERSION_STALE */
export function assertVersion(known: { readonly version: number }, version: number): void {
  if (known.version === version) return;
  throw new DomainError('SUPPLIES_VERSION_STALE', {
    detail: `it is at version ${known.version}`,
    facts: { version: known.version },
  });
}
