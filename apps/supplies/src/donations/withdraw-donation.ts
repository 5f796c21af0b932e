import { Injectable } from '@nestjs/common';
import type { Caller } from '@ledger/contracts';
import type { Tx } from '@ledger/platform';
import { ApprovalDesk } from '../approvals/approval-desk';
import { stepOf } from './donation-step';
import { DonationsRepository, stateAfter } from './donations.repository';
import type { DonationStepResponse } from './dto/donation-intake.dto';

/** A donor takes back what has not come in. */
@Injectable()
export class WithdrawDonationUseCase {
  constructor(
    private readonly donations: DonationsRepository,
    private readonly desk: ApprovalDesk,
  ) {}

  /**
   * A request that waits for its signature ends with it; papers that are owed stay owed.
   * @throws DomainError in this order: SUPPLIES_DONATION_NOT_FOUND (also out of reach),
   *   SUPPLIES_DONATION_TRANSITION_FORBIDDEN
   */
  async execute(tx: Tx, caller: Caller, donationId: string, reason: string): Promise<DonationStepResponse> {
    const donation = await this.donations.lockFor(tx, caller, donationId);
    const state = stateAfter(donation, 'withdraw');
    await this.donations.setState(tx, donation.id, state, reason);
    if (!donation.actedFirst) await this.desk.withdraw(tx, 'donation', donation.id, reason);
    return stepOf({ ...donation, state });
  }
}
