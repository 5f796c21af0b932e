import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import { newId, requireRegion, type Tx } from '@ledger/platform';
import { chinaDay } from '../../stock/domain/calendar';
import { recorderOf } from '../../stock/domain/recorder';
import { RotationConfigurationRepository } from '../configuration.repository';
import { assertSourced } from '../domain/rotation-rules';
import { assertFromToday } from '../set-threshold';
import type { SetTestRuleRequest, TestRuleResponse } from './dto/equipment.dto';
import { EquipmentTestsRepository } from './equipment-tests.repository';

/** Says which test goods of a class need, and how often, from a day on. */
@Injectable()
export class SetTestRuleUseCase {
  constructor(
    private readonly configuration: RotationConfigurationRepository,
    private readonly tests: EquipmentTestsRepository,
  ) {}

  /**
   * @throws DomainError in this order: AUTH_REGION_OUT_OF_SCOPE, REQUEST_INVALID (a day that has passed, no source),
   *   SUPPLIES_ITEM_UNKNOWN for a class that the catalogue does not have
   */
  async execute(tx: Tx, caller: Caller, request: SetTestRuleRequest): Promise<TestRuleResponse> {
    requireRegion(caller, request.regionCode);
    assertFromToday(request.validFrom, chinaDay(tx.now));
    assertSourced(request);
    if (!(await this.configuration.classExists(tx, request.itemClass, request.classValue))) {
      throw new DomainError('SUPPLIES_ITEM_UNKNOWN', { errors: [{ pointer: '/classValue', reason: 'is unknown' }] });
    }
    const { itemClass, classValue, testKind, required = true, intervalMonths = null } = request;
    const { noticeDays, graceDays, regionCode, validFrom, basis, source = null } = request;
    const goods = { id: newId(), itemClass, classValue, testKind, required, intervalMonths };
    const rule = { ...goods, noticeDays, graceDays, regionCode, validFrom, basis, source };
    const recordedBy = recorderOf(caller);
    const recordedAt = await this.tests.insertRule(tx, rule, recordedBy);
    return { ...rule, recordedBy: recordedBy.name, recordedAt: recordedAt.toISOString() };
  }
}
