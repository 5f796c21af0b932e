import { Injectable } from '@nestjs/common';
import type { Caller } from '@ledger/contracts';
import type { Tx } from '@ledger/platform';
import { assertKeepsCatalogue } from './domain/catalogue-keeper';
import type { RetiredPackResponse } from './dto/pack.dto';
import { ItemFactsRepository } from './item-facts.repository';

export interface PackRetirement {
  readonly code: string;
  readonly packId: string;
  readonly caller: Caller;
}

/** Takes a pack out of use; its name and its barcode number become free. What was counted in it stays counted. */
@Injectable()
export class RetirePackUseCase {
  constructor(private readonly facts: ItemFactsRepository) {}

  /** @throws DomainError SUPPLIES_CATALOGUE_TIER_TOO_LOW, SUPPLIES_PACK_NOT_FOUND, in this order */
  async execute(tx: Tx, { code, packId, caller }: PackRetirement): Promise<RetiredPackResponse> {
    assertKeepsCatalogue(caller);
    await this.facts.retirePack(tx, code, packId);
    return { id: packId };
  }
}
