import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Tx } from '@ledger/platform';
import { ReversalHooks, type ReversedMovement } from '../stock/reversal-hooks';
import { DonationsRepository, stateAfter, type Donation } from './donations.repository';

/** Lets the lines of a donation wait again when the receipt that brought them is undone. */
@Injectable()
export class UndoDonationReceipt implements OnModuleInit {
  constructor(
    private readonly hooks: ReversalHooks,
    private readonly donations: DonationsRepository,
  ) {}

  onModuleInit(): void {
    this.hooks.on((tx, movement) => this.execute(tx, movement));
  }

  /** A movement that is no receipt of a donation is left alone. */
  async execute(tx: Tx, { movementId }: ReversedMovement): Promise<void> {
    const receipt = await this.donations.receiptOf(tx, movementId);
    if (!receipt) return;
    const donation = (await this.donations.lock(tx, receipt.donationId)) as Donation;
    const left = donation.lines.filter(
      ({ lineId, receivedBase }) => receivedBase > 0 && !receipt.lineIds.includes(lineId),
    );
    await this.donations.clearReceived(tx, receipt.lineIds);
    await this.donations.setState(tx, donation.id, stateAfter(donation, left.length === 0 ? 'undo-all' : 'undo-some'));
  }
}
