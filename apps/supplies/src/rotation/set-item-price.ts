import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import { newId, requireRegion, type Tx } from '@ledger/platform';
import { recorderOf } from '../stock/domain/recorder';
import { RotationConfigurationRepository } from './configuration.repository';
import { assertSourced } from './domain/rotation-rules';
import type { ItemPriceResponse, SetItemPriceRequest } from './dto/configuration.dto';

/** Says what one base unit of an item costs to buy, from a day on: what the forecast counts with. */
@Injectable()
export class SetItemPriceUseCase {
  constructor(private readonly configuration: RotationConfigurationRepository) {}

  /** @throws DomainError in this order: AUTH_REGION_OUT_OF_SCOPE, REQUEST_INVALID (no source), SUPPLIES_ITEM_UNKNOWN */
  async execute(tx: Tx, caller: Caller, request: SetItemPriceRequest): Promise<ItemPriceResponse> {
    requireRegion(caller, request.regionCode);
    assertSourced(request);
    if (!(await this.configuration.classExists(tx, 'item', request.itemCode))) {
      throw new DomainError('SUPPLIES_ITEM_UNKNOWN', { errors: [{ pointer: '/itemCode', reason: 'is unknown' }] });
    }
    const { itemCode, regionCode, validFrom, priceFen, basis, source = null } = request;
    const row = { id: newId(), itemCode, regionCode, validFrom, priceFen, basis, source };
    const recordedBy = recorderOf(caller);
    const recordedAt = await this.configuration.insertPrice(tx, { ...row, recordedBy });
    return { ...row, recordedBy: recordedBy.name, recordedAt: recordedAt.toISOString() };
  }
}
