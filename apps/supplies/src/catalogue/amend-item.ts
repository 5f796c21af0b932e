import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import type { Cause, Tx } from '@ledger/platform';
import { amendableOf, assertSound } from './catalogue-item';
import { assertKeepsCatalogue } from './domain/catalogue-keeper';
import type { AmendItemRequest, ItemWrittenResponse } from './dto/item-entry.dto';
import { ItemsRepository, type ItemEntry, type KnownItem } from './items.repository';

export interface ItemAmendment {
  readonly code: string;
  readonly caller: Caller;
  readonly request: AmendItemRequest;
}

/** Changes the entry of an item. */
@Injectable()
export class AmendItemUseCase {
  constructor(private readonly items: ItemsRepository) {}

  /**
   * The base unit stays once there are goods, because every quantity in the books is counted in it; whether goods come
   * back stays while some of them are out.
   * @throws DomainError in this order: SUPPLIES_CATALOGUE_TIER_TOO_LOW, SUPPLIES_ITEM_NOT_FOUND, SUPPLIES_VERSION_STALE,
   *   SUPPLIES_ITEM_IN_USE, SUPPLIES_ITEM_ENTRY_INVALID, SUPPLIES_STANDARD_CODE_UNKNOWN
   */
  async execute(tx: Tx, { code, caller, request }: ItemAmendment, cause: Cause): Promise<ItemWrittenResponse> {
    assertKeepsCatalogue(caller);
    const known = await this.items.lock(tx, code);
    if (known.version !== request.version) {
      throw new DomainError('SUPPLIES_VERSION_STALE', { facts: { version: known.version } });
    }
    const item: ItemEntry = { ...amendableOf(request), code, version: known.version };
    assertFree(known, item);
    assertSound(item);
    await this.items.assertStandardCode(tx, item.standardCode);
    await this.items.amend(tx, item, cause);
    return { code, version: item.version + 1 };
  }
}

/** @throws DomainError SUPPLIES_ITEM_IN_USE */
function assertFree(known: KnownItem, item: ItemEntry): void {
  const fault = (pointer: string, reason: string): DomainError =>
    new DomainError('SUPPLIES_ITEM_IN_USE', { errors: [{ pointer, reason }] });
  if (item.unit !== known.unit && known.stocked) throw fault('/unit', 'counts goods that are in the books');
  if (item.recoverable !== known.recoverable && known.outside) throw fault('/recoverable', 'is asked of goods in use');
}
