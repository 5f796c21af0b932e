import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import { Database, safeInteger, type PageQuery, type Tx } from '@ledger/platform';
import type { CarrierResponse, VehicleResponse, VehicleTypeResponse, VehiclesQuery } from './dto/vehicle.dto';

/** Where a read runs: on its own, or inside the transaction whose result it answers with. */
type Reader = Pick<Tx, 'query'>;

/** Reads of the fleet. Every statement on vehicles and carriers carries the caller's region. */
@Injectable()
export class FleetQueries {
  constructor(private readonly database: Database) {}

  async vehicles(caller: Caller, query: VehiclesQuery): Promise<VehicleResponse[]> {
    const rows = await this.database.query<VehicleRowShape>(
      `${VEHICLE_COLUMNS}
       WHERE v.region_code LIKE $1 || '%' AND v.region_code LIKE $2 || '%' AND ($3::text IS NULL OR v.type_code = $3)
         AND ($4::boolean IS NULL OR (v.available AND b.trip_id IS NULL) = $4)
       ORDER BY v.plate LIMIT $5 OFFSET $6`,
      [
        caller.regionCode,
        query.region ?? caller.regionCode,
        query.type ?? null,
        query.free === undefined ? null : query.free === 'true',
        query.limit,
        query.offset,
      ],
    );
    return rows.map(vehicleOf);
  }

  /** @throws DomainError TRANSPORT_VEHICLE_NOT_FOUND for an unknown id and for a vehicle outside the caller's region */
  async vehicle(caller: Caller, vehicleId: string, reader: Reader = this.database): Promise<VehicleResponse> {
    const [row] = await reader.query<VehicleRowShape>(
      `${VEHICLE_COLUMNS} WHERE v.id = $1 AND v.region_code LIKE $2 || '%'`,
      [vehicleId, caller.regionCode],
    );
    if (!row) throw new DomainError('TRANSPORT_VEHICLE_NOT_FOUND');
    return vehicleOf(row);
  }

  async vehicleTypes(): Promise<VehicleTypeResponse[]> {
    const rows = await this.database.query<WithVolumeText<VehicleTypeResponse>>(
      `SELECT code, name_zh AS "nameZh", name_en AS "nameEn", mode, payload_kilograms AS "payloadKilograms",
              volume_cubic_centimetres AS "volumeCubicCentimetres", seats, speed_kmh AS "speedKmh", terrain,
              loading_need AS "loadingNeed", driver_licence AS "driverLicence", dangerous_goods AS "dangerousGoods",
              toll_rule AS "tollRule", capacity_basis AS "capacityBasis", carries_goods AS "carriesGoods",
              main_roads_only AS "mainRoadsOnly"
       FROM vehicle_types ORDER BY code`,
    );
    return rows.map((row) => ({ ...row, volumeCubicCentimetres: safeInteger(row.volumeCubicCentimetres) }));
  }

  async carriers(caller: Caller, page: PageQuery): Promise<CarrierResponse[]> {
    return this.database.query<CarrierResponse>(
      `SELECT id, code, name_zh AS "nameZh", name_en AS "nameEn", sourcing, region_code AS "regionCode",
              organisation_id AS "organisationId", synthetic
       FROM carriers WHERE region_code LIKE $1 || '%' ORDER BY code LIMIT $2 OFFSET $3`,
      [caller.regionCode, page.limit, page.offset],
    );
  }
}

/** A row whose volume is still the text of a bigint. */
type WithVolumeText<Row> = Omit<Row, 'volumeCubicCentimetres'> & { readonly volumeCubicCentimetres: string };

interface VehicleRowShape extends WithVolumeText<Omit<VehicleResponse, 'commitment'>> {
  readonly tripId: string | null;
  readonly tripState: string;
  readonly bookedAt: Date;
}

const VEHICLE_COLUMNS = `
  SELECT v.id, v.plate, v.type_code AS "typeCode", y.name_zh AS "typeNameZh", y.name_en AS "typeNameEn",
         v.carrier_id AS "carrierId", c.name_zh AS "carrierName", c.sourcing, v.region_code AS "regionCode",
         v.latitude, v.longitude, y.payload_kilograms AS "payloadKilograms",
         y.volume_cubic_centimetres AS "volumeCubicCentimetres", y.seats, y.speed_kmh AS "speedKmh",
         y.carries_goods AS "carriesGoods", v.driver_name AS "driverName", v.synthetic, v.available,
         v.unavailable_reason AS "unavailableReason", b.trip_id AS "tripId", t.state AS "tripState",
         t.booked_at AS "bookedAt"
  FROM vehicles v
  JOIN vehicle_types y ON y.code = v.type_code
  JOIN carriers c ON c.id = v.carrier_id
  LEFT JOIN bookings b ON b.vehicle_id = v.id AND upper_inf(b.during)
  LEFT JOIN trips t ON t.id = b.trip_id`;

function vehicleOf({ tripId, tripState, bookedAt, ...vehicle }: VehicleRowShape): VehicleResponse {
  return {
    ...vehicle,
    volumeCubicCentimetres: safeInteger(vehicle.volumeCubicCentimetres),
    commitment: tripId === null ? null : { tripId, state: tripState, since: bookedAt.toISOString() },
  };
}
