import { Injectable } from '@nestjs/common';
import { DomainError } from '@ledger/contracts';
import { Database, safeInteger } from '@ledger/platform';
import { regionPattern } from '../scope';
import type { MovementKind } from '../stock/domain/movement-kinds';
import type { PurposeKind } from './domain/purpose';
import { countyOf, traceStep } from './domain/trace';
import type {
  PublishedDonationResponse,
  PublishedDonationsQuery,
  PublishedDonationsResponse,
  TraceStepResponse,
  TracedDonationResponse,
  TracedLineResponse,
} from './dto/public-donation.dto';

interface DonationRow {
  readonly id: string;
  readonly state: TracedDonationResponse['state'];
  readonly given_on: string;
  readonly region_code: string;
  readonly purpose_kind: PurposeKind;
  readonly purpose_region_code: string | null;
  readonly purpose_group: string | null;
  readonly money_fen: string | null;
}

type LineRow = Omit<TracedLineResponse, 'steps' | QuantityField> &
  Record<QuantityField, string> & { readonly lotIds: string[] };
type QuantityField = 'givenBase' | 'receivedBase' | 'storedBase' | 'onTheWayBase' | 'atSitesBase' | 'handedOutBase';

interface StepRow {
  readonly lot_id: string;
  readonly kind: MovementKind;
  readonly to: string;
  readonly quantity_base: string;
  readonly on: string;
  readonly region_code: string | null;
}

const held = (accounts: string): string => `
  coalesce((SELECT sum(balance.quantity_base) FROM balances AS balance
            WHERE balance.lot_id = line.lot_id AND balance.account ${accounts}), 0)`;

/** A lot whose receipt was undone has nothing to tell. */
const LINES = `
  SELECT line.item_code AS "itemCode", item.name_zh AS "nameZh", item.name_en AS "nameEn", item.unit, line.decision,
         line.declared_base AS "givenBase", line.received_base AS "receivedBase",
         ${held(`LIKE 'depot:%'`)} AS "storedBase", ${held(`LIKE 'transit:%'`)} AS "onTheWayBase",
         ${held(`LIKE 'site:%'`)} AS "atSitesBase", ${held(`= 'consumed'`)} AS "handedOutBase",
         CASE WHEN line.lot_id IS NULL THEN '{}'::uuid[] ELSE ARRAY[line.lot_id] END AS "lotIds"
  FROM donation_lines AS line JOIN items AS item ON item.code = line.item_code
  WHERE line.donation_id = $1 ORDER BY line.position`;

/** Where the saga knows the site, its region; where a depot gave out, the region it gave to. */
const STEPS = `
  SELECT posting.lot_id, movement.kind, posting.to_account AS "to", posting.quantity_base,
         (movement.posted_at AT TIME ZONE 'Asia/Shanghai')::date::text AS "on",
         coalesce(site.region_code, allocation.region_code, depot.region_code) AS region_code
  FROM postings AS posting JOIN movements AS movement ON movement.id = posting.movement_id
  LEFT JOIN sites AS site ON site.id = movement.site_id
  LEFT JOIN depots AS depot ON depot.id = posting.depot_id
  LEFT JOIN donation_allocations AS allocation ON allocation.movement_id = movement.id
  WHERE posting.lot_id = ANY($1) AND movement.kind <> 'reversal' AND NOT EXISTS (
    SELECT 1 FROM movements AS reversal WHERE reversal.reverses_movement_id = movement.id)
  ORDER BY movement.sequence, posting.position LIMIT 2000`;

/**
 * What anybody may know of donations: what was given, where it is in steps and counties. No names of people, no
 * addresses, no depots, no ids.
 */
@Injectable()
export class PublicDonationsQueries {
  constructor(private readonly database: Database) {}

