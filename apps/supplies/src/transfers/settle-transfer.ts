import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import { newId, type Cause, type Tx } from '@ledger/platform';
import { DepotsRepository } from '../catalogue/depots.repository';
import { chinaDay } from '../stock/domain/calendar';
import { OverdueWork, inHours } from '../warehouse/overdue-work';
import { ThresholdsRepository } from '../warehouse/thresholds.repository';
import { BookSettlement } from './book-settlement';
import { CompleteTransfer } from './complete-transfer';
import { lostBaseOf, settlementPostings, type SettledLot } from './domain/plan-settlement';
import { nextTransferState, type SettlementState } from './domain/transfer-state';
import type { SettleTransferRequest, SettlementStepResponse } from './dto/transfer-record.dto';
import { TransferRecordsRepository } from './transfer-records.repository';
import { TransfersRepository, actsAtAnEnd, type Transfer } from './transfers.repository';

/** A week to decide about a large loss: an estimate. */
const DECIDE_WITHIN_HOURS = 168;

export interface TransferSettlement {
  readonly transferId: string;
  readonly caller: Caller;
  readonly request: SettleTransferRequest;
}

/** Settles what a transfer left on the road: found at either end, or lost. */
@Injectable()
export class SettleTransferUseCase {
  constructor(
    private readonly depots: DepotsRepository,
    private readonly transfers: TransfersRepository,
    private readonly records: TransferRecordsRepository,
    private readonly thresholds: ThresholdsRepository,
    private readonly booking: BookSettlement,
    private readonly complete: CompleteTransfer,
    private readonly overdue: OverdueWork,
  ) {}

  /**
   * A loss above the threshold of the sending depot's region waits for a second person; everything else is booked at
   * once. Pieces are found only by those who act at the depot where they were found.
   * @throws DomainError in this order: SUPPLIES_TRANSFER_NOT_FOUND (also when the caller acts at neither end),
   *   SUPPLIES_TRANSFER_TRANSITION_FORBIDDEN, what `settlementPostings` refuses, SUPPLIES_DEPOT_NOT_FOUND and
   *   SUPPLIES_DEPOT_CLOSED for the depot of found pieces, SUPPLIES_SETTLEMENT_OPEN
   */
  async execute(tx: Tx, input: TransferSettlement, cause: Cause): Promise<SettlementStepResponse> {
    const { caller, request } = input;
    const transfer = await this.transfers.lock(tx, input.transferId);
    if (!transfer || !actsAtAnEnd(caller, transfer)) throw new DomainError('SUPPLIES_TRANSFER_NOT_FOUND');
    nextTransferState(transfer.state, 'settle');
    const lines = request.lines.map((line) => ({ ...line, lotId: line.lotId.toLowerCase() }));
    await this.assertSettleable(tx, transfer, lines, caller);
    const aloneBase = await this.thresholds.inForce(tx, transfer.from.regionCode, 'transfer-loss-alone-base');
    const settlementId = newId();
    const toBook = { settlementId, transfer, lines, note: request.note, caller };
    const movementId = lostBaseOf(lines) > aloneBase ? null : await this.booking.execute(tx, toBook, cause);
    const state: SettlementState = movementId === null ? 'proposed' : 'booked';
    const record = { id: settlementId, transferId: transfer.id, state, note: request.note, by: caller };
    await this.records.insertSettlement(tx, { ...record, movementId, lines });
    if (state === 'proposed') await this.awaitDecision(tx, settlementId, transfer, cause);
    const transferState = await this.complete.ifEmpty(tx, transfer);
    return { transferId: transfer.id, settlementId, state, transferState, movementId };
  }

  private async assertSettleable(
    tx: Tx,
    transfer: Transfer,
    lines: readonly SettledLot[],
    caller: Caller,
  ): Promise<void> {
    const ends = { transferId: transfer.id, fromDepotId: transfer.from.id, toDepotId: transfer.to.id };
    settlementPostings({ ...ends, lines }, await this.transfers.underWay(tx, transfer.id), chinaDay(tx.now));
    if (lines.some((line) => line.foundAtReceiverBase > 0)) await this.depots.findFor(tx, caller, transfer.to.id);
    if (lines.some((line) => line.foundAtSenderBase > 0)) await this.depots.findFor(tx, caller, transfer.from.id);
    if (await this.records.hasOpenSettlement(tx, transfer.id)) throw new DomainError('SUPPLIES_SETTLEMENT_OPEN');
  }

  private async awaitDecision(tx: Tx, settlementId: string, { from }: Transfer, cause: Cause): Promise<void> {
    const dueAt = inHours(tx, DECIDE_WITHIN_HOURS);
    await this.overdue.expect(tx, { work: 'transfer-settlement', subjectId: settlementId, depot: from, dueAt }, cause);
  }
}
