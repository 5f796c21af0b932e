import { depotAccount, type Caller } from '@ledger/contracts';
import { aCause } from '@ledger/testing';
import { ApproveCountUseCase } from '../../../src/counts/approve-count';
import { CancelCountUseCase } from '../../../src/counts/cancel-count';
import { OpenCountUseCase } from '../../../src/counts/open-count';
import { RecordCountUseCase } from '../../../src/counts/record-count';
import { SubmitCountUseCase } from '../../../src/counts/submit-count';
import { lotOf } from './store-steps';
import { expectSame, type Outcome, type Pick, type Place, type WalkWorld } from './walk-world';

interface CountLine {
  readonly id: string;
  readonly place: 'shelf' | 'quarantine';
}

/** A count of one lot in one depot, from the list to the adjustment. */
export class CountSteps {
  constructor(private readonly world: WalkWorld) {}

  async count(pick: Pick): Promise<Outcome> {
    const state = pick(['available', 'available', 'quarantine'] as const);
    const place = this.world.pickPlace(pick, state);
    if (!place) return 'nothing to do';
    const variance = pick([-1, 1, -2, 2, 3]);
    const wrong = state === 'available' ? 'shelf' : 'quarantine';
    const countId = await this.open(place);
    const counted = (line: CountLine): number =>
      Math.max(0, this.balanceOf(place, line) + (line.place === wrong ? variance : 0));
    await this.handIn(countId, counted);
    const answer = await this.world.run(ApproveCountUseCase, (useCase, tx) =>
      useCase.execute(tx, { countId, caller: this.world.third }, aCause()),
    );
    const expected = this.adjust(place, variance);
    expectSame('count', expected, answer !== undefined);
    if (answer) return 'taken';
    await this.world.run(CancelCountUseCase, (useCase, tx) =>
      useCase.execute(tx, { countId, caller: this.world.caller, reason: 'x' }),
    );
    return 'refused';
  }

  private async open({ depot, lotId }: Place): Promise<string> {
    const request = { depotId: depot.id, kind: 'cycle' as const, lotIds: [lotId] };
    const answer = await this.world.run(OpenCountUseCase, (useCase, tx) =>
      useCase.execute(tx, { caller: this.world.caller, request }),
    );
    if (!answer) throw new Error('a count was refused');
    return answer.countId;
  }

  /** One counts everything; what differs is counted again by another. */
  private async handIn(countId: string, counted: (line: CountLine) => number): Promise<void> {
    const { service, caller, second } = this.world;
    const lines = await service.database.query<CountLine>('SELECT id, place FROM count_lines WHERE count_id = $1', [
      countId,
    ]);
    let again = lines;
    for (const counter of [caller, second]) {
      await this.record(countId, counter, again, counted);
      const answer = await this.world.run(SubmitCountUseCase, (useCase, tx) =>
        useCase.execute(tx, { countId, caller: counter }),
      );
      again = lines.filter(({ id }) => answer?.recountLineIds.includes(id));
      if (again.length === 0) return;
    }
  }

  private async record(
    countId: string,
    caller: Caller,
    lines: readonly CountLine[],
    counted: (line: CountLine) => number,
  ): Promise<void> {
    const request = { lines: lines.map((line) => ({ lineId: line.id, countedBase: counted(line) })) };
    await this.world.run(RecordCountUseCase, (useCase, tx) => useCase.execute(tx, { countId, caller, request }));
  }

  /** What lies in a place: on the shelf the free and the promised pieces. */
  private balanceOf({ depot, lotId }: Place, { place }: CountLine): number {
    const states = place === 'shelf' ? (['available', 'reserved'] as const) : (['quarantine'] as const);
    return states.reduce((sum, state) => sum + this.world.model.at(depotAccount(depot.id, state), lotId).length, 0);
  }

  /** Missing pieces are never taken from a promise, nor from what waits for something; found ones are put away. */
  private adjust({ depot, lotId, account }: Place, variance: number): boolean {
    const { model } = this.world;
    const there = model.at(account, lotId);
    if (variance > 0) {
      const to = account.endsWith(':quarantine') ? account : model.shelf(depot.id, lotId);
      model.receive(lotOf(there[0]), to, variance, 'count-difference');
      return true;
    }
    const missing = Math.min(-variance, there.length);
    if (account.endsWith(':quarantine') && missing > model.unclaimed(account, lotId)) return false;
    model.move(there.slice(0, missing), 'count-difference');
    return true;
  }
}
