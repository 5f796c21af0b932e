import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import { Database, safeInteger } from '@ledger/platform';
import { regionPattern } from '../scope';
import type { IssueOrderResponse, IssueOrdersQuery, IssueOrdersResponse } from './dto/issue-order.dto';
import type { DeliveryResponse, ShipmentLotResponse, ShipmentResponse } from './dto/shipment.dto';

type OrderRow = Omit<IssueOrderResponse, 'orderedAt' | 'closedAt'> & {
  readonly orderedAt: Date;
  readonly closedAt: Date | null;
  readonly total: string;
};

const TRIPS = `
  (SELECT coalesce(json_agg(json_build_object('tripId', trip.trip_id, 'plate', trip.plate,
                                              'driverName', trip.driver_name) ORDER BY trip.trip_id), '[]')
   FROM issue_order_trips AS trip WHERE trip.shipment_id = orders.shipment_id) AS trips`;

const LINES = `
  (SELECT coalesce(json_agg(json_build_object('lineId', line.line_id, 'reservationId', line.reservation_id,
            'itemCode', line.item_code, 'nameZh', item.name_zh, 'unit', item.unit,
            'quantityBase', line.quantity_base, 'state', line.state) ORDER BY line.item_code, line.line_id), '[]')
   FROM issue_order_lines AS line JOIN items AS item ON item.code = line.item_code
   WHERE line.shipment_id = orders.shipment_id) AS lines`;

const DELIVERIES = `
  SELECT delivery.trip_id AS "tripId", delivery.receiver_name AS "receiverName", delivery.delivered_at AS "deliveredAt",
         delivery.movement_id AS "movementId",
         (SELECT json_agg(json_build_object('lineId', line.line_id, 'itemCode', line.item_code,
                    'receivedBase', line.received_base, 'damagedBase', line.damaged_base,
                    'lostBase', line.lost_base, 'missingBase', line.missing_base) ORDER BY line.line_id)
          FROM delivery_lines AS line WHERE line.trip_id = delivery.trip_id) AS lines
  FROM deliveries AS delivery WHERE delivery.shipment_id = $1 ORDER BY delivery.recorded_at, delivery.trip_id`;

/** Reads of issue orders and of what is on the road. */
@Injectable()
export class ShipmentsQueries {
  constructor(private readonly database: Database) {}

  /** Orders of the depots of a region, the oldest first. */
  async issueOrders(caller: Caller, query: IssueOrdersQuery): Promise<IssueOrdersResponse> {
    const rows = await this.database.query<OrderRow>(
      `SELECT orders.shipment_id AS "shipmentId", orders.allocation_id AS "allocationId", orders.depot_id AS "depotId",
              depot.code AS "depotCode", depot.name_zh AS "depotNameZh", orders.site_id AS "siteId",
              site.name AS "siteName", orders.use_order AS "useOrder", orders.state, orders.ordered_at AS "orderedAt",
              orders.closed_at AS "closedAt", orders.confirmed_by AS "confirmedBy", ${LINES}, ${TRIPS},
              count(*) OVER () AS total
       FROM issue_orders AS orders
       JOIN depots AS depot ON depot.id = orders.depot_id
       JOIN sites AS site ON site.id = orders.site_id
       WHERE depot.region_code LIKE $1 AND orders.state = $2 AND ($3::uuid IS NULL OR orders.allocation_id = $3)
       ORDER BY orders.ordered_at, orders.shipment_id LIMIT $4 OFFSET $5`,
      [
        regionPattern(query.region ?? caller.regionCode),
        query.state ?? 'open',
        query.allocationId ?? null,
        query.limit,
        query.offset,
      ],
    );
    const items = rows.map(({ total, orderedAt, closedAt, ...order }) => ({
      ...order,
      orderedAt: orderedAt.toISOString(),
      closedAt: closedAt?.toISOString() ?? null,
    }));
    return { items, total: rows[0] ? safeInteger(rows[0].total) : 0 };
  }

  /**
   * One shipment, for the people of its depot and of its site.
   * @throws DomainError SUPPLIES_SHIPMENT_NOT_FOUND
   */
  async shipment(caller: Caller, id: string): Promise<ShipmentResponse> {
    const [order] = await this.database.query<Omit<ShipmentResponse, 'lots' | 'deliveries'>>(
      `SELECT orders.shipment_id AS "shipmentId", orders.allocation_id AS "allocationId", orders.depot_id AS "depotId",
              orders.site_id AS "siteId", orders.use_order AS "useOrder", orders.state, ${TRIPS}
       FROM issue_orders AS orders
       JOIN depots AS depot ON depot.id = orders.depot_id
       JOIN sites AS site ON site.id = orders.site_id
       WHERE orders.shipment_id = $1 AND (depot.region_code LIKE $2 OR site.region_code LIKE $2)`,
      [id, regionPattern(caller.regionCode)],
    );
    if (!order) throw new DomainError('SUPPLIES_SHIPMENT_NOT_FOUND');
    const deliveries = await this.database.query<Omit<DeliveryResponse, 'deliveredAt'> & { deliveredAt: Date }>(
      DELIVERIES,
      [order.shipmentId],
    );
    return {
      ...order,
      lots: await this.lots(order.shipmentId),
      deliveries: deliveries.map((delivery) => ({ ...delivery, deliveredAt: delivery.deliveredAt.toISOString() })),
    };
  }

  private async lots(shipmentId: string): Promise<ShipmentLotResponse[]> {
    const rows = await this.database.query<
      Omit<ShipmentLotResponse, 'issuedBase' | 'inTransitBase'> & { issued: string; in_transit: string }
    >(
      `SELECT posting.line_id AS "lineId", lot.item_code AS "itemCode", lot.id AS "lotId",
              lot.batch_number AS "batchNumber", lot.expiry_date::text AS "expiryDate",
              sum(CASE WHEN movement.kind = 'issue' THEN posting.quantity_base ELSE 0 END) AS issued,
              sum(CASE WHEN posting.to_account = $2 THEN posting.quantity_base ELSE -posting.quantity_base END)
                AS in_transit
       FROM postings AS posting
       JOIN movements AS movement ON movement.id = posting.movement_id
       JOIN lots AS lot ON lot.id = posting.lot_id
       WHERE posting.line_id IN (SELECT line_id FROM issue_order_lines WHERE shipment_id = $1)
         AND (posting.from_account = $2 OR posting.to_account = $2)
       GROUP BY posting.line_id, lot.id ORDER BY lot.item_code, posting.line_id, lot.expiry_date, lot.id`,
      [shipmentId, `transit:${shipmentId}`],
    );
    return rows.map(({ issued, in_transit, ...lot }) => ({
      ...lot,
      issuedBase: safeInteger(issued),
      inTransitBase: safeInteger(in_transit),
    }));
  }
}
