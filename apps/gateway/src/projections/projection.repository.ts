import { Injectable } from '@nestjs/common';
import type {
  DepotRegistered,
  EventEnvelope,
  ItemCatalogued,
  MovementPosted,
  ReserveStandardsSet,
  TeamRegistered,
  VehicleRegistered,
} from '@ledger/contracts';
import type { Tx } from '@ledger/platform';
import { stockDeltas } from './domain/stock-deltas';

type Event<Data> = EventEnvelope<Data>;

/** A row in column order, written under its key unless a newer event has been there before. */
interface Copy {
  readonly table: string;
  readonly key: readonly string[];
  readonly row: Readonly<Record<string, string | number | boolean>>;
}

/** Writes the copies. Every method is one event's effect and ends by noting how fresh its source is. */
@Injectable()
export class ProjectionRepository {
  async item(tx: Tx, event: Event<ItemCatalogued>): Promise<void> {
    const { data } = event;
    await copy(tx, event, {
      table: 'projected_items',
      key: ['item_code'],
      row: {
        item_code: data.itemCode,
        name_zh: data.nameZh,
        name_en: data.nameEn,
        category: data.category,
        unit: data.unit,
        recoverable: data.recoverable,
        perishable: data.perishable,
        weight_grams: data.weightGrams,
        volume_cubic_centimetres: data.volumeCubicCentimetres,
      },
    });
  }

  async depot(tx: Tx, event: Event<DepotRegistered>): Promise<void> {
    const { data } = event;
    await copy(tx, event, {
      table: 'projected_depots',
      key: ['depot_id'],
      row: {
        depot_id: data.depotId,
        code: data.code,
        name_zh: data.nameZh,
        name_en: data.nameEn,
        region_code: data.regionCode,
        organisation_id: data.organisationId,
        tier: data.tier,
        latitude: data.latitude,
        longitude: data.longitude,
      },
    });
  }

  async floors(tx: Tx, event: Event<ReserveStandardsSet>): Promise<void> {
    const { depotId, standards } = event.data;
    await tx.execute(
      `INSERT INTO projected_floors AS known (depot_id, item_code, valid_from, floor_base, sequence)
       SELECT $1, floor.item_code, floor.valid_from, floor.floor_base, $2
       FROM unnest($3::text[], $4::date[], $5::bigint[]) AS floor (item_code, valid_from, floor_base)
       ON CONFLICT (depot_id, item_code, valid_from)
         DO UPDATE SET floor_base = EXCLUDED.floor_base, sequence = EXCLUDED.sequence
         WHERE known.sequence < EXCLUDED.sequence`,
      [
        depotId,
        event.sequence,
        standards.map((standard) => standard.itemCode),
        standards.map((standard) => standard.validFrom),
        standards.map((standard) => standard.floorBase),
      ],
    );
    await noteFreshness(tx, event);
  }

  async team(tx: Tx, event: Event<TeamRegistered>): Promise<void> {
    const { data } = event;
    await copy(tx, event, {
      table: 'projected_teams',
      key: ['team_id'],
      row: {
        team_id: data.teamId,
        code: data.code,
        name_zh: data.nameZh,
        name_en: data.nameEn,
        type_code: data.typeCode,
        region_code: data.regionCode,
        organisation_id: data.organisationId,
        latitude: data.latitude,
        longitude: data.longitude,
        strength: data.strength,
      },
    });
  }

  async vehicle(tx: Tx, event: Event<VehicleRegistered>): Promise<void> {
    const { data } = event;
    await copy(tx, event, {
      table: 'projected_vehicles',
      key: ['vehicle_id'],
      row: {
        vehicle_id: data.vehicleId,
        plate: data.plate,
        type_code: data.typeCode,
        carrier_id: data.carrierId,
        sourcing: data.sourcing,
        region_code: data.regionCode,
        latitude: data.latitude,
        longitude: data.longitude,
        payload_kilograms: data.payloadKilograms,
        volume_cubic_centimetres: data.volumeCubicCentimetres,
        speed_kmh: data.speedKmh,
        available: data.available,
      },
    });
  }

  /** Adds what a movement changes to the sums, in the database, so that movements may come in any order. */
  async movement(tx: Tx, event: Event<MovementPosted>): Promise<void> {
    const deltas = stockDeltas(event.data.postings);
    if (deltas.length > 0) {
      await tx.execute(
        `INSERT INTO projected_stock AS stock (depot_id, item_code, expiry_date, available_base)
         SELECT * FROM unnest($1::uuid[], $2::text[], $3::date[], $4::bigint[])
         ON CONFLICT (depot_id, item_code, expiry_date)
           DO UPDATE SET available_base = stock.available_base + EXCLUDED.available_base`,
        [
          deltas.map((delta) => delta.depotId),
          deltas.map((delta) => delta.itemCode),
          deltas.map((delta) => delta.expiryDate ?? 'infinity'),
          deltas.map((delta) => delta.deltaBase),
        ],
      );
    }
    await noteFreshness(tx, event);
  }
}

async function copy(tx: Tx, event: Event<unknown>, { table, key, row }: Copy): Promise<void> {
  const columns = [...Object.keys(row), 'sequence'];
  const updates = columns.filter((column) => !key.includes(column)).map((column) => `${column} = EXCLUDED.${column}`);
  await tx.execute(
    `INSERT INTO ${table} AS known (${columns.join(', ')})
     VALUES (${columns.map((_, index) => `$${index + 1}`).join(', ')})
     ON CONFLICT (${key.join(', ')}) DO UPDATE SET ${updates.join(', ')} WHERE known.sequence < EXCLUDED.sequence`,
    [...Object.values(row), event.sequence],
  );
  await noteFreshness(tx, event);
}

async function noteFreshness(tx: Tx, event: Event<unknown>): Promise<void> {
  await tx.execute(
    `INSERT INTO projection_states AS state (source, last_event_at) VALUES ($1, $2)
     ON CONFLICT (source) DO UPDATE SET last_event_at = EXCLUDED.last_event_at
       WHERE state.last_event_at < EXCLUDED.last_event_at`,
    [event.source, event.time],
  );
}
