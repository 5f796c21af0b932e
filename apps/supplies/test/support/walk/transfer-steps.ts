import { depotAccount } from '@ledger/contracts';
import { aCause } from '@ledger/testing';
import { CancelTransferUseCase } from '../../../src/transfers/cancel-transfer';
import { DispatchTransferUseCase } from '../../../src/transfers/dispatch-transfer';
import { OrderTransferUseCase } from '../../../src/transfers/order-transfer';
import { ReceiveTransferUseCase } from '../../../src/transfers/receive-transfer';
import { SettleTransferUseCase } from '../../../src/transfers/settle-transfer';
import type { Piece } from '../pieces-model';
import type { TestDepot } from '../world';
import { lotOf } from './store-steps';
import { AMOUNTS, FEW, expectSame, type Outcome, type Pick, type WalkWorld } from './walk-world';

interface Transfer {
  readonly id: string;
  readonly from: TestDepot;
  readonly to: TestDepot;
}

/** Goods from depot to depot. */
export class TransferSteps {
  private readonly sent: Transfer[] = [];

  constructor(private readonly world: WalkWorld) {}

  /** Orders goods and lets them go; what cannot leave is called off. */
  async transfer(pick: Pick): Promise<Outcome> {
    const place = this.world.pickPlace(pick, 'available');
    const to = this.world.depots.find(({ id }) => id !== place?.depot.id);
    if (!place || !to) return 'nothing to do';
    const { model, caller } = this.world;
    const { itemCode } = model.at(place.account, place.lotId)[0];
    const lotId = pick([undefined, place.lotId]);
    const quantityBase = pick(AMOUNTS);
    const lines = [{ itemCode, lotId, quantityBase }];
    const request = { fromDepotId: place.depot.id, toDepotId: to.id, reason: 'x', lines };
    const order = await this.world.run(OrderTransferUseCase, (useCase, tx) =>
      useCase.execute(tx, { caller, request }, aCause()),
    );
    if (!order) throw new Error('a transfer order was refused');
    const { transferId } = order;
    const answer = await this.world.run(DispatchTransferUseCase, (useCase, tx) =>
      useCase.execute(tx, { transferId, caller, request: {} }, aCause()),
    );
    const free = this.world.free(place.depot.id, itemCode);
    const wanted = free.filter((piece) => lotId === undefined || piece.lotId === lotId);
    const aboveFloor = free.length - this.world.floorOf(place.depot.id, itemCode);
    expectSame('dispatch', quantityBase <= Math.min(wanted.length, aboveFloor), answer !== undefined);
    if (!answer) {
      await this.world.run(CancelTransferUseCase, (useCase, tx) =>
        useCase.execute(tx, { transferId, caller, reason: 'x' }),
      );
      return 'refused';
    }
    model.move(wanted.slice(0, quantityBase), `transit:${transferId}`);
    this.sent.push({ id: transferId, from: place.depot, to });
    return 'taken';
  }

  async receiveTransfer(pick: Pick): Promise<Outcome> {
    const chosen = this.pickUnderWay(pick);
    if (!chosen) return 'nothing to do';
    const { model, caller } = this.world;
    const { transfer, pieces } = chosen;
    const [{ lotId }] = pieces;
    const [damagedBase, shortBase] = [pick(FEW), pick(FEW)];
    const rest = Math.max(0, pieces.length - damagedBase - shortBase);
    const receivedBase = pick([rest, rest, Math.floor(rest / 2), rest + 1]);
    const surplusBase = pick(FEW);
    const lines = [{ lotId, receivedBase, damagedBase, shortBase, surplusBase }];
    const answer = await this.world.run(ReceiveTransferUseCase, (useCase, tx) =>
      useCase.execute(tx, { transferId: transfer.id, caller, request: { lines, note: 'x' } }, aCause()),
    );
    const arrived = receivedBase + damagedBase;
    const isNamed = arrived + shortBase + surplusBase > 0 && arrived + shortBase <= pieces.length;
    const isFounded = surplusBase === 0 || (shortBase === 0 && arrived === pieces.length);
    expectSame('delivery of a transfer', isNamed && isFounded, answer !== undefined);
    if (!answer) return 'refused';
    model.putAway(pieces.slice(0, receivedBase), transfer.to.id);
    model.move(pieces.slice(receivedBase, arrived), depotAccount(transfer.to.id, 'quarantine'));
    model.receive(lotOf(pieces[0]), model.shelf(transfer.to.id, lotId), surplusBase, 'count-difference');
    return 'taken';
  }

  async settleTransfer(pick: Pick): Promise<Outcome> {
    const chosen = this.pickUnderWay(pick);
    if (!chosen) return 'nothing to do';
    const { model, caller } = this.world;
    const { transfer, pieces } = chosen;
    const [foundAtReceiverBase, foundAtSenderBase, lostBase] = [pick([1, 0, 2]), pick(FEW), pick(FEW)];
    const lines = [{ lotId: pieces[0].lotId, foundAtReceiverBase, foundAtSenderBase, lostBase }];
    const answer = await this.world.run(SettleTransferUseCase, (useCase, tx) =>
      useCase.execute(tx, { transferId: transfer.id, caller, request: { lines, note: 'x' } }, aCause()),
    );
    const found = foundAtReceiverBase + foundAtSenderBase;
    const total = found + lostBase;
    expectSame('settlement of a transfer', total > 0 && total <= pieces.length, answer !== undefined);
    if (!answer) return 'refused';
    model.putAway(pieces.slice(0, foundAtReceiverBase), transfer.to.id);
    model.putAway(pieces.slice(foundAtReceiverBase, found), transfer.from.id);
    model.move(pieces.slice(found, total), 'lost');
    return 'taken';
  }

  /** A transfer that is under way, and its pieces of one lot. */
  private pickUnderWay(pick: Pick): { readonly transfer: Transfer; readonly pieces: readonly Piece[] } | undefined {
    const groups = this.sent.flatMap((transfer) => {
      const onTheRoad = this.world.model.at(`transit:${transfer.id}`);
      const byLot = [...Map.groupBy(onTheRoad, ({ lotId }) => lotId).values()];
      return byLot.map((pieces) => ({ transfer, pieces }));
    });
    return groups.length > 0 ? pick(groups) : undefined;
  }
}
