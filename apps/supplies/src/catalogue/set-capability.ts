import { Injectable } from '@nestjs/common';
import type { Caller } from '@ledger/contracts';
import type { Tx } from '@ledger/platform';
import { assertKeepsCatalogue } from './domain/catalogue-keeper';
import type { CapabilitySetResponse, SetCapabilityRequest } from './dto/capability.dto';
import { ItemFactsRepository } from './item-facts.repository';

export interface CapabilitySetting {
  readonly code: string;
  readonly capability: string;
  readonly caller: Caller;
  readonly request: SetCapabilityRequest;
}

/** Says how much of a capability one base unit of an item gives. */
@Injectable()
export class SetCapabilityUseCase {
  constructor(private readonly facts: ItemFactsRepository) {}

  /**
   * @throws DomainError in this order: SUPPLIES_CATALOGUE_TIER_TOO_LOW, SUPPLIES_ITEM_NOT_FOUND,
   *   SUPPLIES_CAPABILITY_UNKNOWN
   */
  async execute(tx: Tx, { code, capability, caller, request }: CapabilitySetting): Promise<CapabilitySetResponse> {
    assertKeepsCatalogue(caller);
    await this.facts.assertItem(tx, code);
    const { amountPerBase, basis, source } = request;
    await this.facts.setCapability(tx, { itemCode: code, capabilityCode: capability, amountPerBase, basis, source });
    return { itemCode: code, capabilityCode: capability, amountPerBase };
  }
}
