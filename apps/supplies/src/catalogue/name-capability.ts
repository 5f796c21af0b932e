import { Injectable } from '@nestjs/common';
import type { Caller } from '@ledger/contracts';
import type { Tx } from '@ledger/platform';
import { assertKeepsCatalogue } from './domain/catalogue-keeper';
import type { NameCapabilityRequest } from './dto/capability.dto';
import { ItemFactsRepository, type CapabilityKind } from './item-facts.repository';

export interface CapabilityNaming {
  readonly caller: Caller;
  readonly request: NameCapabilityRequest;
}

/** Names something that goods can do, so that one kind of goods can stand in for another. */
@Injectable()
export class NameCapabilityUseCase {
  constructor(private readonly facts: ItemFactsRepository) {}

  /** @throws DomainError SUPPLIES_CATALOGUE_TIER_TOO_LOW, SUPPLIES_CAPABILITY_CONFLICT, in this order */
  async execute(tx: Tx, { caller, request }: CapabilityNaming): Promise<CapabilityKind> {
    assertKeepsCatalogue(caller);
    const { code, nameZh, nameEn, unit } = request;
    const kind = { code, nameZh, nameEn, unit };
    await this.facts.nameCapability(tx, kind);
    return kind;
  }
}
