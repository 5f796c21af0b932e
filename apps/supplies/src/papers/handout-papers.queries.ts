import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import { Database } from '@ledger/platform';
import { regionPattern } from '../scope';
import { maskedName } from '../sites/domain/mask';
import type { SignedFor } from '../sites/domain/signature';
import { NOT_REVERSED } from '../sites/households.repository';
import { SITE_IN_REACH } from '../sites/sites.repository';
import { chinaTime } from './domain/china-time';
import type { ListFacts, ListedHousehold } from './domain/handout-list';
import { MAX_PAPER_LINES } from './domain/paper';

type Goods = ListFacts['goods'];

interface HandoutRow {
  readonly id: string;
  readonly site: string;
  readonly handed_out_at: Date;
  readonly recorded_by: string;
  readonly note: string | null;
  readonly people_reached: number;
  readonly reversed: boolean;
  readonly synthetic: boolean;
  readonly goods: Goods;
}

type HouseholdRow = Omit<ListedHousehold, 'maskedName' | 'maskedSigner' | 'groups'> &
  ListedHousehold['groups'] & { readonly headName: string | null; readonly signerName: string | null };

/** Goods come from invented depots or lots. $-free: joins `handout`. */
const SYNTHETIC = `EXISTS (
  SELECT 1 FROM issue_orders AS orders JOIN depots AS depot ON depot.id = orders.depot_id
  WHERE orders.allocation_id = handout.allocation_id AND orders.site_id = handout.site_id AND depot.synthetic)
  OR EXISTS (SELECT 1 FROM postings AS posting JOIN lots AS lot ON lot.id = posting.lot_id
             WHERE posting.movement_id = handout.movement_id AND lot.synthetic)`;

const GOODS = (table: string, condition: string): string => `
  (SELECT coalesce(json_agg(json_build_object('nameZh', goods.name_zh, 'unit', goods.unit, 'quantityBase', goods.sum)
                            ORDER BY goods.code), '[]')
   FROM (SELECT item.code, item.name_zh, item.unit, sum(part.quantity_base) AS sum
         FROM ${table} JOIN items AS item ON item.code = line.item_code
         WHERE ${condition} GROUP BY item.code) AS goods)`;

const HOUSEHOLD = `
  household.head_name AS "headName", household.list_reference AS "listReference",
  household.elderly_count AS "elderlyCount", household.child_count AS "childCount",
  household.pregnant_count AS "pregnantCount", household.disabled_count AS "disabledCount",
  household.sick_count AS "sickCount"`;

/** What hand-out lists say. Names are masked before they leave this file. */
@Injectable()
export class HandoutPapersQueries {
  constructor(private readonly database: Database) {}

  /** @throws DomainError SUPPLIES_HANDOUT_NOT_FOUND, also for one at a site out of the caller's reach */
  async handout(caller: Caller, id: string): Promise<ListFacts> {
    const [handout] = await this.database.query<HandoutRow>(
      `SELECT handout.id, site.name AS site, handout.handed_out_at, handout.recorded_by, handout.note,
              handout.people_reached, NOT (${NOT_REVERSED}) AS reversed, ${SYNTHETIC} AS synthetic,
              ${GOODS('handout_lines AS line CROSS JOIN LATERAL (SELECT line.quantity_base) AS part', 'line.handout_id = handout.id')} AS goods
       FROM handouts AS handout JOIN sites AS site ON site.id = handout.site_id
       WHERE handout.id = $1 AND (${SITE_IN_REACH})`,
      [id, regionPattern(caller.regionCode)],
    );
    if (!handout) throw new DomainError('SUPPLIES_HANDOUT_NOT_FOUND');
    const households = await this.recipients(handout.id);
    return {
      id: handout.id,
      number: numberOf(handout.id, handout.handed_out_at),
      site: handout.site,
      at: handout.handed_out_at,
      recordedBy: handout.recorded_by,
      isReversed: handout.reversed,
      synthetic: handout.synthetic,
      note: handout.note,
      goods: handout.goods,
      peopleWithoutList: households.length === 0 ? handout.people_reached : null,
      households,
    };
  }

