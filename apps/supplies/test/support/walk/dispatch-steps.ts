import { randomUUID } from 'node:crypto';
import { depotAccount, type OrderIssue, type ReserveStock } from '@ledger/contracts';
import { aCause } from '@ledger/testing';
import { ReleaseStockUseCase } from '../../../src/reservations/release-stock';
import { ReserveStockUseCase } from '../../../src/reservations/reserve-stock';
import { RecordReturnUseCase } from '../../../src/returns/record-return';
import { TakeBackUseCase } from '../../../src/returns/take-back';
import { ConfirmIssueUseCase } from '../../../src/shipments/confirm-issue';
import { OrderIssueUseCase } from '../../../src/shipments/order-issue';
import { RecordDeliveryUseCase } from '../../../src/shipments/record-delivery';
import { SettleDifferenceUseCase } from '../../../src/shipments/settle-difference';
import { RecordHandoutUseCase } from '../../../src/sites/record-handout';
import type { Move, Piece } from '../pieces-model';
import { RICE, TENT, aDelivery, aRelease, aReserve, aSite, anOrder, type TestDepot } from '../world';
import { AMOUNTS, FEW, expectSame, type Outcome, type Pick, type WalkWorld } from './walk-world';

interface Line {
  readonly reserve: ReserveStock;
  readonly order: OrderIssue;
  confirmed: boolean;
  inUse: number;
  received: number;
}

/** The way of goods to people and back. */
export class DispatchSteps {
  private readonly lines: Line[] = [];

  constructor(private readonly world: WalkWorld) {}

  async reserve(pick: Pick): Promise<Outcome> {
    const { depots, model } = this.world;
    const itemCode = pick([TENT, RICE]);
    const chosen = pick([depots, [depots[0]], [depots[1]]]);
    const sources = chosen.map(({ id }) => ({ depotId: id, quantityBase: pick(AMOUNTS) }));
    const reserve = aReserve(sources, { itemCode });
    await this.world.run(ReserveStockUseCase, (useCase, tx) => useCase.execute(tx, reserve, aCause()));
    const covered = sources.every(
      ({ depotId, quantityBase }) =>
        this.world.free(depotId, itemCode).length - this.world.floorOf(depotId, itemCode) >= quantityBase,
    );
    if (!covered) return 'refused';
    for (const { depotId, quantityBase } of sources) {
      const labels = { lineId: reserve.lineId, reservationId: reserve.reservationId };
      const taken = this.world.free(depotId, itemCode).slice(0, quantityBase);
      model.move(taken, depotAccount(depotId, 'reserved'), labels);
    }
    const place = { site: aSite(), incidentId: randomUUID() };
    for (const source of sources) {
      const own = { ...reserve, sources: [source] };
      this.lines.push({ reserve: own, order: anOrder(own, place), confirmed: false, inUse: 0, received: 0 });
    }
    return 'taken';
  }

  async release(pick: Pick): Promise<Outcome> {
    const line = pick(this.lines);
    if (!line) return 'nothing to do';
    const { reservationId } = line.reserve;
    await this.world.run(ReleaseStockUseCase, (useCase, tx) => useCase.execute(tx, aRelease(line.reserve), aCause()));
    for (const { id } of this.world.depots) {
      const reserved = depotAccount(id, 'reserved');
      const held = this.world.model.find((each) => each.account === reserved && each.reservationId === reservationId);
      this.world.model.putAway(held, id);
      held.forEach((piece) => (piece.reservationId = null));
    }
    return 'taken';
  }

  async issue(pick: Pick): Promise<Outcome> {
    const line = pick(this.lines.filter(({ confirmed }) => !confirmed).slice(-4));
    if (!line) return 'nothing to do';
    const { order } = line;
    const { model, caller } = this.world;
    const reserved = depotAccount(order.depotId, 'reserved');
    const held = model.find(
      (piece) => piece.account === reserved && piece.reservationId === line.reserve.reservationId,
    );
    await this.world.run(OrderIssueUseCase, (useCase, tx) => useCase.execute(tx, order, aCause()));
    const answer = await this.world.run(ConfirmIssueUseCase, (useCase, tx) =>
      useCase.execute(tx, { shipmentId: order.shipmentId, caller }, () => aCause()),
    );
    expectSame('issue', held.length > 0 && held.every(({ lotId }) => model.isGood(lotId)), answer !== undefined);
    if (!answer) return 'refused';
    model.move(held, `transit:${order.shipmentId}`, { reservationId: null });
    line.confirmed = true;
    return 'taken';
  }

