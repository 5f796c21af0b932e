import { Injectable } from '@nestjs/common';
import { DomainError, regionCovers, type Caller } from '@ledger/contracts';
import type { Cause, Tx } from '@ledger/platform';
import { mayActAt } from '../scope';
import { addDays, chinaDay } from '../stock/domain/calendar';
import type { SetResponse } from './dto/rule.dto';
import type { EndTemporaryStandardRequest } from './dto/temporary.dto';
import { FloorsRepository } from './floors.repository';
import { TemporaryRepository, type TemporaryStandard } from './temporary.repository';
import { assertSetsStandards } from './who-sets-standards';

export interface TemporaryEnd {
  readonly standardId: string;
  readonly caller: Caller;
  readonly request: EndTemporaryStandardRequest;
}

/** Ends a standard for a time before its last day. */
@Injectable()
export class EndTemporaryStandardUseCase {
  constructor(
    private readonly floors: FloorsRepository,
    private readonly temporary: TemporaryRepository,
  ) {}

  /**
   * @throws DomainError in this order: SUPPLIES_STANDARD_NOT_FOUND (also out of the caller's reach),
   *   SUPPLIES_STANDARD_NOT_YOURS, SUPPLIES_STANDARD_ENDED when it is over or was ended before,
   *   SUPPLIES_STANDARD_DATES_INVALID for a day that is not between yesterday and the planned last day
   */
  async execute(tx: Tx, { standardId, caller, request }: TemporaryEnd, cause: Cause): Promise<SetResponse> {
    const found = await this.temporary.find(tx, standardId);
    if (!found || !isWithinReach(caller, found)) throw new DomainError('SUPPLIES_STANDARD_NOT_FOUND');
    if (found.depotId === null) assertSetsStandards(caller);
    else await this.floors.lockDepot(tx, found.depotId);
    const today = chinaDay(tx.now);
    if (found.lastDay < today) throw new DomainError('SUPPLIES_STANDARD_ENDED');
    const { lastDay } = request;
    if (lastDay < addDays(today, -1) || lastDay >= found.validTo) {
      const reason = 'is not between yesterday and the planned last day';
      throw new DomainError('SUPPLIES_STANDARD_DATES_INVALID', { errors: [{ pointer: '/lastDay', reason }] });
    }
    if (!(await this.temporary.end(tx, caller, found.id, request))) throw new DomainError('SUPPLIES_STANDARD_ENDED');
    if (found.depotId !== null) {
      const itemCodes = found.items.map(({ itemCode }) => itemCode);
      await this.floors.announce(tx, found.depotId, { itemCodes, today }, cause);
    }
    return { id: found.id };
  }
}

function isWithinReach(caller: Caller, { regionCode, organisationId }: TemporaryStandard): boolean {
  return organisationId === null
    ? regionCovers(caller.regionCode, regionCode)
    : mayActAt(caller, { regionCode, organisationId });
}
