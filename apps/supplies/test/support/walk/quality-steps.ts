import { depotAccount } from '@ledger/contracts';
import { aCause } from '@ledger/testing';
import { ChangeLotQualityUseCase } from '../../../src/warehouse/change-lot-quality';
import type { QualityAction } from '../../../src/warehouse/domain/lot-quality';
import type { Quality } from '../pieces-model';
import { expectSame, type Outcome, type Pick, type WalkWorld } from './walk-world';

const NEXT: Readonly<Record<QualityAction, Partial<Record<Quality, Quality>>>> = {
  hold: { good: 'held' },
  recall: { good: 'recalled', held: 'recalled' },
  release: { held: 'good' },
  withdraw: { recalled: 'held' },
};

/** Holds and recalls of whole lots. */
export class QualitySteps {
  /** What holds moved since the lot was last good, by lot and depot. */
  private readonly taken = new Map<string, number>();

  constructor(private readonly world: WalkWorld) {}

  hold = (pick: Pick): Promise<Outcome> => this.change('hold', pick);
  recall = (pick: Pick): Promise<Outcome> => this.change('recall', pick);

  /** Of lots that can be set free; otherwise of any, which is refused. */
  setFree = (pick: Pick): Promise<Outcome> => this.change('release', pick);
  withdraw = (pick: Pick): Promise<Outcome> => this.change('withdraw', pick);

  private async change(action: QualityAction, pick: Pick): Promise<Outcome> {
    const { model } = this.world;
    const lots = model.lots();
    const fitting = lots.filter(({ lotId }) => NEXT[action][model.quality(lotId)] !== undefined);
    const lotId = pick(fitting.length > 0 ? fitting : lots).lotId;
    const caller = action === 'withdraw' ? this.world.second : this.world.caller;
    const notice = { noticeNumber: 'R-1', noticeSource: 'the producer', reason: action, scope: 'lot' as const };
    const answer = await this.world.run(ChangeLotQualityUseCase, (useCase, tx) =>
      useCase.execute(tx, { lotId, action, caller, ...notice }, aCause()),
    );
    const next = NEXT[action][model.quality(lotId)];
    expectSame(action, next !== undefined, answer !== undefined);
    if (!next || !answer) return 'refused';
    model.setQuality(lotId, next);
    for (const { id } of this.world.depots) this.moveIn(id, lotId, action);
    for (const { movementId } of answer.moved) this.world.remember(movementId, [], { isKept: () => true });
    return 'taken';
  }

  private moveIn(depotId: string, lotId: string, action: QualityAction): void {
    const { model } = this.world;
    const [available, quarantine] = [depotAccount(depotId, 'available'), depotAccount(depotId, 'quarantine')];
    const key = `${depotId} ${lotId}`;
    const taken = this.taken.get(key) ?? 0;
    if (action === 'hold' || action === 'recall') {
      this.taken.set(key, taken + model.move(model.at(available, lotId), quarantine).length);
    }
    if (action === 'release') {
      const back = Math.min(taken, Math.max(0, model.unclaimed(quarantine, lotId)));
      model.move(model.at(quarantine, lotId).slice(0, back), available);
      this.taken.delete(key);
    }
  }
}
