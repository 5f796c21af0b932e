import { Injectable } from '@nestjs/common';
import { DomainError, regionCovers, type Caller } from '@ledger/contracts';
import { Deadlines, type Cause, type Tx } from '@ledger/platform';
import { DepotsRepository } from '../catalogue/depots.repository';
import { chinaDay, type Day } from '../stock/domain/calendar';
import { temporaryDateFaults } from './domain/temporary-standard';
import type { SetResponse } from './dto/rule.dto';
import type { PlanTemporaryStandardRequest } from './dto/temporary.dto';
import { scheduleFillUp } from './fill-up-deadline';
import { FloorsRepository } from './floors.repository';
import { StandardsRepository } from './standards.repository';
import { TemporaryRepository } from './temporary.repository';
import { assertSetsStandards } from './who-sets-standards';

/** Plans what a place has to keep besides its standard, until a day. */
@Injectable()
export class PlanTemporaryStandardUseCase {
  constructor(
    private readonly depots: DepotsRepository,
    private readonly standards: StandardsRepository,
    private readonly floors: FloorsRepository,
    private readonly temporary: TemporaryRepository,
    private readonly deadlines: Deadlines,
  ) {}

  /**
   * Of a depot it raises the floor, and those who plan with floors are told of its beginning and its end at once.
   * @throws DomainError in this order: REQUEST_INVALID unless one place is named and every item once;
   *   SUPPLIES_DEPOT_NOT_FOUND (also out of the caller's reach) and SUPPLIES_DEPOT_CLOSED, or AUTH_REGION_OUT_OF_SCOPE
   *   and SUPPLIES_STANDARD_NOT_YOURS; SUPPLIES_STANDARD_DATES_INVALID, SUPPLIES_ITEM_UNKNOWN
   * Source: plan 004 §22 (special-need and event-site reserves).
   */
  async execute(tx: Tx, caller: Caller, request: PlanTemporaryStandardRequest, cause: Cause): Promise<SetResponse> {
    assertForm(request);
    const regionCode = await this.placeOf(tx, caller, request);
    const today = chinaDay(tx.now);
    assertDates(request, today);
    const itemCodes = request.items.map(({ itemCode }) => itemCode);
    const named = itemCodes.map((itemCode, index) => ({ itemCode, pointer: `/items/${index}/itemCode` }));
    await this.standards.assertItems(tx, named);
    const { depotId, fillUpBy } = request;
    if (depotId !== undefined) await this.floors.lockDepot(tx, depotId);
    const standardId = await this.temporary.add(tx, caller, request, regionCode);
    if (depotId !== undefined) await this.floors.announce(tx, depotId, { itemCodes, today }, cause);
    await scheduleFillUp(this.deadlines, tx, { standardId, fillUpBy }, cause);
    return { id: standardId };
  }

  private async placeOf(
    tx: Tx,
    caller: Caller,
    { depotId, regionCode }: PlanTemporaryStandardRequest,
  ): Promise<string> {
    if (depotId !== undefined) return (await this.depots.findFor(tx, caller, depotId)).regionCode;
    if (!regionCovers(caller.regionCode, String(regionCode))) throw new DomainError('AUTH_REGION_OUT_OF_SCOPE');
    assertSetsStandards(caller);
    return String(regionCode);
  }
}

function assertForm({ regionCode, depotId, items }: PlanTemporaryStandardRequest): void {
  const codes = items.map(({ itemCode }) => itemCode);
  const twice = codes.flatMap((code, index) =>
    codes.indexOf(code) === index ? [] : [{ pointer: `/items/${index}`, reason: 'names an item again' }],
  );
  const oneplace = (regionCode === undefined) !== (depotId === undefined);
  const errors = [...(oneplace ? [] : [{ pointer: '/depotId', reason: 'or regionCode, exactly one' }]), ...twice];
  if (errors.length > 0) throw new DomainError('REQUEST_INVALID', { errors });
}

function assertDates(request: PlanTemporaryStandardRequest, today: Day): void {
  const errors = temporaryDateFaults(request, today);
  if (errors.length > 0) throw new DomainError('SUPPLIES_STANDARD_DATES_INVALID', { errors });
}
