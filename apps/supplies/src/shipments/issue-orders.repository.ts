import { Injectable } from '@nestjs/common';
import { regionCovers, type Caller, type OrderIssue } from '@ledger/contracts';
import { safeInteger, type Tx } from '@ledger/platform';
import type { Place } from '../scope';
import type { IssueLine } from './domain/plan-issue';

export type IssueOrderState = 'open' | 'confirmed' | 'cancelled';

/** An issue order and the two places whose people may see it. */
export interface IssueOrder {
  readonly shipmentId: string;
  readonly allocationId: string;
  readonly incidentId: string;
  readonly depotId: string;
  readonly depotRegionCode: string;
  readonly depotOrganisationId: string;
  readonly siteId: string;
  readonly siteRegionCode: string;
  readonly useOrder: string;
  readonly state: IssueOrderState;
  readonly confirmedBy: string | null;
  readonly movementId: string | null;
  readonly closedAt: Date | null;
}

export interface OrderedLine extends IssueLine {
  readonly state: 'open' | 'issued' | 'cancelled';
}

/** A use order that lets a lot go although it may not be issued. */
export interface Override {
  readonly shipmentId: string;
  readonly lotId: string;
  readonly useOrder: string;
  readonly reason: string;
  readonly approvedBy: string;
  readonly approvedAt: Date;
}

/** The depot of an order, as far as access goes. */
export const depotOf = (order: IssueOrder): Place => ({
  regionCode: order.depotRegionCode,
  organisationId: order.depotOrganisationId,
});

/** True for the people of the depot the goods come from and of the site they go to. */
export const isWithinReach = (caller: Caller, order: IssueOrder): boolean =>
  regionCovers(caller.regionCode, order.depotRegionCode) || regionCovers(caller.regionCode, order.siteRegionCode);

const SELECT_ORDER = `
  SELECT orders.shipment_id AS "shipmentId", orders.allocation_id AS "allocationId",
         orders.incident_id AS "incidentId", orders.depot_id AS "depotId", depot.region_code AS "depotRegionCode",
         depot.organisation_id AS "depotOrganisationId", orders.site_id AS "siteId",
         site.region_code AS "siteRegionCode", orders.use_order AS "useOrder", orders.state,
         orders.confirmed_by AS "confirmedBy", orders.movement_id AS "movementId", orders.closed_at AS "closedAt"
  FROM issue_orders AS orders
  JOIN depots AS depot ON depot.id = orders.depot_id
  JOIN sites AS site ON site.id = orders.site_id
  WHERE orders.shipment_id = $1`;

/** Writes issue orders. They are locked after reservations and before sites and balances. */
@Injectable()
export class IssueOrdersRepository {
  /** The order without a lock, to learn which reservations have to be locked before it. */
  async find(tx: Tx, shipmentId: string): Promise<IssueOrder | undefined> {
    return (await tx.query<IssueOrder>(SELECT_ORDER, [shipmentId]))[0];
  }

  /** The incident for which an allocation sent goods to a site; a shelter serves several, one after the other. */
  async incidentOf(tx: Tx, siteId: string, allocationId: string): Promise<string | undefined> {
    const [order] = await tx.query<{ incident_id: string }>(
      'SELECT incident_id FROM issue_orders WHERE site_id = $1 AND allocation_id = $2 LIMIT 1',
      [siteId, allocationId],
    );
    return order?.incident_id;
  }

  async lock(tx: Tx, shipmentId: string): Promise<IssueOrder | undefined> {
    await tx.query('SELECT 1 FROM issue_orders WHERE shipment_id = $1 FOR UPDATE', [shipmentId]);
    return this.find(tx, shipmentId);
  }

  async lines(tx: Tx, shipmentId: string): Promise<OrderedLine[]> {
    const rows = await tx.query<Omit<OrderedLine, 'quantityBase'> & { quantityBase: string }>(
      `SELECT line_id AS "lineId", reservation_id AS "reservationId", item_code AS "itemCode",
              quantity_base AS "quantityBase", state
       FROM issue_order_lines WHERE shipment_id = $1 ORDER BY line_id, reservation_id`,
      [shipmentId],
    );
    return rows.map((row) => ({ ...row, quantityBase: safeInteger(row.quantityBase) }));
  }

  async insert(tx: Tx, command: OrderIssue): Promise<void> {
    await upsertSite(tx, command);
    await tx.execute(
      `INSERT INTO issue_orders (shipment_id, allocation_id, incident_id, depot_id, site_id, use_order, state)
       VALUES ($1, $2, $3, $4, $5, $6, 'open')`,
      [
        command.shipmentId,
        command.allocationId,
        command.incidentId,
        command.depotId,
        command.site.siteId,
        command.useOrder,
      ],
    );
    await tx.execute(
      `INSERT INTO issue_order_lines (shipment_id, line_id, reservation_id, item_code, quantity_base, state)
       SELECT $1, line.*, 'open' FROM unnest($2::uuid[], $3::uuid[], $4::text[], $5::bigint[]) AS line`,
      [
        command.shipmentId,
        command.lines.map(({ lineId }) => lineId),
        command.lines.map(({ reservationId }) => reservationId),
        command.lines.map(({ itemCode }) => itemCode),
        command.lines.map(({ quantityBase }) => quantityBase),
      ],
    );
    await this.replaceTrips(tx, command);
  }

