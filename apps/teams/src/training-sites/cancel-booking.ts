import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import type { Tx } from '@ledger/platform';
import { regionPattern } from '../scope';
import type { BookingWrittenResponse } from './dto/training-site.dto';

export interface Cancellation {
  readonly caller: Caller;
  readonly bookingId: string;
  readonly reason: string;
}

/** Gives a booked time free again: those of the region that booked it, and those who keep the site's region. */
@Injectable()
export class CancelBookingUseCase {
  /** @throws DomainError TEAMS_BOOKING_NOT_FOUND; TEAMS_BOOKING_OVER when it was cancelled or has begun */
  async execute(tx: Tx, { caller, bookingId, reason }: Cancellation): Promise<BookingWrittenResponse> {
    const [booking] = await tx.query<{ readonly over: boolean }>(
      `SELECT b.cancelled_at IS NOT NULL OR lower(b.during) <= $3 AS over
       FROM training_bookings b JOIN training_sites s ON s.id = b.site_id
       WHERE b.id = $1 AND (b.region_code LIKE $2 OR s.region_code LIKE $2) FOR UPDATE OF b`,
      [bookingId, regionPattern(caller.regionCode), tx.now],
    );
    if (!booking) throw new DomainError('TEAMS_BOOKING_NOT_FOUND');
    if (booking.over) throw new DomainError('TEAMS_BOOKING_OVER');
    await tx.execute('UPDATE training_bookings SET cancelled_at = $2, cancel_reason = $3 WHERE id = $1', [
      ...[bookingId, tx.now, reason],
    ]);
    return { bookingId };
  }
}
