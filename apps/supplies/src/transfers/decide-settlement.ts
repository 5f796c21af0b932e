import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import type { Cause, Tx } from '@ledger/platform';
import { OverdueWork } from '../warehouse/overdue-work';
import { BookSettlement } from './book-settlement';
import { CompleteTransfer } from './complete-transfer';
import { nextSettlementState, nextTransferState } from './domain/transfer-state';
import type { DecideSettlementRequest, SettlementStepResponse } from './dto/transfer-record.dto';
import { TransferRecordsRepository, type OpenSettlement } from './transfer-records.repository';
import { TransfersRepository, actsAtAnEnd, type Transfer } from './transfers.repository';

export interface SettlementDecisionInput {
  readonly transferId: string;
  readonly settlementId: string;
  readonly caller: Caller;
  readonly request: DecideSettlementRequest;
}

/** Decides about a large loss that somebody else wants to write off. */
@Injectable()
export class DecideSettlementUseCase {
  constructor(
    private readonly transfers: TransfersRepository,
    private readonly records: TransferRecordsRepository,
    private readonly booking: BookSettlement,
    private readonly complete: CompleteTransfer,
    private readonly overdue: OverdueWork,
  ) {}

  /**
   * Approved, the settlement is booked; rejected, the pieces stay on the road.
   * @throws DomainError in this order: SUPPLIES_TRANSFER_NOT_FOUND (also when the caller acts at neither end),
   *   SUPPLIES_SETTLEMENT_NOT_FOUND, SUPPLIES_SETTLEMENT_DECIDED, SUPPLIES_SETTLEMENT_BY_PROPOSER, and on approval
   *   SUPPLIES_TRANSFER_TRANSITION_FORBIDDEN, SUPPLIES_QUANTITY_EXCEEDS_BALANCE when pieces have arrived meanwhile
   */
  async execute(tx: Tx, input: SettlementDecisionInput, cause: Cause): Promise<SettlementStepResponse> {
    const { caller, request } = input;
    const transfer = await this.transfers.lock(tx, input.transferId);
    if (!transfer || !actsAtAnEnd(caller, transfer)) throw new DomainError('SUPPLIES_TRANSFER_NOT_FOUND');
    const settlement = await this.records.settlement(tx, transfer.id, input.settlementId);
    if (!settlement) throw new DomainError('SUPPLIES_SETTLEMENT_NOT_FOUND');
    const state = nextSettlementState(settlement.state, request.decision);
    if (settlement.proposedById === caller.userId) throw new DomainError('SUPPLIES_SETTLEMENT_BY_PROPOSER');
    const movementId = state === 'booked' ? await this.book(tx, transfer, settlement, caller, cause) : null;
    await this.records.decide(tx, settlement.id, { state, by: caller, note: request.note, movementId });
    await this.overdue.done(tx, 'transfer-settlement', settlement.id);
    const transferState = state === 'booked' ? await this.complete.ifEmpty(tx, transfer) : transfer.state;
    return { transferId: transfer.id, settlementId: settlement.id, state, transferState, movementId };
  }

  private book(tx: Tx, transfer: Transfer, settlement: OpenSettlement, caller: Caller, cause: Cause): Promise<string> {
    nextTransferState(transfer.state, 'settle');
    const { id: settlementId, lines, note } = settlement;
    return this.booking.execute(tx, { settlementId, transfer, lines, note, caller }, cause);
  }
}