  /** The vehicles of a shipment may change until the goods are handed over. */
  async replaceTrips(tx: Tx, command: Pick<OrderIssue, 'shipmentId' | 'trips'>): Promise<void> {
    await tx.execute('DELETE FROM issue_order_trips WHERE shipment_id = $1', [command.shipmentId]);
    await tx.execute(
      `INSERT INTO issue_order_trips (shipment_id, trip_id, plate, driver_name)
       SELECT $1, trip.* FROM unnest($2::uuid[], $3::text[], $4::text[]) AS trip`,
      [
        command.shipmentId,
        command.trips.map(({ tripId }) => tripId),
        command.trips.map(({ plate }) => plate),
        command.trips.map(({ driverName }) => driverName),
      ],
    );
  }

  async confirm(
    tx: Tx,
    shipmentId: string,
    confirmation: { readonly confirmedBy: string; readonly movementId: string; readonly closedAt: Date },
  ): Promise<void> {
    await tx.execute(
      `UPDATE issue_orders SET state = 'confirmed', closed_at = $4, confirmed_by = $2, movement_id = $3
       WHERE shipment_id = $1`,
      [shipmentId, confirmation.confirmedBy, confirmation.movementId, confirmation.closedAt],
    );
    await tx.execute(`UPDATE issue_order_lines SET state = 'issued' WHERE shipment_id = $1 AND state = 'open'`, [
      shipmentId,
    ]);
  }

  /** Takes a reservation off the orders that wait for it; an order that has no line left is cancelled. */
  async cancelLinesOf(tx: Tx, reservationId: string): Promise<void> {
    const orders = await tx.query<{ shipment_id: string }>(
      `SELECT shipment_id FROM issue_orders WHERE state = 'open' AND shipment_id IN (
         SELECT shipment_id FROM issue_order_lines WHERE reservation_id = $1 AND state = 'open')
       ORDER BY shipment_id FOR UPDATE`,
      [reservationId],
    );
    if (orders.length === 0) return;
    const shipmentIds = orders.map((order) => order.shipment_id);
    await tx.execute(
      `UPDATE issue_order_lines SET state = 'cancelled'
       WHERE reservation_id = $1 AND state = 'open' AND shipment_id = ANY($2)`,
      [reservationId, shipmentIds],
    );
    await tx.execute(
      `UPDATE issue_orders SET state = 'cancelled', closed_at = now()
       WHERE shipment_id = ANY($1) AND state = 'open' AND NOT EXISTS (
         SELECT 1 FROM issue_order_lines AS line WHERE line.shipment_id = issue_orders.shipment_id AND line.state = 'open')`,
      [shipmentIds],
    );
  }

  /** Records an override; a second one for the same lot of the order changes nothing. */
  async insertOverride(tx: Tx, override: Omit<Override, 'approvedAt'> & { approvedById: string }): Promise<Override> {
    const { shipmentId, lotId, useOrder, reason, approvedBy, approvedById } = override;
    await tx.execute(
      `INSERT INTO issue_overrides (shipment_id, lot_id, use_order, reason, approved_by, approved_by_id)
       VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
      [shipmentId, lotId, useOrder, reason, approvedBy, approvedById],
    );
    const [row] = await tx.query<Override>(
      `SELECT shipment_id AS "shipmentId", lot_id AS "lotId", use_order AS "useOrder", reason,
              approved_by AS "approvedBy", approved_at AS "approvedAt"
       FROM issue_overrides WHERE shipment_id = $1 AND lot_id = $2`,
      [shipmentId, lotId],
    );
    return row;
  }

  /**
   * Lots that a named use order lets go for an allocation although they may not be issued.
   * @param actorId  whoever moves the goods: an override of one's own does not count, it takes two people
   */
  async overriddenLots(tx: Tx, allocationId: string, actorId: string): Promise<Set<string>> {
    const rows = await tx.query<{ lot_id: string }>(
      `SELECT override.lot_id FROM issue_overrides AS override JOIN issue_orders USING (shipment_id)
       WHERE allocation_id = $1 AND approved_by_id <> $2`,
      [allocationId, actorId],
    );
    return new Set(rows.map((row) => row.lot_id));
  }
}

/**
 * The region of a site never changes: it decides who sees it. A shelter is a site of one incident after the other: of the
 * latest that sends goods there.
 */
async function upsertSite(tx: Tx, { site, incidentId }: Pick<OrderIssue, 'site' | 'incidentId'>): Promise<void> {
  await tx.execute(
    `INSERT INTO sites (id, name, region_code, latitude, longitude, incident_id) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (id) DO UPDATE SET name = EXCLUDED.name, latitude = EXCLUDED.latitude, longitude = EXCLUDED.longitude,
       incident_id = EXCLUDED.incident_id`,
    [site.siteId, site.name, site.regionCode, site.latitude, site.longitude, incidentId],
  );
}
