import { Injectable } from '@nestjs/common';
import { DomainError, dayInChina, type Caller } from '@ledger/contracts';
import { requireRegion, type Tx } from '@ledger/platform';
import { recorderOf } from '../stock/domain/recorder';
import { CapacityListRepository, type LatestCapacityChange } from './capacity-list.repository';
import type { CapacityChangeResponse, EnterCapacityRequest, RemoveCapacityRequest } from './dto/capacity-list.dto';
import { refuseEnterprise } from './reach';

/** Puts enterprises on the capacity list (产能清单) and takes them off, with who, when, why and on what grounds. */
@Injectable()
export class ChangeCapacityListUseCase {
  constructor(private readonly list: CapacityListRepository) {}

  /**
   * @throws DomainError in this order: AUTH_ROLE_MISSING (people of an enterprise), AUTH_REGION_OUT_OF_SCOPE,
   *   SUPPLIES_ITEM_UNKNOWN, SUPPLIES_CAPACITY_LISTED, REQUEST_INVALID (a day in the future or before the last change)
   * Source: plan 004 §22 (capacity list).
   */
  async enter(tx: Tx, caller: Caller, request: EnterCapacityRequest): Promise<CapacityChangeResponse> {
    const latest = await this.open(tx, caller, request);
    if (latest?.change === 'entered') throw new DomainError('SUPPLIES_CAPACITY_LISTED');
    const effectiveOn = effectiveDay(request.effectiveOn, latest, dayInChina(tx.now));
    const entry = {
      ...request,
      change: 'entered',
      effectiveOn,
      contractId: null,
      recorder: recorderOf(caller),
    } as const;
    return { changeId: await this.list.insert(tx, entry), change: 'entered', effectiveOn };
  }

  /**
   * @throws DomainError in this order: AUTH_ROLE_MISSING (people of an enterprise), AUTH_REGION_OUT_OF_SCOPE,
   *   SUPPLIES_ITEM_UNKNOWN, SUPPLIES_CAPACITY_NOT_LISTED, SUPPLIES_CAPACITY_CONTRACTED, REQUEST_INVALID
   */
  async remove(tx: Tx, caller: Caller, request: RemoveCapacityRequest): Promise<CapacityChangeResponse> {
    const latest = await this.open(tx, caller, request);
    if (latest?.change !== 'entered') throw new DomainError('SUPPLIES_CAPACITY_NOT_LISTED');
    if (await this.list.isContracted(tx, request)) throw new DomainError('SUPPLIES_CAPACITY_CONTRACTED');
    const effectiveOn = effectiveDay(request.effectiveOn, latest, dayInChina(tx.now));
    const { enterpriseName } = latest;
    const removal = { ...request, enterpriseName, ratePerDay: null, effectiveOn, contractId: null };
    const changeId = await this.list.insert(tx, { ...removal, change: 'removed', recorder: recorderOf(caller) });
    return { changeId, change: 'removed', effectiveOn };
  }

  private async open(
    tx: Tx,
    caller: Caller,
    request: EnterCapacityRequest | RemoveCapacityRequest,
  ): Promise<LatestCapacityChange | undefined> {
    refuseEnterprise(caller);
    requireRegion(caller, request.regionCode);
    const known = await tx.query('SELECT 1 FROM items WHERE code = $1', [request.itemCode]);
    if (known.length === 0) throw new DomainError('SUPPLIES_ITEM_UNKNOWN');
    await this.list.lock(tx, request);
    return this.list.latest(tx, request);
  }
}

/** Changes of one entry follow each other in time, so that the list of any day has one answer. */
function effectiveDay(asked: string | undefined, latest: LatestCapacityChange | undefined, today: string): string {
  const day = asked ?? today;
  if (day <= today && (!latest || day >= latest.effectiveOn)) return day;
  const reason = day > today ? 'lies in the future' : `lies before the last change on ${latest?.effectiveOn}`;
  throw new DomainError('REQUEST_INVALID', { errors: [{ pointer: '/effectiveOn', reason }] });
}
