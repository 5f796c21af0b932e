import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Deadlines, type Deadline, type Tx } from '@ledger/platform';
import { DEADLINE } from '../stock/domain/recorder';
import { nextReservationState } from './domain/reservation-state';
import { EndReservation } from './end-reservation';
import { RESERVATION_EXPIRY, causeOfExpiry } from './expiry-deadline';
import { ReservationsRepository } from './reservations.repository';

/** Ends a promise that nobody renewed in time: whatever is held has an end. */
@Injectable()
export class ExpireReservationUseCase implements OnModuleInit {
  constructor(
    private readonly deadlines: Deadlines,
    private readonly reservations: ReservationsRepository,
    private readonly ending: EndReservation,
  ) {}

  onModuleInit(): void {
    this.deadlines.on(RESERVATION_EXPIRY, (tx, deadline) => this.execute(tx, deadline));
  }

  /** A promise that was released or issued while the deadline waited for its lock is left alone. */
  async execute(tx: Tx, { subjectId, payload }: Deadline): Promise<void> {
    const reservation = (await this.reservations.lock(tx, [subjectId])).get(subjectId);
    if (!reservation || !nextReservationState(reservation.state, 'expire')) return;
    const end = { cause: 'expired', recordedBy: DEADLINE, reason: 'not renewed in time' } as const;
    await this.ending.execute(tx, reservation, end, causeOfExpiry(subjectId, payload));
  }
}
