import { Injectable } from '@nestjs/common';
import { ReservationRenewed, type RenewReservation } from '@ledger/contracts';
import { Deadlines, Outbox, type Cause, type Tx } from '@ledger/platform';
import { assertSamePromise } from './domain/same-promise';
import { nextReservationState } from './domain/reservation-state';
import { scheduleExpiry } from './expiry-deadline';
import { ReservationAnswers } from './reservation-answers';
import { ReservationsRepository } from './reservations.repository';

/** Prolongs a promise, or makes it firm once its use order is signed. */
@Injectable()
export class RenewReservationUseCase {
  constructor(
    private readonly reservations: ReservationsRepository,
    private readonly answers: ReservationAnswers,
    private readonly deadlines: Deadlines,
    private readonly outbox: Outbox,
  ) {}

  /**
   * Answers ReservationRenewed; StockRefused when nothing is held any more, so that whoever renews knows; nothing when
   * all of it has left the depot, because then nothing is left to hold.
   * @throws DomainError SUPPLIES_RESERVATION_CONFLICT when the id belongs to another allocation line
   */
  async execute(tx: Tx, command: RenewReservation, cause: Cause): Promise<void> {
    const { allocationId, lineId, reservationId, holdSeconds } = command;
    const known = (await this.reservations.lock(tx, [reservationId])).get(reservationId);
    if (known) assertSamePromise(command, known);
    const event = command.firm ? 'renew-firmly' : 'renew-softly';
    const state = nextReservationState(known?.state ?? 'none', event);
    if (!state) {
      const code = known ? 'SUPPLIES_RESERVATION_RELEASED' : 'SUPPLIES_RESERVATION_NOT_FOUND';
      return this.answers.notHeld(tx, command, code, cause);
    }
    if (state === 'issued') return;
    const expiresAt = await this.reservations.renew(tx, reservationId, { state, holdSeconds });
    await scheduleExpiry(this.deadlines, tx, command, cause);
    await this.outbox.add(
      tx,
      ReservationRenewed,
      { allocationId, lineId, reservationId, firm: state === 'firm', expiresAt: expiresAt.toISOString() },
      cause,
    );
  }
}
