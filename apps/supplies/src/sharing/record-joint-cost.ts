import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import type { Tx } from '@ledger/platform';
import { DepotsRepository } from '../catalogue/depots.repository';
import { chinaDay } from '../stock/domain/calendar';
import { apportion } from './domain/apportion';
import type { CostResponse, RecordCostRequest } from './dto/joint-reserve.dto';
import { JointReservesRepository } from './joint-reserves.repository';

/** Enters what a joint reserve cost, and what of it every owner pays. */
@Injectable()
export class RecordJointCostUseCase {
  constructor(
    private readonly depots: DepotsRepository,
    private readonly reserves: JointReservesRepository,
  ) {}

  /**
   * The amount is split in whole fen by the agreed per cent; the parts sum to it.
   * @throws DomainError in this order: SUPPLIES_JOINT_RESERVE_NOT_FOUND, SUPPLIES_JOINT_RESERVE_NOT_IN_FORCE,
   *   SUPPLIES_DEPOT_NOT_FOUND (only the depot's side enters costs), REQUEST_INVALID (period)
   */
  async execute(tx: Tx, caller: Caller, id: string, request: RecordCostRequest): Promise<CostResponse> {
    const stock = await this.reserves.lockFor(tx, caller, id, chinaDay(tx.now));
    await this.depots.findFor(tx, caller, stock.depotId, 'clear');
    const { kind, amountFen, periodFrom, periodTo, documentNumber } = request;
    if (periodTo < periodFrom) {
      throw new DomainError('REQUEST_INVALID', {
        errors: [{ pointer: '/periodTo', reason: 'lies before the first day' }],
      });
    }
    const amounts = apportion(
      amountFen,
      stock.owners.map(({ costPercent }) => costPercent),
    );
    const costId = await this.reserves.insertCost(tx, caller, { stock, request, amounts });
    const shares = stock.owners.map(({ ownerId, name }, index) => ({ ownerId, name, amountFen: amounts[index] }));
    return { costId, kind, amountFen, periodFrom, periodTo, documentNumber, shares };
  }
}
