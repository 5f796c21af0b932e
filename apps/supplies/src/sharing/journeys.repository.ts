import { Injectable } from '@nestjs/common';
import { DomainError } from '@ledger/contracts';
import { safeInteger, type Tx } from '@ledger/platform';
import type { LotOrigin, LotQuality } from '../stock/domain/lot';

export type JourneyPurpose = 'lend' | 'give-back' | 'draw';

export interface Journey {
  readonly id: string;
  readonly purpose: JourneyPurpose;
  readonly subjectId: string;
  readonly toDepotId: string;
  readonly state: 'on-the-road' | 'received';
}

/** A lot as far as sharing needs to know it. */
export interface SharedLot {
  readonly id: string;
  readonly itemCode: string;
  readonly batchNumber: string;
  readonly productionDate: string | null;
  readonly expiryDate: string | null;
  readonly origin: LotOrigin;
  readonly ownerRegionCode: string;
  readonly quality: LotQuality;
  readonly purposeBound: boolean;
  readonly serialNumber: string | null;
  /** Held jointly now, or drawn from what is. */
  readonly joint: boolean;
}

export interface SentLot extends SharedLot {
  readonly sentBase: number;
}

export interface ArrivedLot {
  readonly lotId: string;
  readonly receivedBase: number;
  readonly damagedBase: number;
  readonly lostBase: number;
  readonly newLotId: string | null;
}

const LOT = `
  lot.id, lot.item_code AS "itemCode", lot.batch_number AS "batchNumber", lot.production_date::text AS "productionDate",
  lot.expiry_date::text AS "expiryDate", lot.origin, lot.owner_region_code AS "ownerRegionCode", lot.quality,
  lot.purpose_bound AS "purposeBound", lot.serial_number AS "serialNumber",
  EXISTS (SELECT 1 FROM joint_reserve_lots AS held JOIN joint_reserves AS reserve ON reserve.id = held.reserve_id
          WHERE held.lot_id = lot.id AND (now() AT TIME ZONE 'Asia/Shanghai')::date
            BETWEEN reserve.valid_from AND reserve.valid_to) AS joint`;

export interface NewJourney {
  readonly id: string;
  readonly purpose: JourneyPurpose;
  readonly subjectId: string;
  readonly fromDepotId: string;
  readonly toDepotId: string;
  readonly movementId: string;
  readonly sentBy: string;
  readonly note: string | null;
  readonly itemCode: string;
  readonly lots: readonly { readonly lotId: string; readonly quantityBase: number }[];
}

/** Writes journeys of lent, given back and drawn goods. */
@Injectable()
export class JourneysRepository {
  /** Lots by id, held as they are until the end of the transaction, in the order of their ids. */
  async lots(tx: Tx, ids: readonly string[]): Promise<Map<string, SharedLot>> {
    const rows = await tx.query<SharedLot>(
      `SELECT ${LOT} FROM lots AS lot WHERE lot.id = ANY($1) ORDER BY lot.id FOR SHARE`,
      [ids],
    );
    return new Map(rows.map((row) => [row.id, row]));
  }

  async insert(tx: Tx, journey: NewJourney): Promise<void> {
    const { id, purpose, subjectId, fromDepotId, toDepotId, movementId, sentBy, note, itemCode, lots } = journey;
    await tx.execute(
      `INSERT INTO sharing_journeys (id, purpose, subject_id, from_depot_id, to_depot_id, state, sent_movement_id, sent_by,
                                     note)
       VALUES ($1, $2, $3, $4, $5, 'on-the-road', $6, $7, $8)`,
      [id, purpose, subjectId, fromDepotId, toDepotId, movementId, sentBy, note],
    );
    await tx.execute(
      `INSERT INTO sharing_journey_lots (journey_id, item_code, lot_id, sent_base)
       SELECT $1, $2, lot.* FROM unnest($3::uuid[], $4::bigint[]) AS lot`,
      [id, itemCode, lots.map(({ lotId }) => lotId), lots.map(({ quantityBase }) => quantityBase)],
    );
  }

  /** @throws DomainError SUPPLIES_JOURNEY_NOT_FOUND */
  async find(tx: Tx, id: string, lock: '' | 'FOR UPDATE'): Promise<Journey> {
    const [journey] = await tx.query<Journey>(
      `SELECT id, purpose, subject_id AS "subjectId", to_depot_id AS "toDepotId", state
       FROM sharing_journeys WHERE id = $1 ${lock}`,
      [id],
    );
    if (!journey) throw new DomainError('SUPPLIES_JOURNEY_NOT_FOUND');
    return journey;
  }

  /** The one journey of a draw. @throws DomainError SUPPLIES_JOURNEY_NOT_FOUND */
  async ofSubject(tx: Tx, subjectId: string): Promise<Journey> {
    const [journey] = await tx.query<{ id: string }>('SELECT id FROM sharing_journeys WHERE subject_id = $1', [
      subjectId,
    ]);
    if (!journey) throw new DomainError('SUPPLIES_JOURNEY_NOT_FOUND');
    return this.find(tx, journey.id, '');
  }

  async sentLots(tx: Tx, journeyId: string): Promise<SentLot[]> {
    const rows = await tx.query<SharedLot & { readonly sent_base: string }>(
      `SELECT ${LOT}, sent.sent_base FROM sharing_journey_lots AS sent JOIN lots AS lot ON lot.id = sent.lot_id
       WHERE sent.journey_id = $1 ORDER BY lot.id FOR SHARE OF lot`,
      [journeyId],
    );
    return rows.map(({ sent_base, ...lot }) => ({ ...lot, sentBase: safeInteger(sent_base) }));
  }

  async receive(
    tx: Tx,
    journeyId: string,
    receipt: { readonly movementId: string; readonly receivedBy: string; readonly lots: readonly ArrivedLot[] },
  ): Promise<void> {
    await tx.execute(
      `UPDATE sharing_journeys SET state = 'received', received_movement_id = $2, received_by = $3, received_at = now()
       WHERE id = $1`,
      [journeyId, receipt.movementId, receipt.receivedBy],
    );
    await tx.execute(
      `UPDATE sharing_journey_lots AS lot SET received_base = arrived.received, damaged_base = arrived.damaged,
              lost_base = arrived.lost, new_lot_id = arrived.new_lot
       FROM unnest($2::uuid[], $3::bigint[], $4::bigint[], $5::bigint[], $6::uuid[])
         AS arrived (lot_id, received, damaged, lost, new_lot)
       WHERE lot.journey_id = $1 AND lot.lot_id = arrived.lot_id`,
      [
        journeyId,
        receipt.lots.map(({ lotId }) => lotId),
        receipt.lots.map(({ receivedBase }) => receivedBase),
        receipt.lots.map(({ damagedBase }) => damagedBase),
        receipt.lots.map(({ lostBase }) => lostBase),
        receipt.lots.map(({ newLotId }) => newLotId),
      ],
    );
  }
}
