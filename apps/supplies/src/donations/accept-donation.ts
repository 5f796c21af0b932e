import { Injectable } from '@nestjs/common';
import { DonationAccepted } from '@ledger/contracts';
import { Outbox, type Cause, type Tx } from '@ledger/platform';
import { DonationsRepository, type Donation } from './donations.repository';

/** A donation is accepted, with its papers signed or owed, and whoever counts on it hears of it. */
@Injectable()
export class AcceptDonation {
  constructor(
    private readonly donations: DonationsRepository,
    private readonly outbox: Outbox,
  ) {}

  async execute(tx: Tx, donation: Donation, papers: 'signed' | 'owed', cause: Cause): Promise<void> {
    await this.donations.accept(tx, donation.id, papers === 'owed');
    const { id: donationId, number, regionCode, depotId, purpose, moneyFen, lines } = donation;
    const accepted = lines.filter(({ decision }) => decision === 'accepted');
    await this.outbox.add(
      tx,
      DonationAccepted,
      {
        ...{ donationId, number, regionCode, depotId, purpose, moneyFen, papers },
        lines: accepted.map(({ lineId, itemCode, declaredBase }) => ({ lineId, itemCode, quantityBase: declaredBase })),
        acceptedAt: tx.now.toISOString(),
      },
      cause,
    );
  }
}
