import { Injectable } from '@nestjs/common';
import type { Caller } from '@ledger/contracts';
import { Database, safeInteger } from '@ledger/platform';
import { regionPattern } from '../scope';
import type {
  HeldForAllocationResponse,
  IntegrityCheckResponse,
  IntegrityQuery,
  IntegrityResponse,
} from './dto/integrity.dto';

/** The rules of the ledger that can be checked lot by lot, for the lots that a region owns. */
const CHECKS = [
  {
    id: 'supplies.lot-sums-to-zero',
    title: 'Per lot all accounts sum to zero',
    sql: `SELECT lot_id FROM balances WHERE lot_id IN (SELECT id FROM owned) GROUP BY lot_id
          HAVING sum(quantity_base) <> 0`,
  },
  {
    id: 'supplies.balance-equals-postings',
    title: 'Balances equal the replay of the postings',
    sql: `SELECT 1 FROM (SELECT account, lot_id, quantity_base FROM balances
                         WHERE lot_id IN (SELECT id FROM owned) AND quantity_base <> 0) AS kept
          FULL JOIN (SELECT side.account, posting.lot_id, sum(side.change_base) AS quantity_base
                     FROM postings AS posting CROSS JOIN LATERAL (
                       VALUES (posting.from_account, -posting.quantity_base),
                              (posting.to_account, posting.quantity_base)) AS side (account, change_base)
                     WHERE posting.lot_id IN (SELECT id FROM owned)
                     GROUP BY side.account, posting.lot_id HAVING sum(side.change_base) <> 0) AS replayed
            ON replayed.account = kept.account AND replayed.lot_id = kept.lot_id
          WHERE kept.quantity_base IS DISTINCT FROM replayed.quantity_base`,
  },
  {
    id: 'supplies.reserved-equals-promises',
    title: 'Reserved stock equals what is held for reservations',
    sql: `SELECT 1 FROM (SELECT depot_id, lot_id, quantity_base FROM balances
                         WHERE lot_id IN (SELECT id FROM owned) AND account LIKE 'depot:%:reserved'
                           AND quantity_base <> 0) AS kept
          FULL JOIN (SELECT depot_id, lot_id, sum(quantity_base - issued_base - released_base) AS quantity_base
                     FROM reservation_shares
                     WHERE lot_id IN (SELECT id FROM owned) AND issued_base + released_base < quantity_base
                     GROUP BY depot_id, lot_id) AS promised
            ON promised.depot_id = kept.depot_id AND promised.lot_id = kept.lot_id
          WHERE kept.quantity_base IS DISTINCT FROM promised.quantity_base`,
  },
] as const;

/** A caller has a stake in an allocation whose depots or site lie in the own region. */
const STAKE = `
  EXISTS (SELECT 1 FROM reservations AS reservation
          JOIN reservation_sources AS source ON source.reservation_id = reservation.id
          JOIN depots AS depot ON depot.id = source.depot_id
          WHERE reservation.allocation_id = $1 AND depot.region_code LIKE $2)
  OR EXISTS (SELECT 1 FROM issue_orders AS orders JOIN sites AS site ON site.id = orders.site_id
             WHERE orders.allocation_id = $1 AND site.region_code LIKE $2)`;

const HELD = `
  SELECT (${STAKE}) AS stake,
    (SELECT coalesce(sum(share.quantity_base - share.issued_base - share.released_base), 0)
     FROM reservation_shares AS share JOIN reservations AS reservation ON reservation.id = share.reservation_id
     WHERE reservation.allocation_id = $1) AS reserved_base,
    (SELECT coalesce(sum(balance.quantity_base), 0) FROM balances AS balance
     WHERE balance.account IN (SELECT 'transit:' || shipment_id FROM issue_orders WHERE allocation_id = $1))
      AS in_transit_base,
    (SELECT coalesce(sum(side.change_base), 0)
     FROM postings AS posting
     JOIN movements AS movement ON movement.id = posting.movement_id
     CROSS JOIN LATERAL (VALUES (posting.from_account, -posting.quantity_base),
                                (posting.to_account, posting.quantity_base)) AS side (account, change_base)
     WHERE movement.allocation_id = $1 AND side.account LIKE 'site:%') AS at_site_base`;

/** A check of the ledger that anybody who may read stock can ask for. */
@Injectable()
export class IntegrityQueries {
  constructor(private readonly database: Database) {}

  async check(caller: Caller, query: IntegrityQuery): Promise<IntegrityResponse> {
    const region = query.region ?? caller.regionCode;
    const pattern = regionPattern(region);
    const checks: IntegrityCheckResponse[] = [];
    for (const { id, title, sql } of CHECKS) {
      checks.push({ id, title, faults: await this.count(`SELECT count(*) FROM (${sql}) AS fault`, pattern) });
    }
    const lots = await this.count('SELECT count(*) FROM owned', pattern);
    const allocation = query.allocationId ? await this.held(caller, query.allocationId) : null;
    const isSound = checks.every(({ faults }) => faults === 0);
    return { region, checkedAt: new Date().toISOString(), lots, isSound, checks, allocation };
  }

  private async count(sql: string, pattern: string): Promise<number> {
    const [row] = await this.database.query<{ count: string }>(
      `WITH owned AS (SELECT id FROM lots WHERE owner_region_code LIKE $1) ${sql}`,
      [pattern],
    );
    return safeInteger(row.count);
  }

  /** null for an allocation in which the caller's region has no stake. */
  private async held(caller: Caller, allocationId: string): Promise<HeldForAllocationResponse | null> {
    const [row] = await this.database.query<{
      stake: boolean;
      reserved_base: string;
      in_transit_base: string;
      at_site_base: string;
    }>(HELD, [allocationId, regionPattern(caller.regionCode)]);
    if (!row.stake) return null;
    return {
      allocationId,
      reservedBase: safeInteger(row.reserved_base),
      inTransitBase: safeInteger(row.in_transit_base),
      atSiteBase: safeInteger(row.at_site_base),
    };
  }
}
