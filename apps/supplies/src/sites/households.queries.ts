import { Injectable } from '@nestjs/common';
import { DomainError, regionCovers, type Caller } from '@ledger/contracts';
import { Database, safeInteger } from '@ledger/platform';
import { regionPattern } from '../scope';
import { maskedDocument, maskedName, maskedPhone } from './domain/mask';
import { isPriority, orderOfService } from './domain/priority';
import type {
  HouseholdDetailResponse,
  HouseholdHandoutResponse,
  HouseholdResponse,
  HouseholdsQuery,
  HouseholdsResponse,
  ServiceOrderQuery,
  ServiceOrderResponse,
} from './dto/household.dto';
import { HAS_PRIORITY } from './handout-lists.repository';
import { NOT_REVERSED } from './households.repository';
import { SITE_IN_REACH } from './sites.repository';

type HouseholdRow = Omit<HouseholdResponse, 'document' | 'registeredAt' | 'priority'> & {
  readonly documentTail: string | null;
  readonly registeredAt: Date;
};

/** More households than one site serves; the report says so instead of slowing down. */
const MAX_QUEUE = 20_000;

const RECEIVED = `
  SELECT DISTINCT line.item_code FROM handout_recipient_lines AS part
  JOIN handout_lines AS line USING (handout_id, line_id)
  JOIN handouts AS handout ON handout.id = part.handout_id
  WHERE part.household_id = household.id AND ${NOT_REVERSED}`;

const COLUMNS = `
  household.id, household.site_id AS "siteId", household.region_code AS "regionCode",
  household.list_reference AS "listReference", household.head_name AS "headName", household.phone,
  household.document_tail AS "documentTail", household.people_count AS "peopleCount",
  household.elderly_count AS "elderlyCount", household.child_count AS "childCount",
  household.pregnant_count AS "pregnantCount", household.disabled_count AS "disabledCount",
  household.sick_count AS "sickCount", household.registered_at AS "registeredAt",
  (SELECT coalesce(array_agg(received.item_code ORDER BY received.item_code), '{}') FROM (${RECEIVED}) AS received)
    AS "itemsReceived"`;

/** Reads of the registers of households. Whoever may not read personal fields gets them masked. */
@Injectable()
export class HouseholdsQueries {
  constructor(private readonly database: Database) {}

  /** The households of a site in the order of their registration, masked for everybody. */
  async households(caller: Caller, siteId: string, query: HouseholdsQuery): Promise<HouseholdsResponse> {
    await this.assertInReach(caller, siteId);
    const rows = await this.database.query<HouseholdRow & { total: string }>(
      `SELECT ${COLUMNS}, count(*) OVER () AS total FROM households AS household
       WHERE household.site_id = $1 AND ($2::text IS NULL OR $2 NOT IN (${RECEIVED}))
       ORDER BY household.registered_at, household.id LIMIT $3 OFFSET $4`,
      [siteId, query.waitingFor ?? null, query.limit, query.offset],
    );
    return { items: rows.map(masked), total: rows[0] ? safeInteger(rows[0].total) : 0 };
  }

  /**
   * One household with what it got. Its personal fields are for keepers, stock managers and auditors of its region.
   * @throws DomainError SUPPLIES_HOUSEHOLD_NOT_FOUND, also for one of a site out of the caller's reach
   */
  async household(caller: Caller, id: string): Promise<HouseholdDetailResponse> {
    const [row] = await this.database.query<HouseholdRow>(
      `SELECT ${COLUMNS} FROM households AS household JOIN sites AS site ON site.id = household.site_id
       WHERE household.id = $1 AND (${SITE_IN_REACH})`,
      [id, regionPattern(caller.regionCode)],
    );
    if (!row) throw new DomainError('SUPPLIES_HOUSEHOLD_NOT_FOUND');
    const isPlain = mayReadPersonal(caller, row.regionCode);
    const plain = { headName: row.headName, phone: row.phone };
    const handouts = await this.handouts(row.id, isPlain);
    return { ...masked(row), ...(isPlain ? plain : {}), masked: !isPlain, handouts };
  }

