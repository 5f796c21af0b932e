import { randomUUID } from 'node:crypto';
import { DomainError, depotAccount, type Caller, type OrderIssue, type ReserveStock } from '@ledger/contracts';
import type { Tx } from '@ledger/platform';
import { aCaller, aCause, type TestService } from '@ledger/testing';
import { ReleaseStockUseCase } from '../../src/reservations/release-stock';
import { ReserveStockUseCase } from '../../src/reservations/reserve-stock';
import { RecordReturnUseCase } from '../../src/returns/record-return';
import { TakeBackUseCase } from '../../src/returns/take-back';
import { ConfirmIssueUseCase } from '../../src/shipments/confirm-issue';
import { OrderIssueUseCase } from '../../src/shipments/order-issue';
import { RecordDeliveryUseCase } from '../../src/shipments/record-delivery';
import { SettleDifferenceUseCase } from '../../src/shipments/settle-difference';
import { RecordHandoutUseCase } from '../../src/sites/record-handout';
import { RecordReceiptUseCase } from '../../src/stock/record-receipt';
import { ReverseMovementUseCase } from '../../src/stock/reverse-movement';
import { PiecesModel, type Move, type Piece } from './pieces-model';
import { RICE, TENT, aDelivery, aRelease, aReserve, aSite, anOrder, type TestDepot } from './world';

/** One step of a walk; `choices` pick among whatever is there at that moment. */
export interface Step {
  readonly kind: keyof typeof STEPS;
  readonly choices: readonly number[];
}

interface Line {
  readonly reserve: ReserveStock;
  readonly order: OrderIssue;
  confirmed: boolean;
  inUse: number;
  received: number;
}

const BATCHES = [
  { itemCode: TENT, expiryDate: undefined },
  { itemCode: TENT, expiryDate: '2090-01-01' },
  { itemCode: RICE, expiryDate: '2080-01-01' },
  { itemCode: RICE, expiryDate: '2070-01-01' },
] as const;

type Batch = (typeof BATCHES)[number];
const OPENING_STOCK = 12;

/** What became of a step. */
export type Outcome = 'taken' | 'refused' | 'nothing to do';

/** Walks through the real use cases and the model of pieces side by side. */
export class LedgerWalk {
  readonly model = new PiecesModel();
  private readonly lines: Line[] = [];
  private readonly reversible: { movementId: string; moves: Move[]; undone: boolean }[] = [];
  private readonly batchNames = BATCHES.map(() => randomUUID());
  private readonly caller: Caller = aCaller({ roles: ['keeper', 'stock-manager'] });

  constructor(
    private readonly service: TestService,
    private readonly depots: readonly TestDepot[],
    /** What the first depot has to keep of every item. */
    private readonly floorBase: number,
  ) {}

  /** Runs a step on both sides; throws when one takes what the other refuses. */
  async take({ kind, choices }: Step): Promise<Outcome> {
    const pick = chooser(choices);
    const before = this.model.balances();
    const outcome = await STEPS[kind](this, pick);
    if (outcome === 'refused' && !sameEntries(before, this.model.balances())) {
      throw new Error(`the model moved pieces in a refused ${kind}`);
    }
    return outcome;
  }

  /** Stocks all depots with all batches, so that there is something to walk with. */
  async stockUp(): Promise<void> {
    for (const depot of this.depots) {
      for (const batch of BATCHES) await this.receiveBatch(depot, batch, OPENING_STOCK);
    }
  }

  receive(pick: Pick): Promise<Outcome> {
    return this.receiveBatch(pick(this.depots), pick(BATCHES), pick(AMOUNTS));
  }

  private async receiveBatch(depot: TestDepot, batch: Batch, quantityBase: number): Promise<Outcome> {
    const batchNumber = this.batchNames[BATCHES.indexOf(batch)];
    const line = { ...batch, batchNumber, quantityBase };
    const request = { depotId: depot.id, origin: 'purchase' as const, lines: [line] };
    const answer = await this.run(RecordReceiptUseCase, (useCase, tx) =>
      useCase.execute(tx, { caller: this.caller, request }, aCause()),
    );
    if (!answer) throw new Error('a receipt was refused');
    const lot = { lotId: answer.lots[0].lotId, itemCode: batch.itemCode, expiryDate: batch.expiryDate ?? null };
    const moves = this.model.receive(lot, depotAccount(depot.id, 'available'), quantityBase);
    this.remember(answer.movementId, moves);
    return 'taken';
  }

