import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import type { Tx } from '@ledger/platform';
import { DonationsRepository, type Donation } from './donations.repository';
import type { CertificateResponse } from './dto/donation-intake.dto';

/** Gives a donor the certificate 捐赠证书 of what came, with the code that lets the goods be followed. */
@Injectable()
export class CertifyDonationUseCase {
  constructor(private readonly donations: DonationsRepository) {}

  /**
   * Asked again, it answers the certificate that was given.
   * @throws DomainError in this order: SUPPLIES_DONATION_NOT_FOUND (also out of reach),
   *   SUPPLIES_DONATION_TRANSITION_FORBIDDEN while nothing has come
   */
  async execute(tx: Tx, caller: Caller, donationId: string): Promise<CertificateResponse> {
    const donation = await this.donations.lockFor(tx, caller, donationId);
    const { id, traceCode, state } = donation;
    if (!hasCome(donation)) {
      throw new DomainError('SUPPLIES_DONATION_TRANSITION_FORBIDDEN', { facts: { state, event: 'certify' } });
    }
    const { certificateNumber, certifiedAt } = isCertified(donation) ? donation : await this.donations.certify(tx, id);
    return { donationId: id, certificateNumber, traceCode, certifiedAt: certifiedAt.toISOString() };
  }
}

/** Goods in the store, or money alone that was accepted. */
const hasCome = ({ state, moneyFen }: Donation): boolean =>
  state === 'received' || state === 'partly-received' || (state === 'accepted' && moneyFen !== null);

const isCertified = (donation: Donation): donation is Donation & { certificateNumber: string; certifiedAt: Date } =>
  donation.certificateNumber !== null;
