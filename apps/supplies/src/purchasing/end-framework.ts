import { Injectable } from '@nestjs/common';
import type { Caller } from '@ledger/contracts';
import type { Tx } from '@ledger/platform';
import { chinaDay } from '../stock/domain/calendar';
import type { EndFrameworkResponse } from './dto/framework.dto';
import { FrameworksRepository } from './frameworks.repository';

/** Ends an agreement before its time: nothing new is ordered under it, what is under way goes on. */
@Injectable()
export class EndFrameworkUseCase {
  constructor(private readonly frameworks: FrameworksRepository) {}

  /** @throws DomainError in this order: SUPPLIES_FRAMEWORK_NOT_FOUND (also out of reach), SUPPLIES_FRAMEWORK_ENDED */
  async execute(tx: Tx, caller: Caller, frameworkId: string, reason: string): Promise<EndFrameworkResponse> {
    await this.frameworks.lockFor(tx, caller, frameworkId);
    const endedOn = chinaDay(tx.now);
    await this.frameworks.end(tx, frameworkId, endedOn, reason);
    return { frameworkId, endedOn };
  }
}