  async reserve(pick: Pick): Promise<Outcome> {
    const itemCode = pick([TENT, RICE]);
    const depots = pick([this.depots, [this.depots[0]], [this.depots[1]]]);
    const sources = depots.map(({ id }) => ({ depotId: id, quantityBase: pick(AMOUNTS) }));
    const reserve = aReserve(sources, { itemCode });
    await this.run(ReserveStockUseCase, (useCase, tx) => useCase.execute(tx, reserve, aCause()));
    const free = (depotId: string): Piece[] =>
      this.model.find((piece) => piece.account === depotAccount(depotId, 'available') && piece.itemCode === itemCode);
    const covered = sources.every(({ depotId, quantityBase }) => {
      const floor = depotId === this.depots[0].id ? this.floorBase : 0;
      return free(depotId).length - floor >= quantityBase;
    });
    if (!covered) return 'refused';
    for (const { depotId, quantityBase } of sources) {
      const labels = { lineId: reserve.lineId, reservationId: reserve.reservationId };
      this.model.move(free(depotId).slice(0, quantityBase), depotAccount(depotId, 'reserved'), labels);
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
    await this.run(ReleaseStockUseCase, (useCase, tx) => useCase.execute(tx, aRelease(line.reserve), aCause()));
    for (const depot of this.depots) {
      const reserved = depotAccount(depot.id, 'reserved');
      const held = this.model.find((piece) => piece.account === reserved && piece.reservationId === reservationId);
      this.model.move(held, depotAccount(depot.id, 'available'), { reservationId: null });
    }
    return 'taken';
  }

  async issue(pick: Pick): Promise<Outcome> {
    const line = pick(this.lines.filter(({ confirmed }) => !confirmed).slice(-4));
    if (!line) return 'nothing to do';
    const { order } = line;
    const reserved = depotAccount(order.depotId, 'reserved');
    const held = this.model.find(
      (piece) => piece.account === reserved && piece.reservationId === line.reserve.reservationId,
    );
    await this.run(OrderIssueUseCase, (useCase, tx) => useCase.execute(tx, order, aCause()));
    const answer = await this.run(ConfirmIssueUseCase, (useCase, tx) =>
      useCase.execute(tx, { shipmentId: order.shipmentId, caller: this.caller }, () => aCause()),
    );
    expectSame('issue', held.length > 0, answer !== undefined);
    if (!answer) return 'refused';
    this.model.move(held, `transit:${order.shipmentId}`, { reservationId: null });
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
    const answer = await this.run(RecordDeliveryUseCase, async (useCase, tx) => {
      await useCase.execute(tx, report, aCause());
      return true;
    });
    expectSame('delivery', received + damaged + lost + missing <= onTheRoad.length, answer !== undefined);
    if (!answer) return 'refused';
    const { siteId } = line.order.site;
    this.model.move(onTheRoad.slice(0, received), `site:${siteId}`);
    this.model.move(onTheRoad.slice(received, received + damaged), `site:${siteId}:damaged`);
    this.model.move(onTheRoad.slice(received + damaged, received + damaged + lost), 'lost');
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
      caller: this.caller,
      lines: [{ lineId: line.reserve.lineId, foundBase, lostBase }],
      note: 'settled',
    };
    const answer = await this.run(SettleDifferenceUseCase, (useCase, tx) => useCase.execute(tx, input, () => aCause()));
    const total = foundBase + lostBase;
    expectSame('settlement', total > 0 && total <= onTheRoad.length, answer !== undefined);
    if (!answer) return 'refused';
    this.model.move(onTheRoad.slice(0, foundBase), `site:${line.order.site.siteId}`);
    this.model.move(onTheRoad.slice(foundBase, total), 'lost');
    this.sameLine(line).forEach((each) => (each.received += foundBase));
    return 'taken';
  }

  async takeBack(pick: Pick): Promise<Outcome> {
    const line = pick(this.issuedLines((each) => this.onTheRoad(each).length > 0));
    if (!line) return 'nothing to do';
    const depot = pick(this.depots);
    const inspected = { usableBase: pick([0, 1, 2, 3]), damagedBase: pick(FEW), lostBase: pick(FEW) };
    const request = { depotId: depot.id, lines: [{ lineId: line.reserve.lineId, ...inspected }] };
    const input = { shipmentId: line.order.shipmentId, caller: this.caller, request };
    const answer = await this.run(TakeBackUseCase, (useCase, tx) => useCase.execute(tx, input, () => aCause()));
    const moves = this.putAway(depot, inspected, this.onTheRoad(line), []);
    expectSame('take-back', moves !== undefined, answer !== undefined);
    return answer ? 'taken' : 'refused';
  }

  async handOut(pick: Pick): Promise<Outcome> {
    const line = pick(this.issuedLines((each) => this.atSite(each, '').length > 0));
    if (!line) return 'nothing to do';
    const there = this.atSite(line, '');
    const quantityBase = pick([1, 1, Math.max(1, there.length), there.length + 1]);
    const { allocationId, lineId, itemCode } = line.reserve;
    const request = { allocationId, lines: [{ lineId, quantityBase }], peopleReached: 1 };
    const input = { siteId: line.order.site.siteId, caller: this.caller, request };
    const answer = await this.run(RecordHandoutUseCase, (useCase, tx) => useCase.execute(tx, input, aCause()));
    const free = itemCode === TENT ? Math.min(there.length, line.received - line.inUse) : there.length;
    expectSame('hand-out', quantityBase <= free, answer !== undefined);
    if (!answer) return 'refused';
    if (itemCode === TENT) this.sameLine(line).forEach((each) => (each.inUse += quantityBase));
    else this.remember(String(answer.movementId), this.model.move(there.slice(0, quantityBase), 'consumed'));
    return 'taken';
  }

