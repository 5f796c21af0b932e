import { Injectable } from '@nestjs/common';
import type { ReleaseStock } from '@ledger/contracts';
import type { Cause, Tx } from '@ledger/platform';
import { DISPATCH } from '../stock/domain/recorder';
import { assertSamePromise } from './domain/same-promise';
import { EndReservation } from './end-reservation';
import { ReservationAnswers } from './reservation-answers';
import { ReservationsRepository } from './reservations.repository';

/** Ends a promise because the allocation no longer needs it. */
@Injectable()
export class ReleaseStockUseCase {
  constructor(
    private readonly reservations: ReservationsRepository,
    private readonly ending: EndReservation,
    private readonly answers: ReservationAnswers,
  ) {}

  /**
   * Answers StockReleased, always: it may be repeated for ever. For an id nobody has seen it leaves a tombstone, so that
   * a reserve that comes late finds it and is refused.
   * @throws DomainError SUPPLIES_RESERVATION_CONFLICT when the id belongs to another allocation line
   */
  async execute(tx: Tx, command: ReleaseStock, cause: Cause): Promise<void> {
    const known = (await this.reservations.lock(tx, [command.reservationId])).get(command.reservationId);
    if (!known) {
      await this.reservations.insertTombstone(tx, command);
      return this.answers.released(tx, command, { cause: 'released', releasedBase: 0 }, cause);
    }
    assertSamePromise(command, known);
    await this.ending.execute(tx, known, { cause: 'released', recordedBy: DISPATCH, reason: command.reason }, cause);
  }
}
