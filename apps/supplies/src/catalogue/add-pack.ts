import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import { newId, type Tx } from '@ledger/platform';
import { assertKeepsCatalogue } from './domain/catalogue-keeper';
import { canonicalGtin } from './domain/gtin';
import type { PackResponse } from './dto/item.dto';
import type { AddPackRequest } from './dto/pack.dto';
import { ItemFactsRepository } from './item-facts.repository';

export interface PackAddition {
  readonly code: string;
  readonly caller: Caller;
  readonly request: AddPackRequest;
}

/** Says in which packs an item comes. */
@Injectable()
export class AddPackUseCase {
  constructor(private readonly facts: ItemFactsRepository) {}

  /**
   * @throws DomainError in this order: SUPPLIES_CATALOGUE_TIER_TOO_LOW, SUPPLIES_ITEM_NOT_FOUND, SUPPLIES_GTIN_INVALID,
   *   SUPPLIES_PACK_CONFLICT
   */
  async execute(tx: Tx, { code, caller, request }: PackAddition): Promise<PackResponse> {
    assertKeepsCatalogue(caller);
    await this.facts.assertItem(tx, code);
    const { name, baseUnits } = request;
    const pack = { id: newId(), name, baseUnits, gtin: request.gtin === undefined ? null : gtinOf(request.gtin) };
    await this.facts.insertPack(tx, { ...pack, itemCode: code });
    return pack;
  }
}

/** @throws DomainError SUPPLIES_GTIN_INVALID */
export function gtinOf(text: string): string {
  const gtin = canonicalGtin(text);
  if (gtin !== undefined) return gtin;
  throw new DomainError('SUPPLIES_GTIN_INVALID', {
    errors: [{ pointer: '/gtin', reason: 'has a wrong length or check digit' }],
  });
}
