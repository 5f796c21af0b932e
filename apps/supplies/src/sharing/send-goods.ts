import { Injectable } from '@nestjs/common';
import { DomainError, depotAccount, transitAccount, type Caller } from '@ledger/contracts';
import { newId, safeInteger, type Cause, type Tx } from '@ledger/platform';
import type { Depot } from '../catalogue/depots.repository';
import { chinaDay } from '../stock/domain/calendar';
import { totalBase } from '../stock/domain/draw';
import { whyNotIssuable } from '../stock/domain/lot';
import type { MovementKind } from '../stock/domain/movement-kinds';
import { recorderOf } from '../stock/domain/recorder';
import { StockRepository } from '../stock/stock.repository';
import { NOT_JOINT } from './joint-lots';
import { JourneysRepository, type JourneyPurpose, type SharedLot } from './journeys.repository';

export interface Sending {
  readonly caller: Caller;
  readonly purpose: JourneyPurpose;
  readonly kind: MovementKind;
  readonly subjectId: string;
  readonly from: Depot;
  readonly toDepotId: string;
  readonly itemCode: string;
  readonly lines: readonly { readonly lotId: string; readonly quantityBase: number }[];
  /**
   * The region whose own goods have to stay at the floor of the depot: what was borrowed or is held jointly does not count
   * towards it. Null after an override of the commander, and for goods that are no reserve of the depot.
   */
  readonly keepsFloorOf: string | null;
  readonly note: string | null;
  /** What the purpose asks of a lot. */
  readonly assertFit: (lot: SharedLot) => void;
}

/** Puts goods that change hands on the road: from free stock of one depot into transit. */
@Injectable()
export class SendGoods {
  constructor(
    private readonly journeys: JourneysRepository,
    private readonly stock: StockRepository,
  ) {}

  /**
   * @throws DomainError in this order: REQUEST_INVALID (a lot named twice), SUPPLIES_LOT_NOT_FOUND, what the purpose asks,
   *   SUPPLIES_LOT_NOT_ISSUABLE, SUPPLIES_DONATION_PURPOSE_BREACH, SUPPLIES_FLOOR_REACHED,
   *   SUPPLIES_QUANTITY_EXCEEDS_BALANCE
   */
  async execute(tx: Tx, sending: Sending, cause: Cause): Promise<{ journeyId: string; movementId: string }> {
    const lines = sending.lines.map((line) => ({ ...line, lotId: line.lotId.toLowerCase() }));
    const lots = await this.fitLots(tx, sending, lines);
    if (sending.keepsFloorOf !== null) await assertFloor(tx, sending, totalBase(lines));
    const { caller, purpose, subjectId, from, toDepotId, itemCode, note } = sending;
    const journeyId = newId();
    const recordedBy = recorderOf(caller);
    const { movementId } = await this.stock.post(
      tx,
      {
        ...{ businessKey: `${purpose}-sent:${journeyId}`, kind: sending.kind, depotId: from.id, recordedBy },
        note: note ?? undefined,
      },
      lines.map(({ lotId, quantityBase }) => ({
        ...{ lotId, itemCode, quantityBase, expiryDate: lots.get(lotId)?.expiryDate ?? null, lineId: null },
        ...{ from: depotAccount(from.id, 'available'), to: transitAccount(journeyId) },
      })),
      cause,
    );
    await this.journeys.insert(tx, {
      ...{ id: journeyId, purpose, subjectId, fromDepotId: from.id, toDepotId, movementId, sentBy: recordedBy.name },
      ...{ note, itemCode, lots: lines },
    });
    return { journeyId, movementId };
  }

  private async fitLots(tx: Tx, { itemCode, assertFit }: Sending, lines: Sending['lines']) {
    const ids = lines.map(({ lotId }) => lotId);
    const twice = ids.findIndex((lotId, index) => ids.indexOf(lotId) < index);
    if (twice >= 0) {
      const errors = [{ pointer: `/lines/${twice}/lotId`, reason: 'is named twice' }];
      throw new DomainError('REQUEST_INVALID', { errors });
    }
    const lots = await this.journeys.lots(tx, ids);
    const today = chinaDay(tx.now);
    for (const lotId of ids) {
      const lot = lots.get(lotId);
      if (!lot || lot.itemCode !== itemCode) throw new DomainError('SUPPLIES_LOT_NOT_FOUND', { facts: { lotId } });
      assertFit(lot);
      const reason = whyNotIssuable(lot, today);
      if (reason) throw new DomainError('SUPPLIES_LOT_NOT_ISSUABLE', { facts: { lotId, reason } });
      if (lot.purposeBound) throw new DomainError('SUPPLIES_DONATION_PURPOSE_BREACH', { facts: { lotId } });
    }
    return lots;
  }
}

/** Free goods are locked as reservations lock them, so that two takers never both stay above the floor. */
async function assertFloor(tx: Tx, { from, itemCode, keepsFloorOf }: Sending, quantityBase: number): Promise<void> {
  const account = depotAccount(from.id, 'available');
  await tx.query(
    `SELECT 1 FROM balances WHERE item_code = $1 AND depot_id = $2 AND in_stock AND account = $3
     ORDER BY account, lot_id FOR UPDATE`,
    [itemCode, from.id, account],
  );
  const today = chinaDay(tx.now);
  const [row] = await tx.query<{ free: string; floor: string }>(
    `SELECT coalesce(sum(balance.quantity_base), 0) AS free, reserve_floor($2, $1, $4::date) AS floor
     FROM balances AS balance JOIN lots AS lot ON lot.id = balance.lot_id
     WHERE balance.item_code = $1 AND balance.depot_id = $2 AND balance.in_stock AND balance.account = $3
       AND lot.quality = 'good' AND (lot.expiry_date IS NULL OR lot.expiry_date >= $4::date)
       AND starts_with(lot.owner_region_code, $5) AND ${NOT_JOINT}`,
    [itemCode, from.id, account, today, keepsFloorOf],
  );
  const facts = { freeBase: safeInteger(row.free), floorBase: safeInteger(row.floor), askedBase: quantityBase };
  if (quantityBase <= facts.freeBase && facts.freeBase - quantityBase < facts.floorBase) {
    throw new DomainError('SUPPLIES_FLOOR_REACHED', { facts });
  }
}
