import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import { Database, safeInteger, type PageQuery } from '@ledger/platform';
import { regionPattern } from '../scope';
import { maskedName } from './domain/mask';
import type {
  HandoutDetailResponse,
  HandoutRecipientResponse,
  HandoutResponse,
  HandoutsResponse,
} from './dto/handout.dto';
import type { PeopleReachedQuery, PeopleReachedResponse } from './dto/household.dto';
import { NOT_REVERSED } from './households.repository';
import { SITE_IN_REACH } from './sites.repository';

type HandoutRow = Omit<HandoutResponse, 'handedOutAt' | 'households'> & {
  readonly handedOutAt: Date;
  readonly households: string;
};

const COLUMNS = `
  handout.id, handout.site_id AS "siteId", site.name AS "siteName", handout.allocation_id AS "allocationId",
  handout.movement_id AS "movementId", handout.people_reached AS "peopleReached",
  handout.handed_out_at AS "handedOutAt", handout.recorded_by AS "recordedBy", handout.note,
  NOT (${NOT_REVERSED}) AS reversed,
  (SELECT count(*) FROM handout_recipients AS recipient WHERE recipient.handout_id = handout.id) AS households,
  (SELECT json_agg(json_build_object('lineId', line.line_id, 'itemCode', line.item_code,
            'quantityBase', line.quantity_base, 'consumed', line.consumed) ORDER BY line.item_code, line.line_id)
   FROM handout_lines AS line WHERE line.handout_id = handout.id) AS lines`;

/** Which hand-outs a figure is about; $1 is the id. */
const SCOPES: Readonly<Record<PeopleReachedQuery['of'], string>> = {
  incident: 'site.incident_id = $1',
  allocation: 'handout.allocation_id = $1',
  site: 'handout.site_id = $1',
};

/** Reads of hand-outs: what was given, to whom (masked), and how many people that makes. */
@Injectable()
export class HandoutsQueries {
  constructor(private readonly database: Database) {}

  /** Hand-outs at a site, the latest first. */
  async handouts(caller: Caller, siteId: string, page: PageQuery): Promise<HandoutsResponse> {
    const rows = await this.database.query<HandoutRow & { total: string }>(
      `SELECT ${COLUMNS}, count(*) OVER () AS total
       FROM handouts AS handout JOIN sites AS site ON site.id = handout.site_id
       WHERE site.id = $1 AND (${SITE_IN_REACH})
       ORDER BY handout.handed_out_at DESC, handout.id DESC LIMIT $3 OFFSET $4`,
      [siteId, regionPattern(caller.regionCode), page.limit, page.offset],
    );
    return { items: rows.map(handoutOf), total: rows[0] ? safeInteger(rows[0].total) : 0 };
  }

  /** @throws DomainError SUPPLIES_HANDOUT_NOT_FOUND, also for one at a site out of the caller's reach */
  async handout(caller: Caller, id: string, page: PageQuery): Promise<HandoutDetailResponse> {
    const [row] = await this.database.query<HandoutRow>(
      `SELECT ${COLUMNS} FROM handouts AS handout JOIN sites AS site ON site.id = handout.site_id
       WHERE handout.id = $1 AND (${SITE_IN_REACH})`,
      [id, regionPattern(caller.regionCode)],
    );
    if (!row) throw new DomainError('SUPPLIES_HANDOUT_NOT_FOUND');
    const remainders = await this.database.query<{ return_id: string }>(
      'SELECT return_id FROM handout_remainders WHERE handout_id = $1 ORDER BY return_id LIMIT 200',
      [row.id],
    );
    return {
      ...handoutOf(row),
      recipients: await this.recipients(row.id, page),
      remainderReturnIds: remainders.map((remainder) => remainder.return_id),
    };
  }

  /** Households are counted once, whatever they got and how often; a hand-out without a list by its head count. */
  async peopleReached(caller: Caller, query: PeopleReachedQuery): Promise<PeopleReachedResponse> {
    const counted = `
      WITH counted AS (
        SELECT handout.id, handout.people_reached FROM handouts AS handout JOIN sites AS site ON site.id = handout.site_id
        WHERE ${SCOPES[query.of]} AND (${SITE_IN_REACH}) AND ${NOT_REVERSED}
      ), reached AS (
        SELECT recipient.household_id, max(recipient.people_count) AS people, bool_or(recipient.priority) AS priority
        FROM handout_recipients AS recipient JOIN counted ON counted.id = recipient.handout_id
        GROUP BY recipient.household_id)`;
    const parameters = [query.id, regionPattern(caller.regionCode)];
    const [figures] = await this.database.query<Record<'people' | 'households' | 'priority' | 'without_list', string>>(
      `${counted}
       SELECT coalesce(sum(people), 0) AS people, count(*) AS households, count(*) FILTER (WHERE priority) AS priority,
              (SELECT coalesce(sum(people_reached), 0) FROM counted WHERE NOT EXISTS (
                 SELECT 1 FROM handout_recipients AS recipient WHERE recipient.handout_id = counted.id)) AS without_list
       FROM reached`,
      parameters,
    );
    const groups = await this.database.query<{ category: string; households: string; people: string }>(
      `${counted}
       SELECT part.category, count(*) AS households, sum(reached.people) AS people
       FROM reached JOIN (
         SELECT DISTINCT given.household_id, item.category
         FROM handout_recipient_lines AS given JOIN counted ON counted.id = given.handout_id
         JOIN handout_lines AS line USING (handout_id, line_id) JOIN items AS item ON item.code = line.item_code
       ) AS part ON part.household_id = reached.household_id
       GROUP BY part.category ORDER BY part.category`,
      parameters,
    );
    const peopleWithoutList = safeInteger(figures.without_list);
    return {
      ...query,
      peopleReached: safeInteger(figures.people) + peopleWithoutList,
      households: safeInteger(figures.households),
      priorityHouseholds: safeInteger(figures.priority),
      peopleWithoutList,
      byItemGroup: groups.map((group) => ({
        itemGroup: group.category,
        households: safeInteger(group.households),
        people: safeInteger(group.people),
      })),
    };
  }

  private async recipients(handoutId: string, page: PageQuery): Promise<HandoutRecipientResponse[]> {
    const rows = await this.database.query<HandoutRecipientResponse>(
      `SELECT recipient.household_id AS "householdId", household.head_name AS "headName",
              recipient.people_count AS "peopleCount", recipient.priority, recipient.repeat_reason AS "repeatReason",
              (SELECT json_agg(json_build_object('lineId', part.line_id, 'quantityBase', part.quantity_base)
                               ORDER BY part.line_id)
               FROM handout_recipient_lines AS part
               WHERE part.handout_id = recipient.handout_id AND part.household_id = recipient.household_id) AS lines,
              signature.signer_name AS "signerName", signature.signed_for AS "signedFor",
              signature.image IS NOT NULL AS "hasSignatureImage"
       FROM handout_recipients AS recipient
       JOIN households AS household ON household.id = recipient.household_id
       LEFT JOIN handout_signatures AS signature USING (handout_id, household_id)
       WHERE recipient.handout_id = $1 ORDER BY household.registered_at, household.id LIMIT $2 OFFSET $3`,
      [handoutId, page.limit, page.offset],
    );
    return rows.map((row) => ({
      ...row,
      headName: maskedName(row.headName),
      signerName: maskedName(row.signerName),
    }));
  }
}

function handoutOf(row: HandoutRow & { total?: string }): HandoutResponse {
  const { total: _total, ...handout } = row;
  return { ...handout, handedOutAt: row.handedOutAt.toISOString(), households: safeInteger(row.households) };
}
