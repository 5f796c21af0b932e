import { Injectable } from '@nestjs/common';
import type { RecordDelivery } from '@ledger/contracts';
import { safeInteger, type Tx } from '@ledger/platform';

export interface DeliveryLine {
  readonly lineId: string;
  readonly itemCode: string;
  readonly receivedBase: number;
  readonly damagedBase: number;
  readonly lostBase: number;
  readonly missingBase: number;
}

export interface Delivery {
  readonly tripId: string;
  readonly shipmentId: string;
  readonly siteId: string;
  readonly movementId: string | null;
  readonly lines: readonly DeliveryLine[];
}

/** Writes what trips handed over. */
@Injectable()
export class DeliveriesRepository {
  async find(tx: Tx, tripId: string): Promise<Delivery | undefined> {
    const [delivery] = await tx.query<Omit<Delivery, 'lines'>>(
      `SELECT trip_id AS "tripId", shipment_id AS "shipmentId", site_id AS "siteId", movement_id AS "movementId"
       FROM deliveries WHERE trip_id = $1`,
      [tripId],
    );
    return delivery && { ...delivery, lines: await linesOf(tx, tripId) };
  }

  async insert(tx: Tx, command: RecordDelivery, movementId: string | null): Promise<void> {
    await tx.execute(
      `INSERT INTO deliveries (trip_id, shipment_id, site_id, movement_id, receiver_name, delivered_at)
       VALUES ($1, $2, $3, $4, $5, $6)`,
      [command.tripId, command.shipmentId, command.site.siteId, movementId, command.receiverName, command.deliveredAt],
    );
    await tx.execute(
      `INSERT INTO delivery_lines (trip_id, line_id, item_code, received_base, damaged_base, lost_base, missing_base)
       SELECT $1, line.*
       FROM unnest($2::uuid[], $3::text[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[]) AS line`,
      [
        command.tripId,
        command.lines.map(({ lineId }) => lineId),
        command.lines.map(({ itemCode }) => itemCode),
        command.lines.map(({ receivedBase }) => receivedBase),
        command.lines.map(({ damagedBase }) => damagedBase),
        command.lines.map(({ lostBase }) => lostBase),
        command.lines.map(({ missingBase }) => missingBase),
      ],
    );
  }
}

interface LineRow {
  readonly line_id: string;
  readonly item_code: string;
  readonly received_base: string;
  readonly damaged_base: string;
  readonly lost_base: string;
  readonly missing_base: string;
}

async function linesOf(tx: Tx, tripId: string): Promise<DeliveryLine[]> {
  const rows = await tx.query<LineRow>(
    `SELECT line_id, item_code, received_base, damaged_base, lost_base, missing_base
     FROM delivery_lines WHERE trip_id = $1 ORDER BY line_id`,
    [tripId],
  );
  return rows.map((row) => ({
    lineId: row.line_id,
    itemCode: row.item_code,
    receivedBase: safeInteger(row.received_base),
    damagedBase: safeInteger(row.damaged_base),
    lostBase: safeInteger(row.lost_base),
    missingBase: safeInteger(row.missing_base),
  }));
}