  async giveBack(pick: Pick): Promise<Outcome> {
    const line = pick(this.issuedLines((each) => this.atSite(each, '').length > 0));
    if (!line) return 'nothing to do';
    const depot = pick(this.depots);
    const usableBase = pick([0, 1, this.atSite(line, '').length]);
    const inspected = { usableBase, damagedBase: pick(FEW), lostBase: pick(FEW) };
    const { allocationId, lineId } = line.reserve;
    const request = { allocationId, depotId: depot.id, lines: [{ lineId, ...inspected }] };
    const input = { siteId: line.order.site.siteId, caller: this.caller, request };
    const answer = await this.run(RecordReturnUseCase, (useCase, tx) => useCase.execute(tx, input, aCause()));
    const moves = this.putAway(depot, inspected, this.atSite(line, ''), this.atSite(line, ':damaged'));
    expectSame('return', moves !== undefined, answer !== undefined);
    if (!answer || !moves) return 'refused';
    this.remember(answer.movementId, moves);
    return 'taken';
  }

  async reverse(pick: Pick): Promise<Outcome> {
    const movement = pick(this.reversible);
    if (!movement) return 'nothing to do';
    const input = { movementId: movement.movementId, caller: this.caller, reason: 'wrong' };
    const answer = await this.run(ReverseMovementUseCase, (useCase, tx) => useCase.execute(tx, input, () => aCause()));
    const undone = !movement.undone && this.model.undo(movement.moves);
    expectSame('reversal', undone, answer !== undefined);
    movement.undone ||= undone;
    return undone ? 'taken' : 'refused';
  }

  /** Runs a use case in a transaction; undefined when a rule refused it. */
  private async run<UseCase, Answer>(
    type: abstract new (...parameters: never[]) => UseCase,
    work: (useCase: UseCase, tx: Tx) => Promise<Answer>,
  ): Promise<Answer | undefined> {
    const useCase = this.service.running.app.get<UseCase>(type as never);
    try {
      return await this.service.database.transaction((tx) => work(useCase, tx));
    } catch (error) {
      if (error instanceof DomainError && error.code !== 'SUPPLIES_LEDGER_CORRUPT') return undefined;
      throw error;
    }
  }

  private remember(movementId: string, moves: Move[]): void {
    this.reversible.push({ movementId, moves, undone: false });
  }

  /** Lines that have left, those with goods where they are needed first: a refusal is worth less than a movement. */
  private issuedLines(hasGoods: (line: Line) => boolean): Line[] {
    const issuedLines = this.lines.filter(({ confirmed }) => confirmed);
    const stocked = issuedLines.filter(hasGoods);
    return stocked.length > 0 ? stocked : issuedLines.slice(-2);
  }

  private onTheRoad({ order }: Line): Piece[] {
    return this.model.find((piece) => piece.account === `transit:${order.shipmentId}`);
  }

  private atSite({ order, reserve }: Line, suffix: '' | ':damaged'): Piece[] {
    return this.model.find(
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
      ...this.model.move(intact.slice(0, usableBase), depotAccount(depot.id, 'available')),
      ...this.model.move(unsound, depotAccount(depot.id, 'quarantine')),
      ...this.model.move(lost, 'lost'),
    ];
  }
}

type Pick = <T>(choices: readonly T[]) => T;

const AMOUNTS = [1, 2, 3, 5, 8] as const;
const FEW = [0, 0, 0, 1, 2] as const;

const STEPS = {
  receive: (walk: LedgerWalk, pick: Pick) => walk.receive(pick),
  reserve: (walk: LedgerWalk, pick: Pick) => walk.reserve(pick),
  release: (walk: LedgerWalk, pick: Pick) => walk.release(pick),
  issue: (walk: LedgerWalk, pick: Pick) => walk.issue(pick),
  deliver: (walk: LedgerWalk, pick: Pick) => walk.deliver(pick),
  settle: (walk: LedgerWalk, pick: Pick) => walk.settle(pick),
  takeBack: (walk: LedgerWalk, pick: Pick) => walk.takeBack(pick),
  handOut: (walk: LedgerWalk, pick: Pick) => walk.handOut(pick),
  giveBack: (walk: LedgerWalk, pick: Pick) => walk.giveBack(pick),
  reverse: (walk: LedgerWalk, pick: Pick) => walk.reverse(pick),
} as const;

export const STEP_KINDS = Object.keys(STEPS) as Step['kind'][];

function chooser(choices: readonly number[]): Pick {
  let next = 0;
  return (from) => from[choices[next++ % choices.length] % from.length];
}

function expectSame(what: string, model: boolean, ledger: boolean): void {
  if (model !== ledger) {
    throw new Error(
      `${what}: the model says ${model ? 'taken' : 'refused'}, the ledger ${ledger ? 'took' : 'refused'} it`,
    );
  }
}

const sameEntries = (one: Map<string, number>, other: Map<string, number>): boolean =>
  JSON.stringify([...one]) === JSON.stringify([...other]);
