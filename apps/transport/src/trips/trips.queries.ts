import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import { Database, safeInteger, type Tx } from '@ledger/platform';
import { mayDrive, seesRegion } from './domain/trip-scope';
import type { PassResponse, TripLoadResponse, TripResponse, TripSummaryResponse, TripsQuery } from './dto/trip.dto';

/** Where a read runs: on its own, or inside the transaction whose result it answers with. */
type Reader = Pick<Tx, 'query'>;

/**
 * Reads of trips. A trip is in scope when the caller drives it, or, for anybody but mere drivers, when the caller's
 * region covers its vehicle, the place of its goods or its site.
 */
@Injectable()
export class TripsQueries {
  constructor(private readonly database: Database) {}

  async trips(caller: Caller, query: TripsQuery): Promise<TripSummaryResponse[]> {
    const rows = await this.database.query<TripRowShape>(
      `${TRIP_COLUMNS}
       WHERE ${IN_SCOPE} AND (NOT $4 OR t.driver_username = $1)
         AND ($5::boolean IS NULL OR (t.ended_at IS NULL) = $5) AND ($6::text IS NULL OR t.state = $6)
         AND ($7::uuid IS NULL OR t.allocation_id = $7)
       ORDER BY t.booked_at DESC, t.id LIMIT $8 OFFSET $9`,
      [
        ...scopeOf(caller),
        query.mine === 'true',
        query.open === undefined ? null : query.open === 'true',
        query.state ?? null,
        query.allocationId ?? null,
        query.limit,
        query.offset,
      ],
    );
    return rows.map(summaryOf);
  }

  /** @throws DomainError TRANSPORT_TRIP_NOT_FOUND for an unknown id and for a trip outside the caller's scope */
  async trip(caller: Caller, tripId: string, reader: Reader = this.database): Promise<TripResponse> {
    const [row] = await reader.query<TripRowShape>(`${TRIP_COLUMNS} WHERE ${IN_SCOPE} AND t.id = $4`, [
      ...scopeOf(caller),
      tripId,
    ]);
    if (!row) throw new DomainError('TRANSPORT_TRIP_NOT_FOUND');
    const loads = await reader.query<LoadRowShape>(
      `SELECT line_id AS "lineId", item_code AS "itemCode", quantity_base AS "quantityBase",
              loaded_base AS "loadedBase", received_base AS "receivedBase", damaged_base AS "damagedBase",
              lost_base AS "lostBase", missing_base AS "missingBase"
       FROM trip_loads WHERE trip_id = $1 ORDER BY line_id`,
      [tripId],
    );
    return { ...summaryOf(row), load: loads.map(loadOf), pass: passOf(row, caller) };
  }
}

/** Expects the caller's user name, whether the caller sees the region, and the region, as $1 to $3. */
const IN_SCOPE = `
  (t.driver_username = $1 OR ($2 AND (
    v.region_code LIKE $3 || '%' OR t.origin_region_code LIKE $3 || '%' OR a.site_region_code LIKE $3 || '%')))`;

const scopeOf = (caller: Caller): unknown[] => [caller.username, seesRegion(caller), caller.regionCode];

const TRIP_COLUMNS = `
  SELECT t.id, t.allocation_id AS "allocationId", t.assignment_id AS "assignmentId", t.shipment_id AS "shipmentId",
         t.line_id AS "lineId", t.state, t.vehicle_id AS "vehicleId", v.plate, v.type_code AS "typeCode",
         v.region_code AS "vehicleRegionCode", c.name_zh AS "carrierName", c.sourcing,
         c.organisation_id AS "carrierOrganisationId", t.driver_name AS "driverName",
         t.driver_username AS "driverUsername", t.origin_name AS "originName",
         t.origin_region_code AS "originRegionCode", t.origin_latitude AS "originLatitude",
         t.origin_longitude AS "originLongitude", a.site_name AS "siteName", a.site_region_code AS "siteRegionCode",
         a.site_latitude AS "siteLatitude", a.site_longitude AS "siteLongitude",
         t.approach_seconds AS "approachSeconds", t.carriage_seconds AS "carriageSeconds", t.booked_at AS "bookedAt",
         t.loaded_at AS "loadedAt", t.departed_at AS "departedAt", t.delivered_at AS "deliveredAt",
         t.receiver_name AS "receiverName", t.turned_back_at AS "turnedBackAt", t.ended_at AS "endedAt",
         t.end_reason AS "endReason", p.number AS "passNumber", p.token AS "passToken",
         p.valid_from AS "passValidFrom", p.valid_until AS "passValidUntil", p.revoked_at AS "passRevokedAt"
  FROM trips t
  JOIN vehicles v ON v.id = t.vehicle_id
  JOIN carriers c ON c.id = v.carrier_id
  JOIN assignments a ON a.id = t.assignment_id
  JOIN passes p ON p.trip_id = t.id`;

