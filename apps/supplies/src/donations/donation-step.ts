import type { OpenedApproval } from '../approvals/approval-desk';
import type { Donation } from './donations.repository';
import type { DonationStepResponse } from './dto/donation-intake.dto';

/** Where a donation stands after a step. It says nothing about who gave: answers are kept for repeated requests. */
export function stepOf(
  donation: Pick<Donation, 'id' | 'number' | 'state' | 'lines'>,
  waiting?: Pick<OpenedApproval, 'dueAt' | 'signatory'>,
): DonationStepResponse {
  return {
    donationId: donation.id,
    number: donation.number,
    state: donation.state,
    lines: donation.lines.map(({ lineId, itemCode, declaredBase, decision, receivedBase, lotId }) => ({
      ...{ lineId, itemCode, declaredBase, decision, receivedBase, lotId },
    })),
    papersDueAt: waiting?.dueAt.toISOString() ?? null,
    signatory: waiting?.signatory ?? null,
  };
}
