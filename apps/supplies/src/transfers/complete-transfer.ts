import { Injectable } from '@nestjs/common';
import type { Tx } from '@ledger/platform';
import { OverdueWork } from '../warehouse/overdue-work';
import { nextTransferState, type TransferState } from './domain/transfer-state';
import { TransfersRepository, type Transfer } from './transfers.repository';

/** Ends a transfer of which nothing is on the road any more. */
@Injectable()
export class CompleteTransfer {
  constructor(
    private readonly transfers: TransfersRepository,
    private readonly overdue: OverdueWork,
  ) {}

  /** @returns the state of the transfer now */
  async ifEmpty(tx: Tx, transfer: Transfer): Promise<TransferState> {
    if (!(await this.transfers.isEmpty(tx, transfer.id))) return transfer.state;
    const state = nextTransferState(transfer.state, 'complete');
    await this.transfers.close(tx, transfer.id);
    await this.overdue.done(tx, 'transfer-arrival', transfer.id);
    return state;
  }
}
