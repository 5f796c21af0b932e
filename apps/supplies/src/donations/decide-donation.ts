import { Injectable } from '@nestjs/common';
import type { Caller } from '@ledger/contracts';
import type { Cause, Tx } from '@ledger/platform';
import { ApprovalDesk } from '../approvals/approval-desk';
import type { DecideApprovalRequest } from '../approvals/dto/approval.dto';
import { AcceptDonation } from './accept-donation';
import { stepOf } from './donation-step';
import { DonationsRepository, stateAfter } from './donations.repository';
import type { DonationStepResponse } from './dto/donation-intake.dto';

export interface DonationDecision {
  readonly caller: Caller;
  readonly donationId: string;
  readonly request: DecideApprovalRequest;
}

/** A second person agrees to take a donation, or does not; for one that came in first, afterwards. */
@Injectable()
export class DecideDonationUseCase {
  constructor(
    private readonly donations: DonationsRepository,
    private readonly desk: ApprovalDesk,
    private readonly accept: AcceptDonation,
  ) {}

  /**
   * A late refusal is recorded and keeps out what has not come; goods that are in stay in the books, because they are
   * there, and leave them by scrap or return.
   * @throws DomainError SUPPLIES_DONATION_NOT_FOUND (also out of reach), then as ApprovalDesk.decide
   */
  async execute(
    tx: Tx,
    { caller, donationId, request }: DonationDecision,
    cause: Cause,
  ): Promise<DonationStepResponse> {
    const donation = await this.donations.lockFor(tx, caller, donationId);
    const approval = await this.desk.decide(tx, { kind: 'donation', subjectId: donation.id, caller, ...request });
    const approves = request.decision === 'approve';
    const isLate = approval.lane === 'act-first';
    const event = isLate ? (approves ? 'sign-late' : 'refuse-late') : approves ? 'approve' : 'reject';
    const state = stateAfter(donation, event);
    if (event === 'approve') await this.accept.execute(tx, donation, 'signed', cause);
    else await this.donations.setState(tx, donation.id, state, approves ? undefined : request.note);
    return stepOf({ ...donation, state });
  }
}
