import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import { Database, safeInteger } from '@ledger/platform';
import { regionPattern } from '../scope';
import { addDays, chinaDay, startOfDay } from '../stock/domain/calendar';
import type { MovementKind } from '../stock/domain/movement-kinds';
import type { CardLine } from './domain/card-sheet';
import type { StockCardPageQuery, StockCardQuery, StockCardResponse, StockCardRowResponse } from './dto/stock-card.dto';

/** A posting changes depot accounts on one side (in or out) or on both (between states of one depot). */
const CHANGE = (state: string): string => `
  sum(CASE WHEN posting.to_account LIKE 'depot:%:${state}' THEN posting.quantity_base ELSE 0 END
    - CASE WHEN posting.from_account LIKE 'depot:%:${state}' THEN posting.quantity_base ELSE 0 END)`;

/** Time goes first, so that a day ends where the next one begins; per lot both orders are the same. */
const ORDER = 'moved.posted_at, moved.sequence';
const RUNNING = (column: string): string => `sum(${column}) OVER (ORDER BY ${ORDER}) AS ${column}`;

/**
 * The whole card up to an instant, from postings alone: one row per movement, with what is there after it.
 * Parameters: $1 item, $2 depot or null, $3 region pattern, $4 instant.
 */
const CARD = `
  SELECT moved.sequence, moved.posted_at, moved.movement_id, moved.in_base, moved.out_base, moved.lot_ids, moved.depots,
         sum(moved.in_base - moved.out_base) OVER (ORDER BY ${ORDER}) AS balance_base,
         ${['available', 'reserved', 'quarantine'].map(RUNNING).join(', ')}
  FROM (
    SELECT movement.sequence, movement.posted_at, posting.movement_id,
           sum(CASE WHEN posting.from_account LIKE 'depot:%' THEN 0 ELSE posting.quantity_base END) AS in_base,
           sum(CASE WHEN posting.to_account LIKE 'depot:%' THEN 0 ELSE posting.quantity_base END) AS out_base,
           ${['available', 'reserved', 'quarantine'].map((state) => `${CHANGE(state)} AS ${state}`).join(', ')},
           array_agg(DISTINCT posting.lot_id) AS lot_ids, array_agg(DISTINCT depot.code) AS depots
    FROM lots AS lot
    JOIN postings AS posting ON posting.lot_id = lot.id
    JOIN depots AS depot ON depot.id = posting.depot_id
    JOIN movements AS movement ON movement.id = posting.movement_id
    WHERE lot.item_code = $1 AND ($2::uuid IS NULL OR posting.depot_id = $2) AND depot.region_code LIKE $3
      AND movement.posted_at <= $4::timestamptz
    GROUP BY movement.sequence, movement.posted_at, posting.movement_id
  ) AS moved`;

/** A row counts when it changes what is there, or in any case when $7 says so; it has a day from $5 until before $6. */
const WANTED = `
  ($7 OR card.in_base + card.out_base > 0)
  AND card.posted_at >= $5::timestamptz AND card.posted_at < $6::timestamptz`;

/** Where the page before ended. */
const AT_CURSOR = '(SELECT ended.posted_at, ended.sequence FROM movements AS ended WHERE ended.sequence = $8)';

const COLUMNS = `
  card.sequence, card.movement_id AS "movementId", movement.kind, movement.posted_at AS "postedAt",
  card.depots AS "depotCodes",
  (SELECT array_agg(lot.batch_number ORDER BY lot.batch_number) FROM lots AS lot WHERE lot.id = ANY(card.lot_ids)) AS batches,
  card.in_base, card.out_base, card.balance_base, card.available, card.reserved, card.quarantine,
  movement.allocation_id AS "allocationId", site.name AS "siteName",
  movement.reverses_movement_id AS "reversesMovementId", movement.use_order AS "useOrder", movement.note,
  movement.recorded_by AS "recordedBy"`;

const JOINED = `
  FROM card JOIN movements AS movement ON movement.id = card.movement_id
  LEFT JOIN sites AS site ON site.id = movement.site_id`;

interface CardRow {
  readonly sequence: string;
  readonly movementId: string;
  readonly kind: MovementKind;
  readonly postedAt: Date;
  readonly depotCodes: string[];
  readonly batches: string[];
  readonly in_base: string;
  readonly out_base: string;
  readonly balance_base: string;
  readonly available: string;
  readonly reserved: string;
  readonly quarantine: string;
  readonly allocationId: string | null;
  readonly siteName: string | null;
  readonly reversesMovementId: string | null;
  readonly useOrder: string | null;
  readonly note: string | null;
  readonly recordedBy: string;
}

/** A file longer than this is asked for period by period. */
const MAX_EXPORTED = 20_000;

/** The card of an item: every movement with what came in, what went out and what was there after it. */
@Injectable()
export class StockCardQueries {
  constructor(private readonly database: Database) {}

  /**
   * @throws DomainError in this order: SUPPLIES_ITEM_NOT_FOUND, SUPPLIES_DEPOT_NOT_FOUND (also out of the caller's
   *   region), REQUEST_INVALID for an `asOf` in the future
   */
  async page(caller: Caller, query: StockCardPageQuery): Promise<StockCardResponse> {
    const card = await this.card(caller, query);
    const isLatest = query.order === 'latest';
    const direction = isLatest ? 'DESC' : 'ASC';
    const rows = await this.database.query<CardRow>(
      `WITH card AS (${CARD}) SELECT ${COLUMNS} ${JOINED}
       WHERE ${WANTED} AND ($8::bigint IS NULL OR (card.posted_at, card.sequence) ${isLatest ? '<' : '>'} ${AT_CURSOR})
       ORDER BY card.posted_at ${direction}, card.sequence ${direction} LIMIT $9`,
      [...card.parameters, query.cursor ?? null, query.limit + 1],
    );
    const page = rows.slice(0, query.limit);
    const next = rows.length > query.limit ? safeInteger(page[page.length - 1].sequence) : null;
    const ordered = (isLatest ? page.toReversed() : page).map(lineOf);
    const opening = await this.opening(card.parameters, query, ordered.at(0));
    return {
      ...{ asOf: card.asOf, ...card.item, depotId: query.depotId ?? null, region: card.region },
      openingBase: opening,
      closingBase: ordered.at(-1)?.balanceBase ?? opening,
      items: page.map(rowOf),
      next,
    };
  }

