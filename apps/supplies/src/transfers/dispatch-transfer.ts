import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import type { Cause, Tx } from '@ledger/platform';
import { DepotsRepository } from '../catalogue/depots.repository';
import { DonationPurposes } from '../donations/purposes.repository';
import { mayActAt } from '../scope';
import { chinaDay } from '../stock/domain/calendar';
import { recorderOf } from '../stock/domain/recorder';
import { StockRepository } from '../stock/stock.repository';
import { OverdueWork, inHours } from '../warehouse/overdue-work';
import { dispatchPostings, planDispatch, type FreePieces } from './domain/plan-dispatch';
import { nextTransferState } from './domain/transfer-state';
import type { DispatchTransferRequest, TransferStepResponse } from './dto/transfer.dto';
import { SendingStockRepository } from './sending-stock.repository';
import { TransfersRepository, type Transfer } from './transfers.repository';

export interface TransferDispatch {
  readonly transferId: string;
  readonly caller: Caller;
  readonly request: DispatchTransferRequest;
}

/** The sending keeper hands the goods of a transfer over to whoever carries them. */
@Injectable()
export class DispatchTransferUseCase {
  constructor(
    private readonly depots: DepotsRepository,
    private readonly transfers: TransfersRepository,
    private readonly sendingStock: SendingStockRepository,
    private readonly purposes: DonationPurposes,
    private readonly stock: StockRepository,
    private readonly overdue: OverdueWork,
  ) {}

  /**
   * Free pieces go on the road.
   * @throws DomainError in this order: SUPPLIES_TRANSFER_NOT_FOUND (also when the caller does not act at the sending
   *   depot), SUPPLIES_TRANSFER_TRANSITION_FORBIDDEN, what `planDispatch` refuses
   */
  async execute(tx: Tx, input: TransferDispatch, cause: Cause): Promise<TransferStepResponse> {
    const { caller, request } = input;
    const transfer = await this.transfers.lock(tx, input.transferId);
    if (!transfer || !mayActAt(caller, transfer.from)) throw new DomainError('SUPPLIES_TRANSFER_NOT_FOUND');
    const state = nextTransferState(transfer.state, 'dispatch');
    await this.depots.findFor(tx, caller, transfer.from.id, 'clear');
    const parts = await this.plan(tx, transfer, request);
    const { movementId } = await this.stock.post(
      tx,
      {
        businessKey: `transfer-out:${transfer.id}`,
        kind: 'transfer-out',
        recordedBy: recorderOf(caller),
        depotId: transfer.from.id,
        shipmentId: transfer.id,
        note: request.note,
      },
      dispatchPostings({ transferId: transfer.id, depotId: transfer.from.id }, parts),
      cause,
    );
    const dueAt = inHours(tx, transfer.arrivalHours);
    const dispatched = { by: caller, movementId, dueAt, carriedBy: request.carriedBy, lots: parts };
    await this.transfers.dispatch(tx, transfer.id, dispatched);
    await this.overdue.done(tx, 'transfer-dispatch', transfer.id);
    const arrival = { work: 'transfer-arrival', subjectId: transfer.id, depot: transfer.to, dueAt } as const;
    await this.overdue.expect(tx, arrival, cause);
    return { transferId: transfer.id, state, movementId };
  }

  private async plan(tx: Tx, transfer: Transfer, { lots }: DispatchTransferRequest): Promise<FreePieces[]> {
    const lines = await this.transfers.lines(tx, transfer.id);
    const itemCodes = [...new Set(lines.map(({ itemCode }) => itemCode))];
    const free = await this.sendingStock.lockFree(tx, transfer.from.id, itemCodes);
    const today = chinaDay(tx.now);
    const floors = await this.sendingStock.floors(tx, transfer.from.id, itemCodes, today);
    const boundElsewhere = await this.purposes.boundElsewhere(
      tx,
      free.map(({ lotId }) => lotId),
      { regionCode: transfer.to.regionCode, incidentId: null, group: null },
    );
    const loaded = lots?.map(({ lotId, quantityBase }) => ({ lotId: lotId.toLowerCase(), quantityBase }));
    const { mayBreakFloor } = transfer;
    return planDispatch(lines, free, loaded, { today, floors, mayBreakFloor, boundElsewhere });
  }
}
