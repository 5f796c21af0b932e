import { Injectable } from '@nestjs/common';
import type { Caller } from '@ledger/contracts';
import type { Tx } from '@ledger/platform';
import { DonationsRepository } from './donations.repository';
import type { EraseDonorResponse } from './dto/donation-intake.dto';

/** Forgets who gave, when the donor asks for it; what was given and where it went stays. */
@Injectable()
export class EraseDonorUseCase {
  constructor(private readonly donations: DonationsRepository) {}

  /** @throws DomainError SUPPLIES_DONATION_NOT_FOUND, also out of the caller's reach */
  async execute(tx: Tx, caller: Caller, donationId: string): Promise<EraseDonorResponse> {
    const donation = await this.donations.lockFor(tx, caller, donationId);
    const erasedAt = await this.donations.eraseDonor(tx, donation.id);
    return { donationId: donation.id, erasedAt: erasedAt.toISOString() };
  }
}