  /**
   * The whole card of a period, for a file.
   * @throws DomainError as `page`, and SUPPLIES_EXPORT_TOO_LONG
   */
  async whole(
    caller: Caller,
    query: StockCardQuery,
  ): Promise<{ openingBase: number; from: string; lines: CardLine[] }> {
    const card = await this.card(caller, query);
    const rows = await this.database.query<CardRow>(
      `WITH card AS (${CARD}) SELECT ${COLUMNS} ${JOINED} WHERE ${WANTED} ORDER BY card.posted_at, card.sequence LIMIT $8`,
      [...card.parameters, MAX_EXPORTED + 1],
    );
    if (rows.length > MAX_EXPORTED)
      throw new DomainError('SUPPLIES_EXPORT_TOO_LONG', { facts: { most: MAX_EXPORTED } });
    const lines = rows.map(lineOf);
    const openingBase = await this.opening(card.parameters, query, lines.at(0));
    return { openingBase, from: query.from ?? '', lines };
  }

  private async card(caller: Caller, query: StockCardQuery) {
    const [item] = await this.database.query<Pick<StockCardResponse, 'itemCode' | 'nameZh' | 'nameEn' | 'unit'>>(
      `SELECT code AS "itemCode", name_zh AS "nameZh", name_en AS "nameEn", unit FROM items WHERE code = $1`,
      [query.item],
    );
    if (!item) throw new DomainError('SUPPLIES_ITEM_NOT_FOUND');
    const scope = regionPattern(caller.regionCode);
    if (query.depotId !== undefined) await this.assertDepot(query.depotId, scope);
    const [{ now }] = await this.database.query<{ now: Date }>('SELECT now() AS now');
    const asOf = query.asOf === undefined ? now : new Date(query.asOf);
    if (asOf > now) {
      throw new DomainError('REQUEST_INVALID', { errors: [{ pointer: '/asOf', reason: 'lies in the future' }] });
    }
    const region = query.depotId === undefined ? (query.region ?? caller.regionCode) : null;
    const parameters = [
      ...[query.item, query.depotId ?? null, region === null ? scope : regionPattern(region)],
      query.asOf === undefined ? 'infinity' : asOf.toISOString(),
      query.from === undefined ? '-infinity' : startOfDay(query.from).toISOString(),
      query.to === undefined ? 'infinity' : startOfDay(addDays(query.to, 1)).toISOString(),
      query.states ?? false,
    ];
    return { item, region, asOf: asOf.toISOString(), parameters };
  }

  private async assertDepot(depotId: string, scope: string): Promise<void> {
    const depots = await this.database.query('SELECT 1 FROM depots WHERE id = $1 AND region_code LIKE $2', [
      depotId,
      scope,
    ]);
    if (depots.length === 0) throw new DomainError('SUPPLIES_DEPOT_NOT_FOUND');
  }

  /** Before the first line of a page; of a page without lines, at the place in the card where it would begin. */
  private async opening(
    parameters: readonly unknown[],
    query: StockCardQuery & { readonly cursor?: number; readonly order?: string },
    first: CardLine | undefined,
  ): Promise<number> {
    if (first) return first.balanceBase - first.inBase + first.outBase;
    const isAfter = query.order !== 'latest' && query.cursor !== undefined;
    const [row] = await this.database.query<{ balance: string }>(
      `WITH card AS (${CARD})
       SELECT coalesce(sum(card.in_base - card.out_base), 0) AS balance FROM card
       WHERE CASE WHEN $6::bigint IS NULL THEN card.posted_at < $5::timestamptz ELSE card.sequence <= $6 END`,
      [...parameters.slice(0, 5), isAfter ? query.cursor : null],
    );
    return safeInteger(row.balance);
  }
}

const lineOf = (row: CardRow): CardLine & CardRow => ({
  ...row,
  inBase: safeInteger(row.in_base),
  outBase: safeInteger(row.out_base),
  balanceBase: safeInteger(row.balance_base),
  availableBase: safeInteger(row.available),
  reservedBase: safeInteger(row.reserved),
  quarantineBase: safeInteger(row.quarantine),
});

function rowOf(row: CardRow): StockCardRowResponse {
  const line = lineOf(row);
  return {
    movementId: row.movementId,
    sequence: safeInteger(row.sequence),
    kind: row.kind,
    postedAt: row.postedAt.toISOString(),
    day: chinaDay(row.postedAt),
    depotCodes: row.depotCodes,
    batches: row.batches,
    inBase: line.inBase,
    outBase: line.outBase,
    balanceBase: line.balanceBase,
    availableBase: line.availableBase,
    reservedBase: line.reservedBase,
    quarantineBase: line.quarantineBase,
    allocationId: row.allocationId,
    siteName: row.siteName,
    reversesMovementId: row.reversesMovementId,
    useOrder: row.useOrder,
    note: row.note,
    recordedBy: row.recordedBy,
  };
}