  async deliver(pick: Pick): Promise<Outcome> {
    const line = pick(this.issuedLines((each) => this.onTheRoad(each).length > 0));
    if (!line) return 'nothing to do';
    const onTheRoad = this.onTheRoad(line);
    const [damaged, lost, missing] = [pick(FEW), pick(FEW), pick(FEW)];
    const rest = Math.max(0, onTheRoad.length - damaged - lost - missing);
    const received = pick([rest, rest, rest, Math.floor(rest / 2), rest + 1]);
    const report = { ...aDelivery(line.order, { received, damaged, lost, missing }), tripId: randomUUID() };
    const answer = await this.world.run(RecordDeliveryUseCase, async (useCase, tx) => {
      await useCase.execute(tx, report, aCause());
      return true;
    });
    expectSame('delivery', received + damaged + lost + missing <= onTheRoad.length, answer !== undefined);
    if (!answer) return 'refused';
    const { siteId } = line.order.site;
    this.world.model.move(onTheRoad.slice(0, received), `site:${siteId}`);
    this.world.model.move(onTheRoad.slice(received, received + damaged), `site:${siteId}:damaged`);
    this.world.model.move(onTheRoad.slice(received + damaged, received + damaged + lost), 'lost');
    this.sameLine(line).forEach((each) => (each.received += received));
    return 'taken';
  }

  async settle(pick: Pick): Promise<Outcome> {
    const line = pick(this.issuedLines((each) => this.onTheRoad(each).length > 0));
    if (!line) return 'nothing to do';
    const [foundBase, lostBase] = [pick([1, 0, 2]), pick(FEW)];
    const onTheRoad = this.onTheRoad(line);
    const input = {
      shipmentId: line.order.shipmentId,
      caller: this.world.caller,
      lines: [{ lineId: line.reserve.lineId, foundBase, lostBase }],
      note: 'settled',
    };
    const answer = await this.world.run(SettleDifferenceUseCase, (useCase, tx) =>
      useCase.execute(tx, input, () => aCause()),
    );
    const total = foundBase + lostBase;
    expectSame('settlement', total > 0 && total <= onTheRoad.length, answer !== undefined);
    if (!answer) return 'refused';
    this.world.model.move(onTheRoad.slice(0, foundBase), `site:${line.order.site.siteId}`);
    this.world.model.move(onTheRoad.slice(foundBase, total), 'lost');
    this.sameLine(line).forEach((each) => (each.received += foundBase));
    return 'taken';
  }

  async takeBack(pick: Pick): Promise<Outcome> {
    const line = pick(this.issuedLines((each) => this.onTheRoad(each).length > 0));
    if (!line) return 'nothing to do';
    const depot = pick(this.world.depots);
    const inspected = { usableBase: pick([0, 1, 2, 3]), damagedBase: pick(FEW), lostBase: pick(FEW) };
    const request = { depotId: depot.id, lines: [{ lineId: line.reserve.lineId, ...inspected }] };
    const input = { shipmentId: line.order.shipmentId, caller: this.world.caller, request };
    const answer = await this.world.run(TakeBackUseCase, (useCase, tx) => useCase.execute(tx, input, () => aCause()));
    const moves = this.putAway(depot, inspected, this.onTheRoad(line), []);
    expectSame('take-back', moves !== undefined, answer !== undefined);
    return answer ? 'taken' : 'refused';
  }

