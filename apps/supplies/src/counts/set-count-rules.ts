import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import type { Tx } from '@ledger/platform';
import { CountSettingsRepository } from './count-settings.repository';
import type {
  CountClassResponse,
  CountItemResponse,
  SetCountClassRequest,
  SetCountItemRequest,
} from './dto/count-settings.dto';

/** Sets how a class or an item is counted in a region. The controller has checked that the region is the caller's. */
@Injectable()
export class SetCountRulesUseCase {
  constructor(private readonly settings: CountSettingsRepository) {}

  async setClass(tx: Tx, caller: Caller, request: SetCountClassRequest): Promise<CountClassResponse> {
    const { region, basis, ...rules } = request;
    const setBy = caller.displayName;
    await this.settings.setClass(tx, region, rules, { basis, setBy });
    return { scope: region, ...rules, basis, setBy };
  }

  /** @throws DomainError SUPPLIES_ITEM_UNKNOWN */
  async setItem(tx: Tx, caller: Caller, request: SetCountItemRequest): Promise<CountItemResponse> {
    const known = await tx.query('SELECT 1 FROM items WHERE code = $1', [request.itemCode]);
    if (known.length === 0) {
      const errors = [{ pointer: '/itemCode', reason: 'is not in the catalogue' }];
      throw new DomainError('SUPPLIES_ITEM_UNKNOWN', { errors });
    }
    const { region, basis, itemCode, class: itemClass, unitValueFen = null } = request;
    const setBy = caller.displayName;
    await this.settings.setItem(tx, region, { itemCode, class: itemClass, unitValueFen }, { basis, setBy });
    return { scope: region, itemCode, class: itemClass, unitValueFen, basis, setBy };
  }
}
