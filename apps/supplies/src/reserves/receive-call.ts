import { Injectable } from '@nestjs/common';
import { DomainError, type Caller, type PromisedMode } from '@ledger/contracts';
import type { Cause, Tx } from '@ledger/platform';
import { recorderOf } from '../stock/domain/recorder';
import { RecordReceiptUseCase } from '../stock/record-receipt';
import { CallDeadlines } from './call-deadlines';
import { CallsRepository } from './calls.repository';
import { ContractsRepository } from './contracts.repository';
import { openBase, type ReserveCall } from './domain/call';
import type { ReserveContract } from './domain/contract';
import type { ReceiveCallRequest, ReceiveCallResponse } from './dto/call.dto';
import { RecordChange } from './record-change';

export interface CallReceiptInput {
  readonly callId: string;
  readonly caller: Caller;
  readonly request: ReceiveCallRequest;
}

/** Takes goods of a call into a depot by an ordinary receipt, whose origin says under what contract they came. */
@Injectable()
export class ReceiveCallUseCase {
  constructor(
    private readonly contracts: ContractsRepository,
    private readonly calls: CallsRepository,
    private readonly receipts: RecordReceiptUseCase,
    private readonly deadlines: CallDeadlines,
    private readonly changes: RecordChange,
  ) {}

  /**
   * A part may come now and the rest later. What comes beyond the call belongs to another receipt.
   * @throws DomainError in this order: SUPPLIES_RESERVE_CALL_NOT_FOUND (also out of the caller's reach),
   *   REQUEST_INVALID (no depot named), SUPPLIES_RESERVE_CALL_STATE_FORBIDDEN, SUPPLIES_RESERVE_CALL_EXCEEDED, then what
   *   an ordinary receipt says
   */
  async execute(tx: Tx, { callId, caller, request }: CallReceiptInput, cause: Cause): Promise<ReceiveCallResponse> {
    const { call, contract } = await this.lock(tx, caller, callId);
    const depotId = request.depotId ?? call.destinationDepotId;
    if (depotId === null) {
      throw new DomainError('REQUEST_INVALID', { errors: [{ pointer: '/depotId', reason: 'is required' }] });
    }
    const quantityBase = request.lines.reduce((sum, line) => sum + line.quantityBase, 0);
    const received = await this.apply(tx, call, quantityBase);
    const lines = request.lines.map((line) => ({ ...line, itemCode: contract.itemCode }));
    const receipt = { depotId, origin: contract.mode as PromisedMode, lines, note: request.note };
    const answer = await this.receipts.execute(tx, { caller, request: receipt }, cause);
    const { movementId } = answer;
    await this.calls.insertReceipt(tx, { movementId, quantityBase }, call, contract.term);
    await this.contracts.addReceived(tx, call.contractId, quantityBase);
    if (received.state === 'received') await this.deadlines.clear(tx, callId);
    const note = { details: { quantityBase, movementId, depotId }, recorder: recorderOf(caller) };
    await this.changes.ofCall(tx, received, 'call-received', note, cause);
    return { callId, state: received.state, openBase: openBase(received), receipt: answer };
  }

  private async lock(
    tx: Tx,
    caller: Caller,
    callId: string,
  ): Promise<{ call: ReserveCall; contract: ReserveContract }> {
    const found = await this.calls.lock(tx, callId);
    if (!found || !(await this.contracts.isInReach(tx, caller, found.contract))) {
      throw new DomainError('SUPPLIES_RESERVE_CALL_NOT_FOUND');
    }
    return found;
  }

  private async apply(tx: Tx, call: ReserveCall, quantityBase: number): Promise<ReserveCall> {
    const waitingBase = openBase(call);
    if (waitingBase > 0 && quantityBase > waitingBase) {
      const facts = { openBase: waitingBase, quantityBase };
      throw new DomainError('SUPPLIES_RESERVE_CALL_EXCEEDED', { detail: `${waitingBase} are waited for`, facts });
    }
    const event = quantityBase === waitingBase ? 'receive-rest' : 'receive-part';
    return this.calls.apply(tx, call, event, { receivedBase: call.receivedBase + quantityBase });
  }
}
