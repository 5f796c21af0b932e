import { Injectable } from '@nestjs/common';
import { DomainError, type Caller, type FieldFault } from '@ledger/contracts';
import type { Tx } from '@ledger/platform';
import { DepotsRepository } from '../../catalogue/depots.repository';
import { mayActAt } from '../../scope';
import { chinaDay, type Day } from '../../stock/domain/calendar';
import { daysBetween } from '../domain/months';
import { DemandsRepository } from './demands.repository';
import type { DeclareDemandRequest, DemandStateResponse } from './dto/sharing.dto';

/** Nobody plans use further ahead: what is declared stays worth matching. */
const LONGEST_DAYS = 731;

/** Tells others what a place will use, so that goods which die elsewhere can come. */
@Injectable()
export class DeclareDemandUseCase {
  constructor(
    private readonly depots: DepotsRepository,
    private readonly demands: DemandsRepository,
  ) {}

  /** @throws DomainError in this order: SUPPLIES_DEPOT_NOT_FOUND, REQUEST_INVALID, SUPPLIES_ITEM_UNKNOWN */
  async declare(tx: Tx, caller: Caller, request: DeclareDemandRequest): Promise<DemandStateResponse> {
    const depot = await this.depots.findFor(tx, caller, request.depotId, 'receive');
    assertTime(request, chinaDay(tx.now));
    if (!(await this.demands.itemExists(tx, request.itemCode))) {
      throw new DomainError('SUPPLIES_ITEM_UNKNOWN', { errors: [{ pointer: '/itemCode', reason: 'is unknown' }] });
    }
    const { itemCode, purpose, quantityBase, neededFrom, neededUntil, note = null } = request;
    const demand = { depotId: depot.id, itemCode, purpose, quantityBase, neededFrom, neededUntil, note };
    return { demandId: await this.demands.insert(tx, demand, caller), state: 'open' };
  }

  /** @throws DomainError SUPPLIES_ROTATION_DEMAND_NOT_FOUND (also out of the caller's reach), SUPPLIES_ROTATION_DEMAND_ENDED */
  async withdraw(tx: Tx, caller: Caller, id: string): Promise<DemandStateResponse> {
    const demand = await this.demands.lock(tx, id);
    if (!mayActAt(caller, demand)) throw new DomainError('SUPPLIES_ROTATION_DEMAND_NOT_FOUND');
    if (demand.state !== 'open') throw new DomainError('SUPPLIES_ROTATION_DEMAND_ENDED');
    await this.demands.withdraw(tx, demand.id);
    return { demandId: demand.id, state: 'withdrawn' };
  }
}

function assertTime({ neededFrom, neededUntil }: DeclareDemandRequest, today: Day): void {
  const errors: FieldFault[] = [];
  if (neededFrom < today) errors.push({ pointer: '/neededFrom', reason: 'has passed already' });
  if (neededUntil < neededFrom) errors.push({ pointer: '/neededUntil', reason: 'lies before the first day' });
  if (daysBetween(today, neededUntil) > LONGEST_DAYS) {
    errors.push({ pointer: '/neededUntil', reason: 'is more than two years away' });
  }
  if (errors.length > 0) throw new DomainError('REQUEST_INVALID', { errors });
}
