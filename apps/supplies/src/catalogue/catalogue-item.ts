import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import type { Cause, Tx } from '@ledger/platform';
import { assertKeepsCatalogue } from './domain/catalogue-keeper';
import { itemFaults } from './domain/item-entry';
import type { AmendItemRequest, CatalogueItemRequest, ItemWrittenResponse } from './dto/item-entry.dto';
import { ItemsRepository, type ItemEntry } from './items.repository';

export interface NewItem {
  readonly caller: Caller;
  readonly request: CatalogueItemRequest;
}

/** Takes a new kind of goods into the catalogue. */
@Injectable()
export class CatalogueItemUseCase {
  constructor(private readonly items: ItemsRepository) {}

  /**
   * @throws DomainError in this order: SUPPLIES_CATALOGUE_TIER_TOO_LOW, SUPPLIES_ITEM_ENTRY_INVALID,
   *   SUPPLIES_STANDARD_CODE_UNKNOWN, SUPPLIES_ITEM_CODE_TAKEN
   * Source: plan 004 §22 (standards and catalogue; codes).
   */
  async execute(tx: Tx, { caller, request }: NewItem, cause: Cause): Promise<ItemWrittenResponse> {
    assertKeepsCatalogue(caller);
    const item: ItemEntry = { ...amendableOf(request), code: request.code, version: 1 };
    assertSound(item);
    await this.items.assertStandardCode(tx, item.standardCode);
    await this.items.insert(tx, item, cause);
    return { code: item.code, version: item.version };
  }
}

/** @throws DomainError SUPPLIES_ITEM_ENTRY_INVALID */
export function assertSound(item: ItemEntry): void {
  const errors = itemFaults(item);
  if (errors.length > 0) throw new DomainError('SUPPLIES_ITEM_ENTRY_INVALID', { errors });
}

/** What a request says of an item. */
export function amendableOf(request: CatalogueItemRequest | AmendItemRequest): Omit<ItemEntry, 'code' | 'version'> {
  return {
    nameZh: request.nameZh,
    nameEn: request.nameEn,
    category: request.category,
    unit: request.unit,
    perishable: request.perishable,
    recoverable: request.recoverable,
    shelfLifeMonths: request.shelfLifeMonths ?? null,
    shelfLifeBasis: request.shelfLifeBasis,
    shelfLifeSource: request.shelfLifeSource ?? '',
    rotationRule: request.rotationRule,
    rotationBasis: request.rotationBasis,
    rotationSource: request.rotationSource ?? '',
    inspectEveryMonths: request.inspectEveryMonths ?? null,
    hazardClass: request.hazardClass ?? '',
    weightGrams: request.weightGrams,
    volumeCubicCentimetres: request.volumeCubicCentimetres,
    sizeBasis: request.sizeBasis,
    sizeSource: request.sizeSource ?? '',
    planReference: request.planReference ?? '',
    standardCode: request.standardCode ?? null,
  };
}
