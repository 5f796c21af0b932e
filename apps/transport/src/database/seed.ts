import type { SeedContext, Tx } from '@ledger/platform';
import { announceVehicle } from '../fleet/announce-vehicle';
import { fitnessOf } from '../fleet/domain/vehicle-kind';

interface VehicleTypeSeed {
  readonly code: string;
  readonly name_zh: string;
  readonly name_en: string;
  readonly mode: string;
  readonly payload_kg: string;
  readonly volume_m3: string;
  readonly seats: string;
  readonly speed_kmh: string;
  readonly driver_licence: string;
  readonly dangerous_goods: string;
  readonly loading_need: string;
  readonly terrain: string;
  readonly toll_rule: string;
  readonly capacity_basis: string;
}

interface CarrierSeed {
  readonly id: string;
  readonly code: string;
  readonly name_zh: string;
  readonly name_en: string;
  readonly sourcing: string;
  readonly region_code: string;
  readonly organisation_id: string;
  readonly synthetic: string;
}

interface VehicleSeed {
  readonly id: string;
  readonly plate: string;
  readonly type_code: string;
  readonly carrier_code: string;
  readonly region_code: string;
  readonly latitude: string;
  readonly longitude: string;
  readonly driver_name: string;
  readonly driver_username: string;
  readonly synthetic: string;
}

const CUBIC_CENTIMETRES_PER_CUBIC_METRE = 1_000_000;

/** Loads kinds, carriers and vehicles; rows that are there already stay as they are and are not announced again. */
export async function seedTransport(context: SeedContext): Promise<void> {
  const types = await context.readCsv<VehicleTypeSeed>('transport/transport-types.csv');
  const carriers = await context.readCsv<CarrierSeed>('transport/carriers.csv');
  const vehicles = await context.readCsv<VehicleSeed>('transport/vehicles.csv');
  const added = await context.database.transaction(async (tx) => {
    for (const type of types) await addType(tx, type);
    for (const carrier of carriers) await addCarrier(tx, carrier);
    let count = 0;
    for (const vehicle of vehicles) count += await addVehicle(tx, context, vehicle);
    return count;
  });
  context.progress(
    `transport: ${types.length} kinds, ${carriers.length} carriers, ${vehicles.length} vehicles, ${added} of them new`,
  );
}

async function addType(tx: Tx, type: VehicleTypeSeed): Promise<void> {
  const kind = { mode: type.mode, loadingNeed: type.loading_need, terrain: type.terrain };
  const { carriesGoods, mainRoadsOnly } = fitnessOf(kind);
  await tx.execute(
    `INSERT INTO vehicle_types (code, name_zh, name_en, mode, payload_kilograms, volume_cubic_centimetres, seats,
                                speed_kmh, terrain, loading_need, driver_licence, dangerous_goods, toll_rule,
                                capacity_basis, carries_goods, main_roads_only)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) ON CONFLICT (code) DO NOTHING`,
    [
      type.code,
      type.name_zh,
      type.name_en,
      type.mode,
      Number(type.payload_kg),
      Math.round(Number(type.volume_m3) * CUBIC_CENTIMETRES_PER_CUBIC_METRE),
      Number(type.seats),
      Number(type.speed_kmh),
      type.terrain,
      type.loading_need,
      type.driver_licence,
      type.dangerous_goods,
      type.toll_rule,
      type.capacity_basis,
      carriesGoods,
      mainRoadsOnly,
    ],
  );
}

async function addCarrier(tx: Tx, carrier: CarrierSeed): Promise<void> {
  await tx.execute(
    `INSERT INTO carriers (id, code, name_zh, name_en, sourcing, region_code, organisation_id, synthetic)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (id) DO NOTHING`,
    [
      carrier.id,
      carrier.code,
      carrier.name_zh,
      carrier.name_en,
      carrier.sourcing,
      carrier.region_code,
      carrier.organisation_id,
      carrier.synthetic === 'y',
    ],
  );
}

async function addVehicle(tx: Tx, { outbox }: SeedContext, vehicle: VehicleSeed): Promise<number> {
  const inserted = await tx.execute(
    `INSERT INTO vehicles (id, plate, type_code, carrier_id, region_code, latitude, longitude, driver_name,
                           driver_username, available, synthetic)
     VALUES ($1, $2, $3, (SELECT id FROM carriers WHERE code = $4), $5, $6, $7, $8, nullif($9, ''), true, $10)
     ON CONFLICT (id) DO NOTHING`,
    [
      vehicle.id,
      vehicle.plate,
      vehicle.type_code,
      vehicle.carrier_code,
      vehicle.region_code,
      Number(vehicle.latitude),
      Number(vehicle.longitude),
      vehicle.driver_name,
      vehicle.driver_username,
      vehicle.synthetic === 'y',
    ],
  );
  if (inserted === 0) return 0;
  await announceVehicle(tx, outbox, vehicle.id, { correlationId: vehicle.id, causationId: 'seed', realm: 'real' });
  return 1;
}
