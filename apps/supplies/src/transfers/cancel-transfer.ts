import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import type { Tx } from '@ledger/platform';
import { mayActAt } from '../scope';
import { OverdueWork } from '../warehouse/overdue-work';
import { nextTransferState } from './domain/transfer-state';
import type { TransferStepResponse } from './dto/transfer.dto';
import { TransfersRepository, type Transfer } from './transfers.repository';

export interface TransferCancellation {
  readonly transferId: string;
  readonly caller: Caller;
  readonly reason: string;
}

/** Calls a transfer off before it leaves. */
@Injectable()
export class CancelTransferUseCase {
  constructor(
    private readonly transfers: TransfersRepository,
    private readonly overdue: OverdueWork,
  ) {}

  /**
   * @throws DomainError in this order: SUPPLIES_TRANSFER_NOT_FOUND (also when the caller does not act at the sending
   *   depot), SUPPLIES_TRANSFER_TRANSITION_FORBIDDEN once the goods have left
   */
  async execute(tx: Tx, { transferId, caller, reason }: TransferCancellation): Promise<TransferStepResponse> {
    const transfer = await this.transfers.lock(tx, transferId);
    if (!transfer || !mayActAt(caller, transfer.from)) throw new DomainError('SUPPLIES_TRANSFER_NOT_FOUND');
    return this.callOff(tx, transfer, caller, reason);
  }

  /**
   * @param transfer  locked by the caller, who has checked that `by` may call it off
   * @throws DomainError SUPPLIES_TRANSFER_TRANSITION_FORBIDDEN once the goods have left
   */
  async callOff(tx: Tx, transfer: Transfer, by: Caller, reason: string): Promise<TransferStepResponse> {
    const state = nextTransferState(transfer.state, 'cancel');
    await this.transfers.cancel(tx, transfer.id, by, reason);
    await this.overdue.done(tx, 'transfer-dispatch', transfer.id);
    return { transferId: transfer.id, state, movementId: null };
  }
}
