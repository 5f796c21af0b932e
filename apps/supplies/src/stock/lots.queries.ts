import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import { Database, safeInteger, type PageQuery } from '@ledger/platform';
import { regionPattern } from '../scope';
import type { LotBalanceResponse, LotResponse, LotStepResponse } from './dto/lot.dto';

type LotRow = Omit<LotResponse, 'balances' | 'history'> & { readonly owned: boolean };

/** The owner's region sees the whole life of a lot; others see what happened in their depots and at their sites. */
const STEP_VISIBLE = `(
  $3 OR depot.region_code LIKE $2
  OR EXISTS (SELECT 1 FROM sites AS place WHERE place.id = movement.site_id AND place.region_code LIKE $2))`;

/** Reads of one lot: where it is and how it came there, over every hand-over. */
@Injectable()
export class LotsQueries {
  constructor(private readonly database: Database) {}

  /** @throws DomainError SUPPLIES_LOT_NOT_FOUND, also for a lot that never was in the caller's region */
  async lot(caller: Caller, id: string, page: PageQuery): Promise<LotResponse> {
    const region = regionPattern(caller.regionCode);
    const [lot] = await this.database.query<LotRow>(
      `SELECT id, item_code AS "itemCode", batch_number AS "batchNumber", production_date::text AS "productionDate",
              expiry_date::text AS "expiryDate", origin, owner_region_code AS "ownerRegionCode", quality, synthetic,
              owner_region_code LIKE $2 AS owned
       FROM lots WHERE id = $1`,
      [id, region],
    );
    if (!lot || !(lot.owned || (await this.wasIn(region, lot.id)))) throw new DomainError('SUPPLIES_LOT_NOT_FOUND');
    const { owned, ...facts } = lot;
    const balances = await this.balances(lot, region);
    return { ...facts, balances, history: await this.history(lot, region, page) };
  }

  private async wasIn(region: string, lotId: string): Promise<boolean> {
    const rows = await this.database.query(
      `SELECT 1 FROM postings AS posting JOIN movements AS movement ON movement.id = posting.movement_id
       LEFT JOIN depots AS depot ON depot.id = posting.depot_id
       WHERE posting.lot_id = $1 AND ${STEP_VISIBLE} LIMIT 1`,
      [lotId, region, false],
    );
    return rows.length > 0;
  }

  private async balances(lot: LotRow, region: string): Promise<LotBalanceResponse[]> {
    const rows = await this.database.query<{ account: string; depot_code: string | null; quantity_base: string }>(
      `SELECT balance.account, depot.code AS depot_code, balance.quantity_base
       FROM balances AS balance LEFT JOIN depots AS depot ON depot.id = balance.depot_id
       WHERE balance.lot_id = $1 AND balance.quantity_base <> 0 AND ($3 OR depot.region_code LIKE $2)
       ORDER BY balance.account`,
      [lot.id, region, lot.owned],
    );
    return rows.map((row) => ({
      account: row.account,
      depotCode: row.depot_code,
      quantityBase: safeInteger(row.quantity_base),
    }));
  }

  private async history(lot: LotRow, region: string, page: PageQuery): Promise<LotStepResponse[]> {
    const rows = await this.database.query<
      Omit<LotStepResponse, 'sequence' | 'postedAt' | 'quantityBase'> & {
        sequence: string;
        postedAt: Date;
        quantityBase: string;
      }
    >(
      `SELECT movement.id AS "movementId", movement.sequence, movement.kind, movement.posted_at AS "postedAt",
              movement.recorded_by AS "recordedBy", posting.from_account AS "from", posting.to_account AS "to",
              posting.quantity_base AS "quantityBase", movement.allocation_id AS "allocationId",
              depot.code AS "depotCode", depot.name_zh AS "depotName", site.name AS "siteName",
              delivery.receiver_name AS "receiverName", movement.use_order AS "useOrder", movement.note
       FROM postings AS posting JOIN movements AS movement ON movement.id = posting.movement_id
       LEFT JOIN depots AS depot ON depot.id = posting.depot_id
       LEFT JOIN sites AS site ON site.id = movement.site_id
       LEFT JOIN deliveries AS delivery ON delivery.movement_id = movement.id
       WHERE posting.lot_id = $1 AND ${STEP_VISIBLE}
       ORDER BY movement.sequence, posting.position LIMIT $4 OFFSET $5`,
      [lot.id, region, lot.owned, page.limit, page.offset],
    );
    return rows.map((row) => ({
      ...row,
      sequence: safeInteger(row.sequence),
      postedAt: row.postedAt.toISOString(),
      quantityBase: safeInteger(row.quantityBase),
    }));
  }
}