  async handOut(pick: Pick): Promise<Outcome> {
    const line = pick(this.issuedLines((each) => this.atSite(each, '').length > 0));
    if (!line) return 'nothing to do';
    const there = this.atSite(line, '');
    const fit = there.filter(({ lotId }) => this.world.model.isGood(lotId));
    const quantityBase = pick([1, 1, Math.max(1, there.length), there.length + 1]);
    const { allocationId, lineId, itemCode } = line.reserve;
    const request = { allocationId, lines: [{ lineId, quantityBase }], peopleReached: 1 };
    const input = { siteId: line.order.site.siteId, caller: this.world.caller, request };
    const answer = await this.world.run(RecordHandoutUseCase, (useCase, tx) => useCase.execute(tx, input, aCause()));
    const free = itemCode === TENT ? Math.min(fit.length, line.received - line.inUse) : fit.length;
    expectSame('hand-out', quantityBase <= free, answer !== undefined);
    if (!answer) return 'refused';
    if (itemCode === TENT) this.sameLine(line).forEach((each) => (each.inUse += quantityBase));
    else this.world.remember(String(answer.movementId), this.world.model.move(fit.slice(0, quantityBase), 'consumed'));
    return 'taken';
  }

  async giveBack(pick: Pick): Promise<Outcome> {
    const line = pick(this.issuedLines((each) => this.atSite(each, '').length > 0));
    if (!line) return 'nothing to do';
    const depot = pick(this.world.depots);
    const usableBase = pick([0, 1, this.atSite(line, '').length]);
    const inspected = { usableBase, damagedBase: pick(FEW), lostBase: pick(FEW) };
    const { allocationId, lineId } = line.reserve;
    const request = { allocationId, depotId: depot.id, lines: [{ lineId, ...inspected }] };
    const input = { siteId: line.order.site.siteId, caller: this.world.caller, request };
    const answer = await this.world.run(RecordReturnUseCase, (useCase, tx) => useCase.execute(tx, input, aCause()));
    const moves = this.putAway(depot, inspected, this.atSite(line, ''), this.atSite(line, ':damaged'));
    expectSame('return', moves !== undefined, answer !== undefined);
    if (!answer || !moves) return 'refused';
    this.world.remember(answer.movementId, moves);
    return 'taken';
  }

  /** Lines that have left, those with goods where they are needed first: a refusal is worth less than a movement. */
  private issuedLines(hasGoods: (line: Line) => boolean): Line[] {
    const issuedLines = this.lines.filter(({ confirmed }) => confirmed);
    const stocked = issuedLines.filter(hasGoods);
    return stocked.length > 0 ? stocked : issuedLines.slice(-2);
  }

  private onTheRoad({ order }: Line): Piece[] {
    return this.world.model.at(`transit:${order.shipmentId}`);
  }

  private atSite({ order, reserve }: Line, suffix: '' | ':damaged'): Piece[] {
    return this.world.model.find(
      (piece) => piece.account === `site:${order.site.siteId}${suffix}` && piece.lineId === reserve.lineId,
    );
  }

  /** One allocation line may come from several depots, and so stand here several times. */
  private sameLine({ reserve }: Line): Line[] {
    return this.lines.filter((each) => each.reserve.lineId === reserve.lineId);
  }

  private putAway(
    depot: TestDepot,
    inspected: { usableBase: number; damagedBase: number; lostBase: number },
    intact: readonly Piece[],
    damaged: readonly Piece[],
  ): Move[] | undefined {
    const { usableBase, damagedBase, lostBase } = inspected;
    const total = usableBase + damagedBase + lostBase;
    if (total === 0 || usableBase > intact.length || total > intact.length + damaged.length) return undefined;
    const unsound = [...damaged, ...intact.slice(usableBase)].slice(0, damagedBase);
    const lost = [...intact.slice(usableBase), ...damaged]
      .filter((piece) => !unsound.includes(piece))
      .slice(0, lostBase);
    return [
      ...this.world.model.putAway(intact.slice(0, usableBase), depot.id),
      ...this.world.model.move(unsound, depotAccount(depot.id, 'quarantine')),
      ...this.world.model.move(lost, 'lost'),
    ];
  }
}
