import { Injectable } from '@nestjs/common';
import type { Caller } from '@ledger/contracts';
import type { Tx } from '@ledger/platform';
import { regionPattern } from '../scope';
import { DepotRecordsRepository } from './depot-records.repository';
import { assertPeriod } from './domain/period';
import type { EndedNeedResponse } from './dto/pre-positioning.dto';

export interface EndOfNeed {
  readonly needId: string;
  readonly caller: Caller;
  readonly validTo: string;
}

/** Sets the last day of a need; it may be set anew. */
@Injectable()
export class EndNeedUseCase {
  constructor(private readonly records: DepotRecordsRepository) {}

  /**
   * @throws DomainError SUPPLIES_PRE_POSITIONING_NEED_NOT_FOUND (also out of the caller's region), REQUEST_INVALID when
   *   the last day lies before the first
   */
  async execute(tx: Tx, { needId, caller, validTo }: EndOfNeed): Promise<EndedNeedResponse> {
    const { validFrom } = await this.records.lockNeed(tx, needId, regionPattern(caller.regionCode));
    assertPeriod({ validFrom, validTo });
    await this.records.endNeed(tx, needId, validTo);
    return { id: needId, validTo };
  }
}
