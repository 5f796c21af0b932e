import { Injectable } from '@nestjs/common';
import { depotAccount } from '@ledger/contracts';
import { Deadlines, type Cause, type Tx } from '@ledger/platform';
import { IssueOrdersRepository } from '../shipments/issue-orders.repository';
import type { LotQuality } from '../stock/domain/lot';
import type { Posting } from '../stock/domain/posting';
import type { Recorder } from '../stock/domain/recorder';
import { LotsRepository } from '../stock/lots.repository';
import { StockRepository } from '../stock/stock.repository';
import { heldBase } from './domain/held-share';
import { isHeld } from './domain/reservation-state';
import { RESERVATION_EXPIRY } from './expiry-deadline';
import { ReservationAnswers } from './reservation-answers';
import { ReservationsRepository, type HeldShare, type Reservation } from './reservations.repository';

export interface ReservationEnd {
  readonly cause: 'released' | 'expired';
  readonly recordedBy: Recorder;
  readonly reason?: string;
}

/** Ends a promise, for a release as for an expiry: what is still held becomes free again. */
@Injectable()
export class EndReservation {
  constructor(
    private readonly reservations: ReservationsRepository,
    private readonly issueOrders: IssueOrdersRepository,
    private readonly lots: LotsRepository,
    private readonly stock: StockRepository,
    private readonly answers: ReservationAnswers,
    private readonly deadlines: Deadlines,
  ) {}

  /**
   * Frees what is held (pieces of a lot that is held or recalled go to quarantine), takes it off open issue orders and answers StockReleased with all that was ever freed. For a
   * promise that is over it changes nothing and gives the same answer.
   * @param reservation  locked by the caller
   */
  async execute(tx: Tx, reservation: Reservation, end: ReservationEnd, cause: Cause): Promise<void> {
    const shares = await this.reservations.shares(tx, [reservation.id]);
    const promise = { ...reservation, reservationId: reservation.id };
    if (!isHeld(reservation.state)) {
      const releasedBase = shares.reduce((sum, share) => sum + share.releasedBase, 0);
      return this.answers.released(tx, promise, { cause: reservation.endCause ?? 'released', releasedBase }, cause);
    }
    await this.issueOrders.cancelLinesOf(tx, reservation.id);
    const lots = await this.lots.share(
      tx,
      shares.map(({ lotId }) => lotId),
    );
    const postings = shares.flatMap((share) =>
      freeingPosting(reservation, share, lots.get(share.lotId)?.quality ?? share.quality),
    );
    await this.stock.post(
      tx,
      {
        businessKey: `release:${reservation.id}`,
        kind: 'release',
        recordedBy: end.recordedBy,
        allocationId: reservation.allocationId,
        note: end.reason,
      },
      postings,
      cause,
    );
    await this.reservations.end(tx, reservation.id, end.cause);
    await this.deadlines.cancel(tx, RESERVATION_EXPIRY, reservation.id);
    const releasedBase = postings.reduce((sum, posting) => sum + posting.quantityBase, 0);
    await this.answers.released(tx, promise, { cause: end.cause, releasedBase }, cause);
  }
}

function freeingPosting(reservation: Reservation, share: HeldShare, quality: LotQuality): Posting[] {
  const quantityBase = heldBase(share);
  if (quantityBase === 0) return [];
  const { depotId, lotId, expiryDate } = share;
  return [
    {
      lotId,
      itemCode: String(reservation.itemCode),
      expiryDate,
      from: depotAccount(depotId, 'reserved'),
      to: depotAccount(depotId, quality === 'good' ? 'available' : 'quarantine'),
      quantityBase,
      lineId: reservation.lineId,
    },
  ];
}
