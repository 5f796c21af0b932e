import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import type { Tx } from '@ledger/platform';
import { recorderOf } from '../stock/domain/recorder';
import { DonationsRepository } from './donations.repository';
import type { LiftPurposeRequest, LiftPurposeResponse } from './dto/donation-intake.dto';
import { DonationPurposes } from './purposes.repository';

/** Frees the goods of a line of what they were given for, by a named paper: the donor's consent, or an order. */
@Injectable()
export class LiftPurposeUseCase {
  constructor(
    private readonly donations: DonationsRepository,
    private readonly purposes: DonationPurposes,
  ) {}

  /**
   * It is recorded for good, and takes somebody other than the person who took the donation down.
   * @throws DomainError in this order: SUPPLIES_DONATION_NOT_FOUND (also out of reach), SUPPLIES_APPROVAL_BY_REQUESTER,
   *   SUPPLIES_DONATION_LINE_UNKNOWN for a line that has no goods in store or is bound to nothing
   */
  async execute(tx: Tx, caller: Caller, donationId: string, request: LiftPurposeRequest): Promise<LiftPurposeResponse> {
    const donation = await this.donations.lockFor(tx, caller, donationId);
    if (donation.recordedById === caller.userId) throw new DomainError('SUPPLIES_APPROVAL_BY_REQUESTER');
    const line = donation.lines.find(({ lineId }) => lineId === request.lineId.toLowerCase());
    if (!line?.lotId || donation.purpose.kind === 'undirected') throw new DomainError('SUPPLIES_DONATION_LINE_UNKNOWN');
    const { paperNumber, reason } = request;
    await this.purposes.lift(tx, { lotId: line.lotId, paperNumber, reason, liftedBy: recorderOf(caller) });
    return { lotId: line.lotId, paperNumber, liftedBy: caller.displayName };
  }
}
