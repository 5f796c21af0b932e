import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import { newId, requireRegion, type Tx } from '@ledger/platform';
import { chinaDay } from '../stock/domain/calendar';
import { recorderOf } from '../stock/domain/recorder';
import { RotationConfigurationRepository } from './configuration.repository';
import { assertSourced, assertThreshold } from './domain/rotation-rules';
import type { SetThresholdRequest, ThresholdResponse } from './dto/configuration.dto';

/** Says from which day on goods of a class have to be rotated, and when. */
@Injectable()
export class SetThresholdUseCase {
  constructor(private readonly configuration: RotationConfigurationRepository) {}

  /**
   * @throws DomainError in this order: AUTH_REGION_OUT_OF_SCOPE, REQUEST_INVALID (windows that do not fit, a day that has
   *   passed, no source), SUPPLIES_ITEM_UNKNOWN for a class that the catalogue does not have
   * Source: plan 004 §22 (rotation).
   */
  async execute(tx: Tx, caller: Caller, request: SetThresholdRequest): Promise<ThresholdResponse> {
    requireRegion(caller, request.regionCode);
    assertThreshold(request);
    assertFromToday(request.validFrom, chinaDay(tx.now));
    assertSourced(request);
    if (!(await this.configuration.classExists(tx, request.itemClass, request.classValue))) {
      throw new DomainError('SUPPLIES_ITEM_UNKNOWN', { errors: [{ pointer: '/classValue', reason: 'is unknown' }] });
    }
    const { itemClass, classValue, tier = 'any', regionCode, validFrom, measure, basis } = request;
    const { noticeBefore, actBefore, lateBefore, source = null } = request;
    const row = { id: newId(), itemClass, classValue, tier, regionCode, validFrom, measure, basis, source };
    const windows = { noticeBefore, actBefore, lateBefore };
    const recordedBy = recorderOf(caller);
    const recordedAt = await this.configuration.insertThreshold(tx, { ...row, ...windows, recordedBy });
    return { ...row, ...windows, recordedBy: recordedBy.name, recordedAt: recordedAt.toISOString() };
  }
}

/** What was in force yesterday stays as it was. */
export function assertFromToday(validFrom: string, today: string): void {
  if (validFrom >= today) return;
  throw new DomainError('REQUEST_INVALID', { errors: [{ pointer: '/validFrom', reason: 'has passed already' }] });
}