  /**
   * In which order the households of a site got an item, and where priority households were passed over.
   * @throws DomainError SUPPLIES_SITE_NOT_FOUND
   * Source: plan 004 §24 (priority groups).
   */
  async serviceOrder(caller: Caller, siteId: string, query: ServiceOrderQuery): Promise<ServiceOrderResponse> {
    await this.assertInReach(caller, siteId);
    const rows = await this.database.query<{
      id: string;
      head_name: string | null;
      priority: boolean;
      registered_at: Date;
      served_at: Date | null;
    }>(
      `SELECT household.id, household.head_name, ${HAS_PRIORITY} AS priority, household.registered_at,
              (SELECT min(handout.handed_out_at) FROM handout_recipient_lines AS part
               JOIN handout_lines AS line USING (handout_id, line_id)
               JOIN handouts AS handout ON handout.id = part.handout_id
               WHERE part.household_id = household.id AND line.item_code = $2 AND ${NOT_REVERSED}) AS served_at
       FROM households AS household WHERE household.site_id = $1
       ORDER BY household.registered_at, household.id LIMIT ${MAX_QUEUE}`,
      [siteId, query.item],
    );
    const order = orderOfService(
      rows.map((row) => ({
        id: row.id,
        headName: maskedName(row.head_name),
        isPriority: row.priority,
        registeredAt: row.registered_at.getTime(),
        servedAt: row.served_at?.getTime() ?? null,
      })),
    );
    return {
      itemCode: query.item,
      households: order.length,
      served: order.filter(({ servedAt }) => servedAt !== null).length,
      priorityHouseholds: order.filter((household) => household.isPriority).length,
      priorityWaiting: order.filter((household) => household.isPriority && household.servedAt === null).length,
      servedTooEarly: order.filter(({ overtook }) => overtook > 0).length,
      items: order.slice(query.offset, query.offset + query.limit).map((household) => ({
        position: household.position,
        householdId: household.id,
        headName: household.headName,
        priority: household.isPriority,
        registeredAt: new Date(household.registeredAt).toISOString(),
        servedAt: household.servedAt === null ? null : new Date(household.servedAt).toISOString(),
        overtook: household.overtook,
      })),
    };
  }

  private async assertInReach(caller: Caller, siteId: string): Promise<void> {
    const sites = await this.database.query(`SELECT 1 FROM sites AS site WHERE site.id = $1 AND (${SITE_IN_REACH})`, [
      siteId,
      regionPattern(caller.regionCode),
    ]);
    if (sites.length === 0) throw new DomainError('SUPPLIES_SITE_NOT_FOUND');
  }

  private async handouts(householdId: string, isPlain: boolean): Promise<HouseholdHandoutResponse[]> {
    const rows = await this.database.query<
      Omit<HouseholdHandoutResponse, 'handedOutAt' | 'quantityBase' | 'signatureImage'> & {
        handedOutAt: Date;
        quantityBase: string;
        image: string | null;
      }
    >(
      `SELECT handout.id AS "handoutId", handout.handed_out_at AS "handedOutAt", line.item_code AS "itemCode",
              part.quantity_base AS "quantityBase", recipient.repeat_reason AS "repeatReason",
              signature.signer_name AS "signerName", signature.signed_for AS "signedFor",
              CASE WHEN $2 THEN encode(signature.image, 'base64') END AS image,
              CASE WHEN $2 THEN signature.reference END AS "signatureReference", NOT (${NOT_REVERSED}) AS reversed
       FROM handout_recipients AS recipient
       JOIN handout_recipient_lines AS part USING (handout_id, household_id)
       JOIN handout_lines AS line USING (handout_id, line_id)
       JOIN handouts AS handout ON handout.id = recipient.handout_id
       LEFT JOIN handout_signatures AS signature USING (handout_id, household_id)
       WHERE recipient.household_id = $1
       ORDER BY handout.handed_out_at DESC, handout.id, line.item_code LIMIT 50`,
      [householdId, isPlain],
    );
    return rows.map(({ image, ...row }) => ({
      ...row,
      handedOutAt: row.handedOutAt.toISOString(),
      quantityBase: safeInteger(row.quantityBase),
      signerName: isPlain ? row.signerName : maskedName(row.signerName),
      signatureImage: image?.replaceAll('\n', '') ?? null,
    }));
  }
}

/** Personal fields are read by those who work with them, in the region the household lives in. */
function mayReadPersonal(caller: Caller, regionCode: string): boolean {
  const roles = ['keeper', 'stock-manager', 'auditor'] as const;
  return roles.some((role) => caller.roles.includes(role)) && regionCovers(caller.regionCode, regionCode);
}

function masked(row: HouseholdRow & { total?: string }): HouseholdResponse {
  const { documentTail, total: _total, ...household } = row;
  return {
    ...household,
    headName: maskedName(row.headName),
    phone: maskedPhone(row.phone),
    document: maskedDocument(documentTail),
    priority: isPriority(row),
    registeredAt: row.registeredAt.toISOString(),
  };
}
