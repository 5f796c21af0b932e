import { Injectable } from '@nestjs/common';
import { DomainError, depotAccount, type Caller } from '@ledger/contracts';
import { newId, safeInteger, type Tx } from '@ledger/platform';
import type { Day } from '../../stock/domain/calendar';
import type { Stop } from './domain/travel';
import { OFFERED, SPARE, acceptedOf } from './spare';

export interface Offer {
  readonly id: string;
  readonly orderId: string | null;
  readonly depotId: string;
  readonly regionCode: string;
  readonly organisationId: string;
  readonly lotId: string;
  readonly itemCode: string;
  readonly quantityBase: number;
  readonly takenBase: number;
  readonly offeredUntil: Day;
  readonly state: 'open' | 'taken' | 'withdrawn';
}

export interface NewOffer {
  readonly orderId: string | null;
  readonly depotId: string;
  readonly lotId: string;
  readonly itemCode: string;
  readonly quantityBase: number;
  readonly offeredUntil: Day;
  readonly note: string | null;
}

export interface Acceptance {
  readonly id: string;
  readonly offerId: string;
  readonly demandId: string | null;
  readonly depotId: string;
  readonly quantityBase: number;
  readonly state: 'accepted' | 'transferred' | 'fallen-through';
  readonly transferId: string | null;
  readonly acceptedBy: string;
  readonly acceptedById: string;
}

export interface WaitingAcceptance {
  readonly id: string;
  readonly offerId: string;
  readonly transferId: string;
}

/** What a depot can spare of an item, in pieces; may be negative. */
export interface Spare {
  /** Above the floor, without what was accepted. */
  readonly spareBase: number;
  /** Offered and not taken. */
  readonly offeredBase: number;
  /** Of the lot: accepted and not on its way. */
  readonly acceptedBase: number;
}

type OfferRow = Omit<Offer, 'quantityBase' | 'takenBase'> & { readonly quantity: string; readonly taken: string };

/** Writes offers and what was taken of them. Offers are locked before demands, and both before balances. */
@Injectable()
export class OffersRepository {
  /**
   * What a depot can spare. The free pieces are locked first, so that two who offer or take at once never both count the
   * same ones.
   */
  async lockSpare(tx: Tx, today: Day, place: { depotId: string; lotId: string; itemCode: string }): Promise<Spare> {
    const { depotId, lotId, itemCode } = place;
    await tx.query(`SELECT 1 FROM balances WHERE account = $1 AND item_code = $2 ORDER BY account, lot_id FOR UPDATE`, [
      depotAccount(depotId, 'available'),
      itemCode,
    ]);
    const [row] = await tx.query<{ spare: string; offered: string; accepted: string }>(
      `SELECT ${SPARE} AS spare, ${OFFERED} AS offered, ${acceptedOf('place.depot_id', '$4::uuid')} AS accepted
       FROM (VALUES ($2::uuid, $3::text)) AS place (depot_id, item_code)`,
      [today, depotId, itemCode, lotId],
    );
    return {
      spareBase: safeInteger(row.spare),
      offeredBase: safeInteger(row.offered),
      acceptedBase: safeInteger(row.accepted),
    };
  }

  /** @throws DomainError SUPPLIES_ROTATION_OFFER_EXISTS when the lot is offered by this depot already */
  async insert(tx: Tx, offer: NewOffer, by: Caller): Promise<string> {
    const id = newId();
    const inserted = await tx.execute(
      `INSERT INTO rotation_offers (id, order_id, depot_id, lot_id, item_code, quantity_base, offered_until, state, note,
         offered_by, offered_by_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7, 'open', $8, $9, $10)
       ON CONFLICT (depot_id, lot_id) WHERE ended_at IS NULL DO NOTHING`,
      [
        ...[id, offer.orderId, offer.depotId, offer.lotId, offer.itemCode, offer.quantityBase, offer.offeredUntil],
        ...[offer.note, by.displayName, by.userId],
      ],
    );
    if (inserted === 0) throw new DomainError('SUPPLIES_ROTATION_OFFER_EXISTS');
    return id;
  }

  /** @throws DomainError SUPPLIES_ROTATION_OFFER_NOT_FOUND */
  async lock(tx: Tx, id: string): Promise<Offer> {
    const [row] = await tx.query<OfferRow>(
      `SELECT offer.id, offer.order_id AS "orderId", offer.depot_id AS "depotId", depot.region_code AS "regionCode",
              depot.organisation_id AS "organisationId", offer.lot_id AS "lotId", offer.item_code AS "itemCode",
              offer.quantity_base AS quantity, offer.taken_base AS taken, offer.offered_until::text AS "offeredUntil",
              offer.state
       FROM rotation_offers AS offer JOIN depots AS depot ON depot.id = offer.depot_id
       WHERE offer.id = $1 FOR UPDATE OF offer`,
      [id],
    );
    if (!row) throw new DomainError('SUPPLIES_ROTATION_OFFER_NOT_FOUND');
    const { quantity, taken, ...offer } = row;
    return { ...offer, quantityBase: safeInteger(quantity), takenBase: safeInteger(taken) };
  }