  /**
   * The households of a site as a list to sign, before anything is handed out.
   * @throws DomainError SUPPLIES_SITE_NOT_FOUND; SUPPLIES_PAPER_UNAVAILABLE when nobody waits
   */
  async openList(caller: Caller, siteId: string, waitingFor: string | undefined): Promise<ListFacts> {
    const [site] = await this.database.query<{ id: string; name: string; now: Date }>(
      `SELECT site.id, site.name, now() AS now FROM sites AS site WHERE site.id = $1 AND (${SITE_IN_REACH})`,
      [siteId, regionPattern(caller.regionCode)],
    );
    if (!site) throw new DomainError('SUPPLIES_SITE_NOT_FOUND');
    const rows = await this.database.query<HouseholdRow>(
      `SELECT ${HOUSEHOLD}, household.people_count AS "peopleCount", '[]'::json AS goods, NULL AS "signerName",
              NULL AS "signedFor", NULL AS "repeatReason"
       FROM households AS household
       WHERE household.site_id = $1 AND ($2::text IS NULL OR NOT EXISTS (
         SELECT 1 FROM handout_recipient_lines AS part
         JOIN handout_lines AS line USING (handout_id, line_id)
         JOIN handouts AS handout ON handout.id = part.handout_id
         WHERE part.household_id = household.id AND line.item_code = $2 AND ${NOT_REVERSED}))
       ORDER BY household.registered_at, household.id LIMIT ${MAX_PAPER_LINES + 1}`,
      [site.id, waitingFor ?? null],
    );
    if (rows.length === 0) throw new DomainError('SUPPLIES_PAPER_UNAVAILABLE');
    return {
      id: site.id,
      number: numberOf(site.id, site.now),
      site: site.name,
      at: site.now,
      recordedBy: null,
      isReversed: false,
      synthetic: false,
      note: null,
      goods: [],
      peopleWithoutList: null,
      households: rows.map(householdOf),
    };
  }

  private async recipients(handoutId: string): Promise<ListedHousehold[]> {
    const condition = `part.handout_id = recipient.handout_id AND part.household_id = recipient.household_id`;
    const rows = await this.database.query<HouseholdRow>(
      `SELECT ${HOUSEHOLD}, recipient.people_count AS "peopleCount", recipient.repeat_reason AS "repeatReason",
              signature.signer_name AS "signerName", signature.signed_for AS "signedFor",
              ${GOODS('handout_recipient_lines AS part JOIN handout_lines AS line USING (handout_id, line_id)', condition)} AS goods
       FROM handout_recipients AS recipient
       JOIN households AS household ON household.id = recipient.household_id
       LEFT JOIN handout_signatures AS signature USING (handout_id, household_id)
       WHERE recipient.handout_id = $1
       ORDER BY household.registered_at, household.id LIMIT ${MAX_PAPER_LINES + 1}`,
      [handoutId],
    );
    return rows.map(householdOf);
  }
}

/** A hand-out of recoverable goods has no movement, so the list is numbered by its time and the end of its id. */
const numberOf = (id: string, at: Date): string =>
  `FF-${chinaTime(at).replaceAll(/\D/g, '')}-${id.slice(-6).toUpperCase()}`;

function householdOf(row: HouseholdRow): ListedHousehold {
  const { elderlyCount, childCount, pregnantCount, disabledCount, sickCount } = row;
  return {
    maskedName: maskedName(row.headName) ?? '（已删除）',
    listReference: row.listReference,
    peopleCount: row.peopleCount,
    groups: { elderlyCount, childCount, pregnantCount, disabledCount, sickCount },
    goods: row.goods,
    maskedSigner: maskedName(row.signerName),
    signedFor: row.signedFor as SignedFor | null,
    repeatReason: row.repeatReason,
  };
}
