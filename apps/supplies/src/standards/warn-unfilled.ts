import { Injectable, type OnModuleInit } from '@nestjs/common';
import { TemporaryStandardUnfilled } from '@ledger/contracts';
import { Deadlines, Outbox, type Deadline, type Tx } from '@ledger/platform';
import { chinaDay } from '../stock/domain/calendar';
import { stateOn, toMoveInBase } from './domain/temporary-standard';
import { FILL_UP, causeOfFillUp } from './fill-up-deadline';
import { TemporaryNeeds } from './temporary-needs';
import { TemporaryRepository } from './temporary.repository';

/** Says once that a fill-up date has passed and goods are missing. What is open can be read at any time besides. */
@Injectable()
export class WarnUnfilledUseCase implements OnModuleInit {
  constructor(
    private readonly deadlines: Deadlines,
    private readonly outbox: Outbox,
    private readonly temporary: TemporaryRepository,
    private readonly needs: TemporaryNeeds,
  ) {}

  onModuleInit(): void {
    this.deadlines.on(FILL_UP, (tx, deadline) => this.execute(tx, deadline));
  }

  /** A standard that was filled, or ended in the meantime, is left alone. */
  async execute(tx: Tx, { subjectId, payload }: Deadline): Promise<void> {
    const standard = await this.temporary.find(tx, subjectId);
    const today = chinaDay(tx.now);
    if (!standard) return;
    const state = stateOn(standard, today);
    const needs = await this.needs.of(tx, standard, today);
    const missing = needs
      .map((need) => ({ ...need, missingBase: toMoveInBase(need, state) }))
      .filter(({ missingBase }) => missingBase > 0)
      .map(({ itemCode, quantityBase, missingBase }) => ({ itemCode, quantityBase, missingBase }));
    if (missing.length === 0) return;
    const { id: standardId, name, regionCode, depotId, fillUpBy, validFrom, lastDay } = standard;
    const announced = { standardId, name, regionCode, depotId, fillUpBy, validFrom, lastDay, missing };
    await this.outbox.add(tx, TemporaryStandardUnfilled, announced, causeOfFillUp(subjectId, payload));
  }
}
