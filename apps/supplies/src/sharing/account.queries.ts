import { Injectable } from '@nestjs/common';
import type { Caller } from '@ledger/contracts';
import { Database, safeInteger } from '@ledger/platform';
import type {
  AccountPositionResponse,
  AccountQuery,
  AccountResponse,
  StatementEntryResponse,
  StatementResponse,
} from './dto/account.dto';

const POSITIONS = `
  SELECT balance.item_code AS "itemCode", item.name_zh AS "nameZh", item.unit,
         balance.counterparty_region_code AS "counterpartyRegionCode",
         sum(greatest(balance.balance_base, 0))::float8 AS "owedToUsBase",
         sum(greatest(-balance.balance_base, 0))::float8 AS "owedByUsBase",
         sum(balance.balance_base)::float8 AS "netBase", count(*) OVER () AS total
  FROM mutual_aid_balances AS balance JOIN items AS item ON item.code = balance.item_code
  WHERE balance.region_code = $1 AND balance.balance_base <> 0
    AND ($2::text IS NULL OR balance.item_code = $2) AND ($3::text IS NULL OR balance.counterparty_region_code = $3)
  GROUP BY balance.item_code, item.name_zh, item.unit, balance.counterparty_region_code
  ORDER BY balance.item_code, balance.counterparty_region_code LIMIT $4 OFFSET $5`;

const STATEMENT = `
  SELECT entry.posted_at AS "postedAt", entry.kind, entry.account, entry.item_code AS "itemCode",
         entry.counterparty_region_code AS "counterpartyRegionCode", entry.loan_id AS "loanId", loan.number AS "loanNumber",
         entry.change_base::float8 AS "changeBase",
         sum(entry.change_base) OVER (PARTITION BY entry.account, entry.item_code ORDER BY entry.position)::float8
           AS "balanceBase",
         settlement.amount_fen::float8 AS "amountFen", entry.recorded_by AS "recordedBy", count(*) OVER () AS total
  FROM mutual_aid_entries AS entry JOIN loans AS loan ON loan.id = entry.loan_id
  LEFT JOIN loan_settlements AS settlement ON settlement.id = entry.settlement_id
  WHERE entry.region_code = $1 AND ($2::text IS NULL OR entry.item_code = $2)
    AND ($3::text IS NULL OR entry.counterparty_region_code = $3)
  ORDER BY entry.position LIMIT $4 OFFSET $5`;

/** The mutual-aid account as a region's own book shows it. */
@Injectable()
export class AccountQueries {
  constructor(private readonly database: Database) {}

  /** What is owed to the region and by it, per item and other side. */
  async account(caller: Caller, query: AccountQuery): Promise<AccountResponse> {
    const rows = await this.database.query<AccountPositionResponse & { total: string }>(
      POSITIONS,
      parameters(caller, query),
    );
    const items = rows.map(({ total: _total, ...position }) => position);
    return { region: query.region ?? caller.regionCode, items, total: totalOf(rows) };
  }

  /** Every entry in the order in which it was booked, with the balance after it. */
  async statement(caller: Caller, query: AccountQuery): Promise<StatementResponse> {
    const rows = await this.database.query<
      Omit<StatementEntryResponse, 'postedAt'> & { postedAt: Date; total: string }
    >(STATEMENT, parameters(caller, query));
    const items = rows.map(({ total: _total, ...entry }) => ({ ...entry, postedAt: entry.postedAt.toISOString() }));
    return { region: query.region ?? caller.regionCode, items, total: totalOf(rows) };
  }
}

const parameters = (caller: Caller, { region, item, counterparty, limit, offset }: AccountQuery) => [
  ...[region ?? caller.regionCode, item ?? null, counterparty ?? null, limit, offset],
];

const totalOf = (rows: readonly { readonly total: string }[]): number => (rows[0] ? safeInteger(rows[0].total) : 0);
