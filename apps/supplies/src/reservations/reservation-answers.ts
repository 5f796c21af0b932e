import { Injectable } from '@nestjs/common';
import { StockRefused, StockReleased, StockReserved, type ProblemCode } from '@ledger/contracts';
import { Outbox, type Cause, type Tx } from '@ledger/platform';
import type { Share } from './domain/decide-reservation';

interface Promised {
  readonly allocationId: string;
  readonly lineId: string;
  readonly reservationId: string;
}

/** What the saga is told about a promise. The same question gets the same answer, however often it comes. */
@Injectable()
export class ReservationAnswers {
  constructor(private readonly outbox: Outbox) {}

  async reserved(
    tx: Tx,
    promise: Promised & { readonly itemCode: string; readonly firm: boolean; readonly expiresAt: Date },
    shares: readonly Share[],
    cause: Cause,
  ): Promise<void> {
    const { allocationId, lineId, reservationId, itemCode, firm, expiresAt } = promise;
    const lotShares = shares.map(({ depotId, lotId, expiryDate, quantityBase }) => ({
      depotId,
      lotId,
      expiryDate,
      quantityBase,
    }));
    await this.outbox.add(
      tx,
      StockReserved,
      { allocationId, lineId, reservationId, itemCode, shares: lotShares, firm, expiresAt: expiresAt.toISOString() },
      cause,
    );
  }

  async refused(
    tx: Tx,
    { allocationId, lineId, reservationId }: Promised,
    refusal: { readonly code: string; readonly reason: string; readonly shortDepotIds: readonly string[] },
    cause: Cause,
  ): Promise<void> {
    const { code, reason, shortDepotIds } = refusal;
    await this.outbox.add(
      tx,
      StockRefused,
      { allocationId, lineId, reservationId, code, reason, shortDepotIds: [...shortDepotIds] },
      cause,
    );
  }

  /** The answer to whoever counts on a promise that is over, or that never was. */
  async notHeld(tx: Tx, promise: Promised, code: ProblemCode, cause: Cause): Promise<void> {
    await this.refused(
      tx,
      promise,
      { code, reason: 'nothing is held under this reservation', shortDepotIds: [] },
      cause,
    );
  }

  async released(
    tx: Tx,
    { allocationId, lineId, reservationId }: Promised,
    end: { readonly cause: 'released' | 'expired'; readonly releasedBase: number },
    cause: Cause,
  ): Promise<void> {
    await this.outbox.add(
      tx,
      StockReleased,
      { allocationId, lineId, reservationId, cause: end.cause, releasedBase: end.releasedBase },
      cause,
    );
  }
}
