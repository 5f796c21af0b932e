import { Injectable } from '@nestjs/common';
import { DomainError, type OrderIssue } from '@ledger/contracts';
import type { Cause, Tx } from '@ledger/platform';
import { heldBase } from '../reservations/domain/held-share';
import { isHeld } from '../reservations/domain/reservation-state';
import { ReservationAnswers } from '../reservations/reservation-answers';
import { ReservationsRepository, type Reservation } from '../reservations/reservations.repository';
import { assertCovered } from '../stock/domain/draw';
import { IssueAnswers } from './issue-answers';
import { IssueOrdersRepository, type IssueOrder, type OrderedLine } from './issue-orders.repository';

/** Lays an approved issue before the keeper of a depot. */
@Injectable()
export class OrderIssueUseCase {
  constructor(
    private readonly reservations: ReservationsRepository,
    private readonly orders: IssueOrdersRepository,
    private readonly reservationAnswers: ReservationAnswers,
    private readonly issueAnswers: IssueAnswers,
  ) {}

  /**
   * Opens the order. When one of its promises is over, no order is opened and StockRefused names each of these lines.
   * Asked again, an open order takes the newest list of trips, and a confirmed one answers StockIssued again.
   * @throws DomainError SUPPLIES_RESERVATION_NOT_FIRM, SUPPLIES_QUANTITY_EXCEEDS_BALANCE when less is held in the
   *   depot than the order names, SUPPLIES_ISSUE_ORDER_CONFLICT when the shipment id was used for other goods before
   */
  async execute(tx: Tx, command: OrderIssue, cause: Cause): Promise<void> {
    const reservations = await this.reservations.lock(
      tx,
      command.lines.map(({ reservationId }) => reservationId),
    );
    const known = await this.orders.lock(tx, command.shipmentId);
    if (known) return this.answerAgain(tx, command, known, cause);
    if (await this.refuseDead(tx, command, reservations, cause)) return;
    assertFirm(command, reservations);
    await this.assertHeldInDepot(tx, command);
    await this.orders.insert(tx, command);
  }

  private async answerAgain(tx: Tx, command: OrderIssue, known: IssueOrder, cause: Cause): Promise<void> {
    const lines = await this.orders.lines(tx, known.shipmentId);
    assertSameGoods(command, known, lines);
    if (known.state === 'confirmed') return this.issueAnswers.issued(tx, known, cause);
    if (known.state === 'open') await this.orders.replaceTrips(tx, command);
    for (const line of lines.filter(({ state }) => state === 'cancelled')) {
      const promise = { ...line, allocationId: known.allocationId };
      await this.reservationAnswers.notHeld(tx, promise, 'SUPPLIES_RESERVATION_RELEASED', cause);
    }
  }

  private async refuseDead(
    tx: Tx,
    command: OrderIssue,
    reservations: ReadonlyMap<string, Reservation>,
    cause: Cause,
  ): Promise<boolean> {
    const isDead = (id: string): boolean => {
      const reservation = reservations.get(id);
      return !reservation || !isHeld(reservation.state);
    };
    const dead = command.lines.filter(({ reservationId }) => isDead(reservationId));
    for (const { lineId, reservationId } of dead) {
      const code = reservations.has(reservationId) ? 'SUPPLIES_RESERVATION_RELEASED' : 'SUPPLIES_RESERVATION_NOT_FOUND';
      const promise = { allocationId: command.allocationId, lineId, reservationId };
      await this.reservationAnswers.notHeld(tx, promise, code, cause);
    }
    return dead.length > 0;
  }

  private async assertHeldInDepot(tx: Tx, command: OrderIssue): Promise<void> {
    const reservationIds = command.lines.map(({ reservationId }) => reservationId);
    const shares = await this.reservations.shares(tx, reservationIds);
    for (const line of command.lines) {
      const held = shares
        .filter((share) => share.reservationId === line.reservationId && share.depotId === command.depotId)
        .map((share) => ({ quantityBase: heldBase(share) }));
      assertCovered(held, line.quantityBase);
    }
  }
}

/** @throws DomainError SUPPLIES_RESERVATION_NOT_FIRM */
function assertFirm(command: OrderIssue, reservations: ReadonlyMap<string, Reservation>): void {
  const soft = command.lines.find(({ reservationId }) => reservations.get(reservationId)?.state === 'soft');
  if (soft) throw new DomainError('SUPPLIES_RESERVATION_NOT_FIRM', { detail: `reservation ${soft.reservationId}` });
}

/** @throws DomainError SUPPLIES_ISSUE_ORDER_CONFLICT */
function assertSameGoods(command: OrderIssue, known: IssueOrder, lines: readonly OrderedLine[]): void {
  const ordered = new Map(lines.map((line) => [line.reservationId, line]));
  const same =
    command.allocationId === known.allocationId &&
    command.depotId === known.depotId &&
    command.lines.length === lines.length &&
    command.lines.every((line) => {
      const before = ordered.get(line.reservationId);
      return before?.lineId === line.lineId && before.quantityBase === line.quantityBase;
    });
  if (!same) throw new DomainError('SUPPLIES_ISSUE_ORDER_CONFLICT', { detail: `shipment ${command.shipmentId}` });
}
