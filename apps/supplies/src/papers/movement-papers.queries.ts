import { Injectable } from '@nestjs/common';
import type { Caller } from '@ledger/contracts';
import { Database } from '@ledger/platform';
import type { MovementDetailResponse } from '../stock/dto/movement.dto';
import { MovementsQueries } from '../stock/movements.queries';
import { regionPattern } from '../scope';
import type { SlipFacts, SlipPosting } from './domain/movement-paper';

interface LotRow {
  readonly id: string;
  readonly name_zh: string;
  readonly unit: string;
  readonly serial_number: string | null;
  readonly synthetic: boolean;
}

interface DepotRow {
  readonly id: string;
  readonly name: string;
  readonly synthetic: boolean;
}

interface PlaceRow {
  readonly site: string | null;
  readonly other_depot: string | null;
  readonly carriers: string[];
}

/** The depot at the other end of the road: the one that another movement on the same transit account names. */
const OTHER_DEPOT = `
  SELECT depot.code || ' ' || depot.name_zh
  FROM postings AS own
  JOIN postings AS other ON other.lot_id = own.lot_id AND other.movement_id <> own.movement_id
    AND (other.from_account = own.to_account OR other.to_account = own.from_account)
  JOIN movements AS counterpart ON counterpart.id = other.movement_id
    AND counterpart.kind IN ('transfer-out', 'transfer-in')
  JOIN depots AS depot ON depot.id = other.depot_id
  WHERE own.movement_id = $1 AND (own.to_account LIKE 'transit:%' OR own.from_account LIKE 'transit:%')
    AND other.depot_id <> own.depot_id
  ORDER BY counterpart.sequence LIMIT 1`;

/** What the paper of a movement says, for those who may see the movement. */
@Injectable()
export class MovementPapersQueries {
  constructor(
    private readonly database: Database,
    private readonly movements: MovementsQueries,
  ) {}

  /** @throws DomainError SUPPLIES_MOVEMENT_NOT_FOUND, also for a movement the caller may not see */
  async slip(caller: Caller, movementId: string): Promise<SlipFacts> {
    const movement = await this.movements.movement(caller, movementId);
    const lots = await this.lotsOf(movement);
    const depots = await this.depotsOf(caller, movement);
    const place = await this.placeOf(movement);
    return {
      movementId: movement.id,
      sequence: movement.sequence,
      kind: movement.kind,
      postedAt: new Date(movement.postedAt),
      recordedBy: movement.recordedBy,
      useOrder: movement.useOrder,
      note: movement.note,
      isReversed: movement.reversedByMovementId !== null,
      synthetic: depots.some(({ synthetic }) => synthetic) || [...lots.values()].some(({ synthetic }) => synthetic),
      depots: depots.map(({ name }) => name),
      site: place.site,
      otherDepot: place.other_depot,
      carriers: place.carriers,
      postings: movement.postings.map((posting): SlipPosting => {
        const lot = lots.get(posting.lotId) as LotRow;
        const { name_zh: nameZh, unit, serial_number: serialNumber } = lot;
        return { ...posting, nameZh, unit, serialNumber };
      }),
    };
  }

  private async lotsOf({ postings }: MovementDetailResponse): Promise<Map<string, LotRow>> {
    const rows = await this.database.query<LotRow>(
      `SELECT lot.id, item.name_zh, item.unit, lot.serial_number, lot.synthetic
       FROM lots AS lot JOIN items AS item ON item.code = lot.item_code WHERE lot.id = ANY($1)`,
      [[...new Set(postings.map(({ lotId }) => lotId))]],
    );
    return new Map(rows.map((row) => [row.id, row]));
  }

  /** The depots whose postings the caller sees. */
  private depotsOf(caller: Caller, movement: MovementDetailResponse): Promise<DepotRow[]> {
    return this.database.query<DepotRow>(
      `SELECT id, code || ' ' || name_zh AS name, synthetic FROM depots
       WHERE region_code LIKE $3
         AND (id = $2 OR id IN (SELECT depot_id FROM postings WHERE movement_id = $1 AND depot_id IS NOT NULL))
       ORDER BY code`,
      [movement.id, movement.depotId, regionPattern(caller.regionCode)],
    );
  }

  private async placeOf(movement: MovementDetailResponse): Promise<PlaceRow> {
    const [row] = await this.database.query<PlaceRow>(
      `SELECT (SELECT name FROM sites WHERE id = coalesce($2, (SELECT site_id FROM issue_orders WHERE shipment_id = $3)))
                AS site,
              (${OTHER_DEPOT}) AS other_depot,
              (SELECT coalesce(array_agg(concat_ws(' ', plate, driver_name) ORDER BY trip_id), '{}')
               FROM issue_order_trips WHERE shipment_id = $3) AS carriers`,
      [movement.id, movement.siteId, movement.shipmentId],
    );
    return row;
  }
}
