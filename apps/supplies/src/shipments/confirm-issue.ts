import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import { Deadlines, type Cause, type Tx } from '@ledger/platform';
import { DonationPurposes } from '../donations/purposes.repository';
import { heldBase } from '../reservations/domain/held-share';
import { nextReservationState } from '../reservations/domain/reservation-state';
import { RESERVATION_EXPIRY } from '../reservations/expiry-deadline';
import { ReservationsRepository, type Reservation } from '../reservations/reservations.repository';
import { mayActAt } from '../scope';
import { chinaDay } from '../stock/domain/calendar';
import type { LotQuality } from '../stock/domain/lot';
import { recorderOf } from '../stock/domain/recorder';
import { LotsRepository } from '../stock/lots.repository';
import { StockRepository, type NewMovement } from '../stock/stock.repository';
import { issuePostings, planIssue, type IssuedPart } from './domain/plan-issue';
import type { ConfirmIssueResponse } from './dto/issue-order.dto';
import { IssueAnswers } from './issue-answers';
import { IssueOrdersRepository, depotOf, type IssueOrder } from './issue-orders.repository';

export interface IssueConfirmation {
  readonly shipmentId: string;
  readonly caller: Caller;
  readonly note?: string;
}

/** The keeper hands the goods of an issue order over to transport. */
@Injectable()
export class ConfirmIssueUseCase {
  constructor(
    private readonly reservations: ReservationsRepository,
    private readonly orders: IssueOrdersRepository,
    private readonly lots: LotsRepository,
    private readonly stock: StockRepository,
    private readonly answers: IssueAnswers,
    private readonly deadlines: Deadlines,
    private readonly purposes: DonationPurposes,
  ) {}

  /**
   * Moves the goods from the reserved stock onto the road and announces StockIssued.
   * @throws DomainError in this order: SUPPLIES_ISSUE_ORDER_NOT_FOUND (also out of the caller's reach),
   *   SUPPLIES_ISSUE_ALREADY_CONFIRMED, SUPPLIES_ISSUE_CANCELLED, SUPPLIES_QUANTITY_EXCEEDS_BALANCE,
   *   SUPPLIES_LOT_NOT_ISSUABLE, SUPPLIES_DONATION_PURPOSE_BREACH
   */
  async execute(
    tx: Tx,
    input: IssueConfirmation,
    causeFor: (order: IssueOrder) => Cause,
  ): Promise<ConfirmIssueResponse> {
    const { order, reservations } = await this.lockOpenOrder(tx, input);
    const parts = await this.choose(tx, order, input.caller);
    await this.assertPurposes(tx, order, parts);
    const cause = causeFor(order);
    const posted = await this.stock.post(tx, movementOf(order, input), issuePostings(order, parts), cause);
    await this.reservations.takeShares(tx, order.depotId, parts);
    await this.endIssued(tx, reservations, parts);
    const confirmation = {
      confirmedBy: input.caller.displayName,
      movementId: posted.movementId,
      closedAt: posted.postedAt,
    };
    await this.orders.confirm(tx, order.shipmentId, confirmation);
    await this.answers.issued(tx, { ...order, ...confirmation }, cause);
    return {
      shipmentId: order.shipmentId,
      movementId: posted.movementId,
      issuedAt: posted.postedAt.toISOString(),
      lines: parts.map(({ lineId, itemCode, lotId, quantityBase }) => ({ lineId, itemCode, lotId, quantityBase })),
    };
  }

  private async choose(tx: Tx, order: IssueOrder, caller: Caller): Promise<IssuedPart[]> {
    const lines = (await this.orders.lines(tx, order.shipmentId)).filter(({ state }) => state === 'open');
    const shares = await this.reservations.shares(tx, reservationIdsOf(lines));
    const lots = await this.lots.share(
      tx,
      shares.map(({ lotId }) => lotId),
    );
    const held = shares
      .filter((share) => share.depotId === order.depotId)
      .map((share) => ({
        ...share,
        quality: worseQuality(share.quality, lots.get(share.lotId)?.quality ?? 'good'),
        quantityBase: heldBase(share),
      }));
    const overriddenLotIds = await this.orders.overriddenLots(tx, order.allocationId, caller.userId);
    return planIssue(lines, held, { today: chinaDay(tx.now), overriddenLotIds });
  }

  /** Goods that were given for something go to no other site, whatever was reserved. */
  private assertPurposes(
    tx: Tx,
    { siteRegionCode, incidentId }: IssueOrder,
    parts: readonly IssuedPart[],
  ): Promise<void> {
    const lotIds = [...new Set(parts.map(({ lotId }) => lotId))];
    return this.purposes.assertFit(tx, lotIds, { regionCode: siteRegionCode, incidentId, group: null });
  }

  /** Reservations are locked before their order, as everywhere; the order is read again under its own lock. */
  private async lockOpenOrder(tx: Tx, { shipmentId, caller }: IssueConfirmation) {
    const seen = await this.orders.find(tx, shipmentId);
    if (!seen || !mayActAt(caller, depotOf(seen))) throw new DomainError('SUPPLIES_ISSUE_ORDER_NOT_FOUND');
    const lines = await this.orders.lines(tx, shipmentId);
    const reservations = await this.reservations.lock(tx, reservationIdsOf(lines));
    const order = (await this.orders.lock(tx, shipmentId)) as IssueOrder;
    if (order.state === 'confirmed') throw new DomainError('SUPPLIES_ISSUE_ALREADY_CONFIRMED');
    if (order.state === 'cancelled') throw new DomainError('SUPPLIES_ISSUE_CANCELLED');
    return { order, reservations };
  }

  /** A reservation whose last piece has left needs no deadline any more. */
  private async endIssued(
    tx: Tx,
    reservations: ReadonlyMap<string, Reservation>,
    parts: readonly IssuedPart[],
  ): Promise<void> {
    const touched = [...new Set(reservationIdsOf(parts))].sort();
    const shares = await this.reservations.shares(tx, touched);
    for (const id of touched) {
      if (shares.some((share) => share.reservationId === id && heldBase(share) > 0)) continue;
      const state = nextReservationState(reservations.get(id)?.state ?? 'none', 'issue-last');
      if (!state) throw new DomainError('SUPPLIES_LEDGER_CORRUPT', { detail: `reservation ${id} was not firm` });
      await this.reservations.setState(tx, id, state);
      await this.deadlines.cancel(tx, RESERVATION_EXPIRY, id);
    }
  }
}

/** A share knows what holds the lot in its depot, the lot itself whether it is held or recalled everywhere by now. */
const worseQuality = (inDepot: LotQuality, everywhere: LotQuality): LotQuality =>
  everywhere === 'good' ? inDepot : everywhere;

const reservationIdsOf = (lines: readonly { readonly reservationId: string }[]): string[] =>
  lines.map(({ reservationId }) => reservationId);

function movementOf(order: IssueOrder, { caller, note }: IssueConfirmation): NewMovement {
  const { allocationId, depotId, shipmentId, siteId, useOrder } = order;
  const header = { businessKey: `issue:${shipmentId}`, kind: 'issue', recordedBy: recorderOf(caller) } as const;
  return { ...header, allocationId, depotId, shipmentId, siteId, useOrder, note };
}