type SameAsAnswered =
  | 'id'
  | 'allocationId'
  | 'assignmentId'
  | 'shipmentId'
  | 'lineId'
  | 'state'
  | 'driverName'
  | 'approachSeconds'
  | 'carriageSeconds'
  | 'receiverName'
  | 'endReason';

interface TripRowShape extends Pick<TripSummaryResponse, SameAsAnswered> {
  readonly vehicleId: string;
  readonly plate: string;
  readonly typeCode: string;
  readonly vehicleRegionCode: string;
  readonly carrierName: string;
  readonly sourcing: 'own' | 'contract' | 'requisition';
  readonly carrierOrganisationId: string;
  readonly driverUsername: string | null;
  readonly originName: string | null;
  readonly originRegionCode: string;
  readonly originLatitude: number;
  readonly originLongitude: number;
  readonly siteName: string;
  readonly siteRegionCode: string;
  readonly siteLatitude: number;
  readonly siteLongitude: number;
  readonly bookedAt: Date;
  readonly loadedAt: Date | null;
  readonly departedAt: Date | null;
  readonly deliveredAt: Date | null;
  readonly turnedBackAt: Date | null;
  readonly endedAt: Date | null;
  readonly passNumber: string;
  readonly passToken: string;
  readonly passValidFrom: Date;
  readonly passValidUntil: Date;
  readonly passRevokedAt: Date | null;
}

function summaryOf(row: TripRowShape): TripSummaryResponse {
  return {
    id: row.id,
    allocationId: row.allocationId,
    assignmentId: row.assignmentId,
    shipmentId: row.shipmentId,
    lineId: row.lineId,
    state: row.state,
    vehicle: {
      id: row.vehicleId,
      plate: row.plate,
      typeCode: row.typeCode,
      carrierName: row.carrierName,
      sourcing: row.sourcing,
    },
    driverName: row.driverName,
    origin: originOf(row),
    site: {
      name: row.siteName,
      regionCode: row.siteRegionCode,
      latitude: row.siteLatitude,
      longitude: row.siteLongitude,
    },
    approachSeconds: row.approachSeconds,
    carriageSeconds: row.carriageSeconds,
    bookedAt: row.bookedAt.toISOString(),
    loadedAt: isoOf(row.loadedAt),
    departedAt: isoOf(row.departedAt),
    deliveredAt: isoOf(row.deliveredAt),
    receiverName: row.receiverName,
    turnedBackAt: isoOf(row.turnedBackAt),
    endedAt: isoOf(row.endedAt),
    endReason: row.endReason,
  };
}

const isoOf = (time: Date | null): string | null => time?.toISOString() ?? null;

function originOf(row: TripRowShape): TripSummaryResponse['origin'] {
  if (row.originName === null) return null;
  return {
    name: row.originName,
    regionCode: row.originRegionCode,
    latitude: row.originLatitude,
    longitude: row.originLongitude,
  };
}

/** Whoever shows the token passes the check points: it is for the driver, the carrier and the dispatcher. */
function passOf(row: TripRowShape, caller: Caller): PassResponse {
  const seesToken = mayDrive(caller, row) || caller.roles.includes('dispatcher');
  return {
    number: row.passNumber,
    token: seesToken ? row.passToken : null,
    validFrom: row.passValidFrom.toISOString(),
    validUntil: row.passValidUntil.toISOString(),
    revokedAt: isoOf(row.passRevokedAt),
  };
}

interface LoadRowShape {
  readonly lineId: string;
  readonly itemCode: string;
  readonly quantityBase: string;
  readonly loadedBase: string | null;
  readonly receivedBase: string | null;
  readonly damagedBase: string | null;
  readonly lostBase: string | null;
  readonly missingBase: string | null;
}

const piecesOf = (pieces: string | null): number | null => (pieces === null ? null : safeInteger(pieces));

function loadOf(row: LoadRowShape): TripLoadResponse {
  return {
    lineId: row.lineId,
    itemCode: row.itemCode,
    quantityBase: safeInteger(row.quantityBase),
    loadedBase: piecesOf(row.loadedBase),
    receivedBase: piecesOf(row.receivedBase),
    damagedBase: piecesOf(row.damagedBase),
    lostBase: piecesOf(row.lostBase),
    missingBase: piecesOf(row.missingBase),
  };
}
