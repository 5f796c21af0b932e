import { Injectable } from '@nestjs/common';
import { DomainError, damagedSiteAccount, siteAccount, type Caller } from '@ledger/contracts';
import { safeInteger, type Tx } from '@ledger/platform';
import { regionPattern } from '../scope';
import type { ConditionedHolding } from '../stock/domain/put-away';
import { holdingsOfLines } from '../stock/line-holdings';
import type { SiteLine } from './domain/site-line';

export interface Site {
  readonly id: string;
  readonly incidentId: string;
  readonly regionCode: string;
}

interface LineRow {
  readonly line_id: string;
  readonly item_code: string;
  readonly recoverable: boolean;
  readonly received_base: string;
  readonly consumed_base: string;
  readonly in_use_base: string;
}

/** Whether a site is in reach of a region pattern, $2: by its own region or by a depot that sends goods there. */
export const SITE_IN_REACH = `
  site.region_code LIKE $2 OR EXISTS (
    SELECT 1 FROM issue_orders AS orders JOIN depots AS depot ON depot.id = orders.depot_id
    WHERE orders.site_id = site.id AND depot.region_code LIKE $2)`;

const SELECT_LINES = `
  SELECT line.line_id, line.item_code, item.recoverable,
         (SELECT coalesce(sum(posting.quantity_base), 0) FROM postings AS posting
          JOIN movements AS movement ON movement.id = posting.movement_id
          WHERE posting.line_id = line.line_id AND posting.to_account = $4
            AND movement.kind IN ('deliver', 'difference')) AS received_base,
         (SELECT coalesce(sum(CASE WHEN posting.to_account = 'consumed' THEN posting.quantity_base
                                   WHEN posting.from_account = 'consumed' THEN -posting.quantity_base
                                   ELSE 0 END), 0) FROM postings AS posting
          WHERE posting.line_id = line.line_id) AS consumed_base,
         (SELECT coalesce(sum(given.quantity_base), 0) FROM handout_lines AS given
          WHERE given.line_id = line.line_id AND NOT given.consumed) AS in_use_base
  FROM (SELECT DISTINCT ordered.line_id, ordered.item_code
        FROM issue_order_lines AS ordered JOIN issue_orders AS orders USING (shipment_id)
        WHERE orders.site_id = $1 AND orders.allocation_id = $2 AND ordered.line_id = ANY($3)) AS line
  JOIN items AS item ON item.code = line.item_code`;

/** Sites, for use cases that move what is there. They are locked after issue orders and before balances. */
@Injectable()
export class SitesRepository {
  /**
   * Locks a site. It is in reach of the people of its region and of those whose depots sent goods there.
   * @throws DomainError SUPPLIES_SITE_NOT_FOUND
   */
  async lockFor(tx: Tx, caller: Caller, siteId: string): Promise<Site> {
    const [site] = await tx.query<Site>(
      `SELECT site.id, site.incident_id AS "incidentId", site.region_code AS "regionCode"
       FROM sites AS site WHERE site.id = $1 AND (${SITE_IN_REACH}) FOR UPDATE`,
      [siteId, regionPattern(caller.regionCode)],
    );
    if (!site) throw new DomainError('SUPPLIES_SITE_NOT_FOUND');
    return site;
  }

  /** The named lines of an allocation at a site; a line that was never meant for it is left out. */
  async lines(
    tx: Tx,
    place: { readonly siteId: string; readonly allocationId: string },
    lineIds: readonly string[],
  ): Promise<Map<string, SiteLine>> {
    const [intact, damaged] = [siteAccount(place.siteId), damagedSiteAccount(place.siteId)];
    const rows = await tx.query<LineRow>(SELECT_LINES, [place.siteId, place.allocationId, lineIds, intact]);
    const holdings = await holdingsOfLines(tx, [intact, damaged], lineIds);
    const held = (lineId: string, account: string): ConditionedHolding[] =>
      holdings.filter((holding) => holding.lineId === lineId && holding.account === account);
    return new Map(
      rows.map((row) => [
        row.line_id,
        {
          lineId: row.line_id,
          itemCode: row.item_code,
          recoverable: row.recoverable,
          receivedBase: safeInteger(row.received_base),
          consumedBase: safeInteger(row.consumed_base),
          inUseBase: safeInteger(row.in_use_base),
          intact: held(row.line_id, intact),
          damaged: held(row.line_id, damaged),
        },
      ]),
    );
  }
}
