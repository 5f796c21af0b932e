import { randomUUID } from 'node:crypto';
import { depotAccount, type Account } from '@ledger/contracts';
import { aCause } from '@ledger/testing';
import type { HandKind } from '../../../src/stock/domain/hand-movements';
import { recorderOf } from '../../../src/stock/domain/recorder';
import { RecordMovementsUseCase } from '../../../src/stock/record-movements';
import { RecordReceiptUseCase } from '../../../src/stock/record-receipt';
import { ReverseMovementUseCase } from '../../../src/stock/reverse-movement';
import { StockRepository } from '../../../src/stock/stock.repository';
import type { Piece } from '../pieces-model';
import { RICE, TENT, type TestDepot } from '../world';
import { AMOUNTS, expectSame, type Outcome, type Pick, type Place, type WalkWorld } from './walk-world';

const BATCHES = [
  { itemCode: TENT, expiryDate: undefined },
  { itemCode: TENT, expiryDate: '2090-01-01' },
  { itemCode: RICE, expiryDate: '2080-01-01' },
  { itemCode: RICE, expiryDate: '2070-01-01' },
] as const;

type Batch = (typeof BATCHES)[number];
const OPENING_STOCK = 12;

/** What a keeper records in the store itself, and what the ledger takes from whoever has no route yet. */
export class StoreSteps {
  private readonly batchNames = BATCHES.map(() => randomUUID());

  constructor(private readonly world: WalkWorld) {}

  /** Stocks all depots with all batches, so that there is something to walk with. */
  async stockUp(): Promise<void> {
    for (const depot of this.world.depots) {
      for (const batch of BATCHES) await this.receiveBatch(depot, batch, OPENING_STOCK);
    }
  }

  receive(pick: Pick): Promise<Outcome> {
    return this.receiveBatch(pick(this.world.depots), pick(BATCHES), pick(AMOUNTS));
  }

  batch(pick: Pick): { readonly batch: Batch; readonly batchNumber: string } {
    const batch = pick(BATCHES);
    return { batch, batchNumber: this.batchNames[BATCHES.indexOf(batch)] };
  }

  private async receiveBatch(depot: TestDepot, batch: Batch, quantityBase: number): Promise<Outcome> {
    const line = { ...batch, batchNumber: this.batchNames[BATCHES.indexOf(batch)], quantityBase };
    const request = { depotId: depot.id, origin: 'purchase' as const, lines: [line] };
    const answer = await this.world.run(RecordReceiptUseCase, (useCase, tx) =>
      useCase.execute(tx, { caller: this.world.caller, request }, aCause()),
    );
    if (!answer) throw new Error('a receipt was refused');
    const [{ lotId }] = answer.lots;
    const lot = { lotId, itemCode: batch.itemCode, expiryDate: batch.expiryDate ?? null };
    const moves = this.world.model.receive(lot, this.world.model.shelf(depot.id, lotId), quantityBase);
    this.world.remember(answer.movementId, moves);
    return 'taken';
  }

  useUp(pick: Pick): Promise<Outcome> {
    return this.byHand('use', pick, () => 'consumed');
  }

  putAside(pick: Pick): Promise<Outcome> {
    return this.byHand('quarantine', pick, ({ depot }) => depotAccount(depot.id, 'quarantine'));
  }

  private async byHand(kind: HandKind, pick: Pick, target: (place: Place) => Account): Promise<Outcome> {
    const place = this.world.pickPlace(pick, 'available');
    if (!place) return 'nothing to do';
    const quantityBase = pick(AMOUNTS);
    const lines = [{ lotId: place.lotId, quantityBase }];
    const movement = { kind, depotId: place.depot.id, lines, note: 'by hand' };
    const [answer] =
      (await this.world.run(RecordMovementsUseCase, (useCase, tx) =>
        useCase.execute(tx, [{ caller: this.world.caller, movement, cause: aCause() }]),
      )) ?? [];
    const there = this.world.model.at(place.account, place.lotId);
    expectSame(kind, quantityBase <= there.length, answer !== undefined);
    if (!answer) return 'refused';
    this.world.remember(answer.movementId, this.world.model.move(there.slice(0, quantityBase), target(place)));
    return 'taken';
  }

  async rotate(pick: Pick): Promise<Outcome> {
    const place = this.world.pickPlace(pick, 'available');
    if (!place) return 'nothing to do';
    return this.postDirectly('rotate', place, pick(AMOUNTS), ['rotated-out']);
  }

  /** Goods of one depot in the hands of the other: over the road, as every way between depots. */
  lend(pick: Pick): Promise<Outcome> {
    return this.toOtherDepot('lend', pick);
  }

  returnLoan(pick: Pick): Promise<Outcome> {
    return this.toOtherDepot('give-back', pick);
  }

  private async toOtherDepot(kind: 'lend' | 'give-back', pick: Pick): Promise<Outcome> {
    const place = this.world.pickPlace(pick, 'available');
    const other = this.world.depots.find(({ id }) => id !== place?.depot.id);
    if (!place || !other) return 'nothing to do';
    const road = `transit:${randomUUID()}` as const;
    return this.postDirectly(kind, place, pick(AMOUNTS), [road, depotAccount(other.id, 'available')]);
  }

  private async postDirectly(
    kind: 'rotate' | 'lend' | 'give-back',
    place: Place,
    quantityBase: number,
    way: readonly Account[],
  ): Promise<Outcome> {
    const there = this.world.model.at(place.account, place.lotId);
    const { lotId, itemCode, expiryDate } = there[0];
    const stops = [place.account, ...way];
    const postings = way.map((to, index) => {
      return { lotId, itemCode, expiryDate, from: stops[index], to, quantityBase, lineId: null };
    });
    const header = { businessKey: `${kind}:${randomUUID()}`, kind, depotId: place.depot.id };
    const answer = await this.world.run(StockRepository, (stock, tx) =>
      stock.post(tx, { ...header, recordedBy: recorderOf(this.world.caller) }, postings, aCause()),
    );
    expectSame(kind, quantityBase <= there.length, answer !== undefined);
    if (!answer) return 'refused';
    const moves = this.world.model.move(there.slice(0, quantityBase), way[way.length - 1]);
    if (kind === 'rotate') this.world.remember(answer.movementId, moves);
    return 'taken';
  }

  async reverse(pick: Pick): Promise<Outcome> {
    const movement = pick(this.world.undoable);
    if (!movement) return 'nothing to do';
    const input = { movementId: movement.movementId, caller: this.world.caller, reason: 'wrong' };
    const answer = await this.world.run(ReverseMovementUseCase, (useCase, tx) =>
      useCase.execute(tx, input, () => aCause()),
    );
    const takeBack = movement.before?.();
    const undone = !movement.undone && !movement.isKept?.() && this.world.model.undo(movement.moves);
    if (!undone) takeBack?.();
    expectSame('reversal', undone, answer !== undefined);
    movement.undone ||= undone;
    return undone ? 'taken' : 'refused';
  }
}

export const lotOf = ({ lotId, itemCode, expiryDate }: Piece) => ({ lotId, itemCode, expiryDate });
