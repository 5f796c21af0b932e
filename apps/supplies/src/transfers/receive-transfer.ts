import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import { newId, type Cause, type Tx } from '@ledger/platform';
import { DepotsRepository } from '../catalogue/depots.repository';
import { mayActAt } from '../scope';
import { chinaDay } from '../stock/domain/calendar';
import type { Posting } from '../stock/domain/posting';
import { recorderOf } from '../stock/domain/recorder';
import { reportedTime } from '../stock/domain/request-lines';
import { StockRepository } from '../stock/stock.repository';
import { CompleteTransfer } from './complete-transfer';
import { arrivalPostings, type ArrivedLot, type LotUnderWay } from './domain/plan-arrival';
import { nextTransferState } from './domain/transfer-state';
import type { ReceiveTransferRequest, ReceivedTransferResponse } from './dto/transfer-record.dto';
import { TransferRecordsRepository } from './transfer-records.repository';
import { TransfersRepository, type Transfer } from './transfers.repository';

export interface TransferReceipt {
  readonly transferId: string;
  readonly caller: Caller;
  readonly request: ReceiveTransferRequest;
}

/** The receiving keeper takes one delivery of a transfer in. */
@Injectable()
export class ReceiveTransferUseCase {
  constructor(
    private readonly depots: DepotsRepository,
    private readonly transfers: TransfersRepository,
    private readonly records: TransferRecordsRepository,
    private readonly stock: StockRepository,
    private readonly complete: CompleteTransfer,
  ) {}

  /**
   * The transfer closes with the last piece; what is short stays on the road.
   * @throws DomainError in this order: SUPPLIES_TRANSFER_NOT_FOUND (also when the caller does not act at the receiving
   *   depot), SUPPLIES_TRANSFER_TRANSITION_FORBIDDEN, SUPPLIES_DEPOT_CLOSED, what `arrivalPostings` refuses,
   *   SUPPLIES_DEPOT_FULL
   */
  async execute(tx: Tx, input: TransferReceipt, cause: Cause): Promise<ReceivedTransferResponse> {
    const { caller, request } = input;
    const transfer = await this.transfers.lock(tx, input.transferId);
    if (!transfer || !mayActAt(caller, transfer.to)) throw new DomainError('SUPPLIES_TRANSFER_NOT_FOUND');
    nextTransferState(transfer.state, 'receive');
    const depot = await this.depots.findFor(tx, caller, transfer.to.id, 'receive');
    const receivedAt = reportedTime(request.receivedAt, tx.now, '/receivedAt');
    const lines = request.lines.map((line) => ({ ...line, lotId: line.lotId.toLowerCase() }));
    const underWay = await this.transfers.underWay(tx, transfer.id);
    const arrival = { transferId: transfer.id, depotId: depot.id, lines, note: request.note };
    const postings = arrivalPostings(arrival, underWay, chinaDay(tx.now));
    await this.depots.assertRoomFor(tx, depot, postings);
    const movementId = postings.length > 0 ? await this.post(tx, transfer, input, postings, cause) : null;
    const receiptId = await this.records.insertReceipt(tx, {
      transferId: transfer.id,
      movementId,
      note: request.note,
      receivedAt,
      by: caller,
      lines: withItems(lines, underWay),
    });
    const state = await this.complete.ifEmpty(tx, transfer);
    return { transferId: transfer.id, receiptId, state, movementId };
  }

  private async post(
    tx: Tx,
    transfer: Transfer,
    { caller, request }: TransferReceipt,
    postings: readonly Posting[],
    cause: Cause,
  ): Promise<string> {
    const posted = await this.stock.post(
      tx,
      {
        businessKey: `transfer-in:${newId()}`,
        kind: 'transfer-in',
        recordedBy: recorderOf(caller),
        depotId: transfer.to.id,
        shipmentId: transfer.id,
        note: request.note,
      },
      postings,
      cause,
    );
    return posted.movementId;
  }
}

const withItems = (lines: readonly ArrivedLot[], underWay: readonly LotUnderWay[]) =>
  lines.map((line) => ({
    ...line,
    itemCode: underWay.find(({ lotId }) => lotId === line.lotId)?.itemCode ?? '',
  }));