  /** Takes pieces off an offer; the caller holds its lock. */
  async take(tx: Tx, offer: Offer, quantityBase: number): Promise<void> {
    await tx.execute(
      `UPDATE rotation_offers SET taken_base = taken_base + $2,
              state = CASE WHEN state = 'open' AND taken_base + $2 = quantity_base THEN 'taken' ELSE state END,
              ended_at = CASE WHEN state = 'open' AND taken_base + $2 = quantity_base THEN now() ELSE ended_at END
       WHERE id = $1`,
      [offer.id, quantityBase],
    );
  }

  /** Gives pieces back to an offer that is still open; what was taken whole stays ended and can be offered anew. */
  async giveBack(tx: Tx, offer: Offer, quantityBase: number): Promise<void> {
    await tx.execute(`UPDATE rotation_offers SET taken_base = taken_base - $2 WHERE id = $1 AND state = 'open'`, [
      offer.id,
      quantityBase,
    ]);
  }

  async withdraw(tx: Tx, id: string): Promise<void> {
    await tx.execute(`UPDATE rotation_offers SET state = 'withdrawn', ended_at = now() WHERE id = $1`, [id]);
  }

  async insertAcceptance(
    tx: Tx,
    acceptance: {
      readonly offerId: string;
      readonly demandId: string | null;
      readonly depotId: string;
      readonly quantityBase: number;
      readonly arrivesOn: Day;
    },
    by: Caller,
  ): Promise<string> {
    const id = newId();
    await tx.execute(
      `INSERT INTO rotation_acceptances (id, offer_id, demand_id, depot_id, quantity_base, arrives_on, state, accepted_by,
         accepted_by_id)
       VALUES ($1, $2, $3, $4, $5, $6, 'accepted', $7, $8)`,
      [
        ...[id, acceptance.offerId, acceptance.demandId, acceptance.depotId, acceptance.quantityBase],
        ...[acceptance.arrivesOn, by.displayName, by.userId],
      ],
    );
    return id;
  }

  async setTransfer(tx: Tx, acceptanceId: string, transferId: string): Promise<void> {
    await tx.execute('UPDATE rotation_acceptances SET transfer_id = $2 WHERE id = $1', [acceptanceId, transferId]);
  }

  /** Acceptances of offers of some depots whose goods have not left yet, as far as is known. */
  async waiting(tx: Tx, depotIds: readonly string[]): Promise<WaitingAcceptance[]> {
    return tx.query<WaitingAcceptance>(
      `SELECT acceptance.id, acceptance.offer_id AS "offerId", acceptance.transfer_id AS "transferId"
       FROM rotation_acceptances AS acceptance JOIN rotation_offers AS offer ON offer.id = acceptance.offer_id
       WHERE acceptance.state = 'accepted' AND acceptance.transfer_id IS NOT NULL AND offer.depot_id = ANY($1)
       ORDER BY acceptance.offer_id, acceptance.id`,
      [depotIds],
    );
  }

  /** Fewer pieces left than were accepted. */
  async shorten(tx: Tx, acceptanceId: string, lapsedBase: number): Promise<void> {
    await tx.execute('UPDATE rotation_acceptances SET quantity_base = quantity_base - $2 WHERE id = $1', [
      acceptanceId,
      lapsedBase,
    ]);
  }

  /** The offer of an acceptance, to lock it first. @throws DomainError SUPPLIES_ROTATION_OFFER_NOT_FOUND */
  async offerOf(tx: Tx, acceptanceId: string): Promise<string> {
    const [row] = await tx.query<{ offer_id: string }>('SELECT offer_id FROM rotation_acceptances WHERE id = $1', [
      acceptanceId,
    ]);
    if (!row) throw new DomainError('SUPPLIES_ROTATION_OFFER_NOT_FOUND');
    return row.offer_id;
  }

  async lockAcceptance(tx: Tx, id: string): Promise<Acceptance> {
    const [{ quantity, ...acceptance }] = await tx.query<Omit<Acceptance, 'quantityBase'> & { quantity: string }>(
      `SELECT id, offer_id AS "offerId", demand_id AS "demandId", depot_id AS "depotId", quantity_base AS quantity, state,
              transfer_id AS "transferId", accepted_by AS "acceptedBy", accepted_by_id AS "acceptedById"
       FROM rotation_acceptances WHERE id = $1 FOR UPDATE`,
      [id],
    );
    return { ...acceptance, quantityBase: safeInteger(quantity) };
  }

  async endAcceptance(tx: Tx, id: string, state: 'transferred' | 'fallen-through'): Promise<void> {
    await tx.execute('UPDATE rotation_acceptances SET state = $2, ended_at = now() WHERE id = $1', [id, state]);
  }

  /** Where a depot is, as far as journeys go. */
  async stop(tx: Tx, depotId: string): Promise<Stop> {
    const [stop] = await tx.query<Stop>(
      `SELECT region_code AS "regionCode", latitude, longitude FROM depots WHERE id = $1`,
      [depotId],
    );
    return stop;
  }
}