  /** @throws DomainError SUPPLIES_DONATION_NOT_FOUND for a code that nobody was given */
  async trace(traceCode: string): Promise<TracedDonationResponse> {
    const [donation] = await this.database.query<DonationRow>(
      `SELECT id, state, (recorded_at AT TIME ZONE 'Asia/Shanghai')::date::text AS given_on, region_code, purpose_kind,
              purpose_region_code, purpose_group, money_fen
       FROM donations WHERE trace_code = $1`,
      [traceCode],
    );
    if (!donation) throw new DomainError('SUPPLIES_DONATION_NOT_FOUND');
    const lines = await this.database.query<LineRow>(LINES, [donation.id]);
    const lotIds = lines.flatMap((line) => line.lotIds);
    const steps = lotIds.length === 0 ? [] : await this.database.query<StepRow>(STEPS, [lotIds]);
    const { purpose_region_code: purposeRegion, purpose_group: group, money_fen: money } = donation;
    return {
      state: donation.state,
      givenOn: donation.given_on,
      countyCode: countyOf(donation.region_code),
      purpose: donation.purpose_kind,
      purposeFor: purposeRegion === null ? group : countyOf(purposeRegion),
      moneyFen: money === null ? null : safeInteger(money),
      lines: lines.map((line) => lineOf(line, steps)),
    };
  }

  /** The published list; a name stands in it only where the donor agreed. */
  async published(query: PublishedDonationsQuery): Promise<PublishedDonationsResponse> {
    const rows = await this.database.query<
      Omit<PublishedDonationResponse, 'countyCode' | 'moneyFen'> & {
        region_code: string;
        money: string | null;
        total: string;
      }
    >(
      `SELECT (donation.accepted_at AT TIME ZONE 'Asia/Shanghai')::date::text AS "acceptedOn", donation.region_code,
              CASE WHEN donor.publish_name THEN donor.name END AS "donorName", donation.money_fen AS money,
              (SELECT coalesce(json_agg(json_build_object('nameZh', item.name_zh, 'unit', item.unit,
                        'quantityBase', greatest(line.declared_base * (line.received_base = 0)::int, line.received_base))
                        ORDER BY line.position), '[]')
               FROM donation_lines AS line JOIN items AS item ON item.code = line.item_code
               WHERE line.donation_id = donation.id AND line.decision = 'accepted') AS items,
              count(*) OVER () AS total
       FROM donations AS donation JOIN donation_donors AS donor ON donor.donation_id = donation.id
       WHERE donation.state IN ('accepted', 'partly-received', 'received') AND ($1::text IS NULL OR donation.region_code LIKE $1)
       ORDER BY donation.accepted_at DESC, donation.id LIMIT $2 OFFSET $3`,
      [query.region === undefined ? null : regionPattern(query.region), query.limit, query.offset],
    );
    const items = rows.map(({ region_code: region, money, total: _total, ...row }) => ({
      ...row,
      countyCode: countyOf(region),
      moneyFen: money === null ? null : safeInteger(money),
    }));
    return { items, total: rows[0] ? safeInteger(rows[0].total) : 0 };
  }
}

function lineOf({ lotIds, ...row }: LineRow, steps: readonly StepRow[]): TracedLineResponse {
  return {
    ...row,
    givenBase: safeInteger(row.givenBase),
    receivedBase: safeInteger(row.receivedBase),
    storedBase: safeInteger(row.storedBase),
    onTheWayBase: safeInteger(row.onTheWayBase),
    atSitesBase: safeInteger(row.atSitesBase),
    handedOutBase: safeInteger(row.handedOutBase),
    steps: stepsOf(steps.filter(({ lot_id: lotId }) => lotIds.includes(lotId))),
  };
}

/** Steps of one day in one county are one step. */
function stepsOf(rows: readonly StepRow[]): TraceStepResponse[] {
  const steps = new Map<string, TraceStepResponse>();
  for (const { kind, to, on, region_code: region, quantity_base: quantity } of rows) {
    const step = traceStep(kind, to);
    if (!step) continue;
    const countyCode = region === null ? null : countyOf(region);
    const key = `${step} ${on} ${countyCode}`;
    const before = steps.get(key)?.quantityBase ?? 0;
    steps.set(key, { step, on, countyCode, quantityBase: before + safeInteger(quantity) });
  }
  return [...steps.values()];
}
