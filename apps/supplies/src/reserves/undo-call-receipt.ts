import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Tx } from '@ledger/platform';
import { ReversalHooks, type ReversedMovement } from '../stock/reversal-hooks';
import { CallDeadlines } from './call-deadlines';
import { CallsRepository } from './calls.repository';
import { ContractsRepository } from './contracts.repository';
import { RecordChange } from './record-change';

/** When a receipt is reversed that answered a call, its pieces are waited for again. */
@Injectable()
export class UndoCallReceipt implements OnModuleInit {
  constructor(
    private readonly hooks: ReversalHooks,
    private readonly contracts: ContractsRepository,
    private readonly calls: CallsRepository,
    private readonly deadlines: CallDeadlines,
    private readonly changes: RecordChange,
  ) {}

  onModuleInit(): void {
    this.hooks.on((tx, movement) => this.execute(tx, movement));
  }

  /** @throws DomainError SUPPLIES_RESERVE_EXHAUSTED when others have called what the delivery had restored */
  async execute(tx: Tx, { movementId, recordedBy, reason, cause }: ReversedMovement): Promise<void> {
    const receipt = await this.calls.findReceipt(tx, movementId);
    const found = receipt && (await this.calls.lock(tx, receipt.callId));
    if (!found) return;
    const { quantityBase } = receipt;
    await this.contracts.undoReceived(tx, found.call.contractId, { movementId, quantityBase });
    const receivedBase = found.call.receivedBase - quantityBase;
    const waiting = await this.calls.apply(tx, found.call, 'undo-receipt', { receivedBase });
    await this.deadlines.set(tx, waiting, cause);
    const note = { reason, details: { quantityBase, movementId }, recorder: recordedBy };
    await this.changes.ofCall(tx, waiting, 'call-receipt-undone', note, cause);
  }
}
