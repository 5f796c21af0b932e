import { Injectable } from '@nestjs/common';
import { DomainError, type ReserveStock } from '@ledger/contracts';
import { Deadlines, type Cause, type Tx } from '@ledger/platform';
import { chinaDay } from '../stock/domain/calendar';
import { DISPATCH } from '../stock/domain/recorder';
import { StockRepository } from '../stock/stock.repository';
import { DepotStockRepository } from './depot-stock.repository';
import { decideReservation, postingsOfShares, type ReservationDecision, type Share } from './domain/decide-reservation';
import { nextReservationState, type ReservationState } from './domain/reservation-state';
import { scheduleExpiry } from './expiry-deadline';
import { ReservationAnswers } from './reservation-answers';
import { ReservationsRepository, type RequestedSource, type Reservation } from './reservations.repository';

/** Promises goods to an allocation line: from all the depots named, or from none. */
@Injectable()
export class ReserveStockUseCase {
  constructor(
    private readonly reservations: ReservationsRepository,
    private readonly depotStock: DepotStockRepository,
    private readonly stock: StockRepository,
    private readonly answers: ReservationAnswers,
    private readonly deadlines: Deadlines,
  ) {}

  /**
   * Holds the goods and answers StockReserved, or holds nothing and answers StockRefused. A reservation id is decided
   * once: asked again, it gets the same answer, and one that was released before is refused.
   * @throws DomainError SUPPLIES_RESERVATION_CONFLICT when the id was used for something else before
   */
  async execute(tx: Tx, command: ReserveStock, cause: Cause): Promise<void> {
    const known = (await this.reservations.lock(tx, [command.reservationId])).get(command.reservationId);
    if (known) return this.answerAgain(tx, command, known, cause);
    const decision = await this.decide(tx, command);
    if (decision.kind === 'refused') {
      await this.reservations.insertRefused(tx, command, decision);
      return this.answers.refused(tx, command, decision, cause);
    }
    return this.hold(tx, command, decision.shares, cause);
  }

  private async decide(tx: Tx, command: ReserveStock): Promise<ReservationDecision> {
    if (!(await this.depotStock.itemExists(tx, command.itemCode))) {
      const reason = `item ${command.itemCode} is not in the catalogue`;
      return { kind: 'refused', code: 'SUPPLIES_ITEM_UNKNOWN', reason, shortDepotIds: [] };
    }
    const today = chinaDay(tx.now);
    const depotIds = [...new Set(command.sources.map(({ depotId }) => depotId))];
    const depots = await this.depotStock.lock(tx, {
      itemCode: command.itemCode,
      depotIds,
      today,
      destination: command.destination,
    });
    return decideReservation(command, depots, today);
  }

  private async hold(tx: Tx, command: ReserveStock, shares: readonly Share[], cause: Cause): Promise<void> {
    const { firm, allocationId, reservationId } = command;
    const state = nextReservationState('none', firm ? 'hold-firmly' : 'hold-softly') as ReservationState;
    const expiresAt = await this.reservations.insertHeld(tx, command, { state, shares });
    await this.stock.post(
      tx,
      { businessKey: `reserve:${reservationId}`, kind: 'reserve', recordedBy: DISPATCH, allocationId },
      postingsOfShares(command, shares),
      cause,
    );
    await scheduleExpiry(this.deadlines, tx, command, cause);
    await this.answers.reserved(tx, { ...command, expiresAt }, shares, cause);
  }

  private async answerAgain(tx: Tx, command: ReserveStock, known: Reservation, cause: Cause): Promise<void> {
    if (known.state === 'released') {
      return this.answers.notHeld(tx, command, 'SUPPLIES_RESERVATION_RELEASED', cause);
    }
    const sources = await this.reservations.sources(tx, known.id);
    assertSameRequest(command, known, sources);
    if (known.state === 'refused') {
      const shortDepotIds = sources.filter(({ short }) => short).map(({ depotId }) => depotId);
      const { refusalCode, refusalReason } = known;
      const refusal = { code: String(refusalCode), reason: String(refusalReason), shortDepotIds };
      return this.answers.refused(tx, command, refusal, cause);
    }
    const shares = await this.reservations.shares(tx, [known.id]);
    const expiresAt = known.expiresAt as Date;
    await this.answers.reserved(tx, { ...command, firm: known.state !== 'soft', expiresAt }, shares, cause);
  }
}

/** @throws DomainError SUPPLIES_RESERVATION_CONFLICT */
function assertSameRequest(command: ReserveStock, known: Reservation, sources: readonly RequestedSource[]): void {
  const askedBefore = new Map(sources.map(({ depotId, quantityBase }) => [depotId, quantityBase]));
  const askedNow = new Map<string, number>();
  for (const { depotId, quantityBase } of command.sources) {
    askedNow.set(depotId, (askedNow.get(depotId) ?? 0) + quantityBase);
  }
  const same =
    known.allocationId === command.allocationId &&
    known.lineId === command.lineId &&
    known.itemCode === command.itemCode &&
    known.usableUntil === command.usableUntil &&
    askedNow.size === askedBefore.size &&
    [...askedNow].every(([depotId, quantityBase]) => askedBefore.get(depotId) === quantityBase);
  if (!same) {
    throw new DomainError('SUPPLIES_RESERVATION_CONFLICT', { detail: `reservation ${command.reservationId}` });
  }
}
