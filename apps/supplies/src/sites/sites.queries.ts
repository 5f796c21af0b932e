import { Injectable } from '@nestjs/common';
import { DomainError, damagedSiteAccount, siteAccount, type Caller } from '@ledger/contracts';
import { Database, safeInteger, type PageQuery } from '@ledger/platform';
import { regionPattern } from '../scope';
import type { SiteLineResponse, SiteResponse } from './dto/site.dto';
import { NOT_REVERSED } from './households.repository';
import { SITE_IN_REACH } from './sites.repository';

type LineRow = Pick<SiteLineResponse, 'allocationId' | 'lineId' | 'itemCode' | 'nameZh' | 'unit' | 'recoverable'> & {
  readonly received: string;
  readonly usable: string;
  readonly damaged: string;
  readonly handed_out: string;
  readonly returned: string;
};

/** Every figure but the hand-outs is added up from the postings of the line. */
const LINES = `
  WITH ordered AS (
    SELECT DISTINCT orders.allocation_id, line.line_id, line.item_code
    FROM issue_orders AS orders JOIN issue_order_lines AS line USING (shipment_id)
    WHERE orders.site_id = $1 AND line.state = 'issued'
  ), moved AS (
    SELECT posting.line_id, side.account, side.change_base, movement.kind
    FROM postings AS posting JOIN movements AS movement ON movement.id = posting.movement_id
    CROSS JOIN LATERAL (VALUES (posting.from_account, -posting.quantity_base),
                               (posting.to_account, posting.quantity_base)) AS side (account, change_base)
    WHERE posting.line_id IN (SELECT line_id FROM ordered) AND side.account IN ($2, $3)
  ), summed AS (
    SELECT line_id,
      sum(change_base) FILTER (WHERE account = $2 AND kind IN ('deliver', 'difference')) AS received,
      sum(change_base) FILTER (WHERE account = $2) AS usable,
      sum(change_base) FILTER (WHERE account = $3) AS damaged,
      -sum(change_base) FILTER (WHERE kind = 'return') AS returned
    FROM moved GROUP BY line_id
  )
  SELECT ordered.allocation_id AS "allocationId", ordered.line_id AS "lineId", ordered.item_code AS "itemCode",
         item.name_zh AS "nameZh", item.unit, item.recoverable, coalesce(summed.received, 0) AS received,
         coalesce(summed.usable, 0) AS usable, coalesce(summed.damaged, 0) AS damaged,
         coalesce(summed.returned, 0) AS returned,
         (SELECT coalesce(sum(given.quantity_base), 0) FROM handout_lines AS given
          JOIN handouts AS handout ON handout.id = given.handout_id
          WHERE given.line_id = ordered.line_id AND NOT EXISTS (
            SELECT 1 FROM movements AS reversal WHERE reversal.reverses_movement_id = handout.movement_id
          )) AS handed_out
  FROM ordered JOIN items AS item ON item.code = ordered.item_code
  LEFT JOIN summed ON summed.line_id = ordered.line_id
  ORDER BY ordered.item_code, ordered.line_id LIMIT $4 OFFSET $5`;

/** People of the site's hand-outs, those that were undone left out; a household that was served twice counts once. */
const PEOPLE_REACHED = `(
  WITH counted AS (SELECT id, people_reached FROM handouts AS handout WHERE site_id = site.id AND ${NOT_REVERSED})
  SELECT coalesce((SELECT sum(people_reached) FROM counted WHERE NOT EXISTS (
                     SELECT 1 FROM handout_recipients AS recipient WHERE recipient.handout_id = counted.id)), 0)
       + coalesce((SELECT sum(people) FROM (
                     SELECT max(recipient.people_count) AS people FROM handout_recipients AS recipient
                     JOIN counted ON counted.id = recipient.handout_id GROUP BY recipient.household_id) AS once), 0))`;

/** Reads of incident sites. */
@Injectable()
export class SitesQueries {
  constructor(private readonly database: Database) {}

  /** @throws DomainError SUPPLIES_SITE_NOT_FOUND, also for a site out of the caller's reach */
  async site(caller: Caller, id: string, page: PageQuery): Promise<SiteResponse> {
    const [site] = await this.database.query<Omit<SiteResponse, 'peopleReached' | 'lines'> & { people: string }>(
      `SELECT site.id AS "siteId", site.name, site.region_code AS "regionCode", site.latitude, site.longitude,
              site.incident_id AS "incidentId",
              ${PEOPLE_REACHED} AS people
       FROM sites AS site WHERE site.id = $1 AND (${SITE_IN_REACH})`,
      [id, regionPattern(caller.regionCode)],
    );
    if (!site) throw new DomainError('SUPPLIES_SITE_NOT_FOUND');
    const { people, ...facts } = site;
    const accounts = [siteAccount(site.siteId), damagedSiteAccount(site.siteId)];
    const rows = await this.database.query<LineRow>(LINES, [site.siteId, ...accounts, page.limit, page.offset]);
    return { ...facts, peopleReached: safeInteger(people), lines: rows.map(lineOf) };
  }
}

function lineOf({ received, usable, damaged, handed_out, returned, ...line }: LineRow): SiteLineResponse {
  return {
    ...line,
    receivedBase: safeInteger(received),
    usableBase: safeInteger(usable),
    damagedBase: safeInteger(damaged),
    handedOutBase: safeInteger(handed_out),
    returnedBase: safeInteger(returned),
  };
}
