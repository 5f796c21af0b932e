import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import type { Tx } from '@ledger/platform';
import { periodFaults } from './domain/rule-faults';
import type { SetShareRequest } from './dto/fact.dto';
import type { SetResponse } from './dto/rule.dto';
import { StandardsRepository } from './standards.repository';
import { assertSetsStandards } from './who-sets-standards';

/** Sets how much of a standard contracts of one mode may cover from a day on. */
@Injectable()
export class SetShareUseCase {
  constructor(private readonly standards: StandardsRepository) {}

  /**
   * A share is ended by a later one of the same region, mode and target.
   * @throws DomainError in this order: SUPPLIES_STANDARD_NOT_YOURS, REQUEST_INVALID, SUPPLIES_ITEM_UNKNOWN
   * Source: plan 004 §22 (agreement share).
   */
  async execute(tx: Tx, caller: Caller, request: SetShareRequest): Promise<SetResponse> {
    assertSetsStandards(caller);
    const { itemCode, category } = request;
    const both = itemCode !== undefined && category !== undefined;
    const errors = [
      ...(both ? [{ pointer: '/category', reason: 'does not go with an item' }] : []),
      ...periodFaults(request),
    ];
    if (errors.length > 0) throw new DomainError('REQUEST_INVALID', { errors });
    if (itemCode !== undefined) await this.standards.assertItems(tx, [{ itemCode, pointer: '/itemCode' }]);
    return { id: await this.standards.addShare(tx, caller, request) };
  }
}
