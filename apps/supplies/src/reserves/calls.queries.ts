import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import { Database, safeInteger } from '@ledger/platform';
import { regionPattern } from '../scope';
import type { CallDetailResponse, CallReceiptResponse, CallResponse, CallsQuery, CallsResponse } from './dto/call.dto';
import type { CallRuleResponse, CallRulesQuery, CallRulesResponse } from './dto/call-rule.dto';
import { DEFAULT_CALL_RULE } from './domain/decide-call';
import { CONTRACT_IN_REACH, reachOf } from './reach';

type Bigint = 'quantityBase' | 'receivedBase' | 'releasedBase';
type Instant = 'neededBy' | 'promisedBy' | 'approvedAt' | 'placedAt' | 'lateSince';
type CallRow = Omit<CallResponse, Bigint | Instant | 'openBase' | 'amountFen'> &
  Record<Bigint, string> &
  Record<Instant, Date | null> & { readonly amountFen: string | null };

const COLUMNS = `
  call.id AS "callId", call.contract_id AS "contractId", contract.document_number AS "documentNumber", contract.mode,
  contract.counterparty_name AS "counterpartyName", contract.item_code AS "itemCode", call.state,
  call.quantity_base AS "quantityBase", call.received_base AS "receivedBase", call.released_base AS "releasedBase",
  call.needed_by AS "neededBy", call.promised_by AS "promisedBy", call.destination_depot_id AS "destinationDepotId",
  call.destination_region_code AS "destinationRegionCode", call.breaks_minimum AS "breaksMinimum",
  call.use_order AS "useOrder", call.reason, call.amount_fen AS "amountFen", call.approval_reason AS "approvalReason",
  call.approved_by AS "approvedBy", call.approved_at AS "approvedAt", call.placed_by AS "placedBy",
  call.placed_at AS "placedAt", call.late_since AS "lateSince", call.escalation
  FROM reserve_contract_calls AS call JOIN reserve_contracts AS contract ON contract.id = call.contract_id`;

const OPEN = `call.state IN ('awaiting-approval', 'called', 'confirmed', 'delivering')`;

/** Late by rows and clock alone: whether a deadline has run or not does not matter. */
const LIST = `
  SELECT count(*) OVER () AS total, ${COLUMNS}
  WHERE (${CONTRACT_IN_REACH}) AND ($4::text IS NULL OR call.destination_region_code LIKE $4
      OR contract.region_code LIKE $4)
    AND ($5::text IS NULL OR call.state = $5) AND ($6::uuid IS NULL OR call.contract_id = $6)
    AND ($7::boolean IS NULL OR $7 = (${OPEN} AND call.needed_by < now()))
  ORDER BY call.needed_by, call.id LIMIT $8 OFFSET $9`;

/** Reads of calls and of the rules that say who signs them. */
@Injectable()
export class CallsQueries {
  constructor(private readonly database: Database) {}

  async calls(caller: Caller, query: CallsQuery): Promise<CallsResponse> {
    const region = query.region === undefined ? null : regionPattern(query.region);
    const filters = [query.state ?? null, query.contractId ?? null, query.late ?? null];
    const parameters = [...reachOf(caller), region, ...filters, query.limit, query.offset];
    const rows = await this.database.query<CallRow & { total: string }>(LIST, parameters);
    return { items: rows.map(({ total: _total, ...row }) => callOf(row)), total: totalOf(rows) };
  }

  /** @throws DomainError SUPPLIES_RESERVE_CALL_NOT_FOUND, also for one out of the caller's reach */
  async call(caller: Caller, id: string): Promise<CallDetailResponse> {
    const [row] = await this.database.query<CallRow>(
      `SELECT ${COLUMNS} WHERE call.id = $4 AND (${CONTRACT_IN_REACH})`,
      [...reachOf(caller), id],
    );
    if (!row) throw new DomainError('SUPPLIES_RESERVE_CALL_NOT_FOUND');
    return { ...callOf(row), receipts: await this.receipts(id) };
  }

  /** Rules of a region and of those above it: the nearest region's latest is in force. */
  async rules(caller: Caller, query: CallRulesQuery): Promise<CallRulesResponse> {
    const region = query.region ?? caller.regionCode;
    const rows = await this.database.query<RuleRow>(
      `SELECT id AS "ruleId", region_code AS "regionCode", valid_from::text AS "validFrom",
              from_quantity_base AS "fromQuantityBase", from_amount_fen AS "fromAmountFen", basis,
              recorded_by AS "recordedBy", valid_from <= (now() AT TIME ZONE 'Asia/Shanghai')::date AS begun
       FROM reserve_contract_call_rules WHERE starts_with($1, region_code)
       ORDER BY length(region_code) DESC, valid_from DESC, recorded_at DESC LIMIT 1000`,
      [region],
    );
    const inForce = rows.find(({ begun }) => begun);
    const page = rows.slice(query.offset, query.offset + query.limit);
    return { inForce: inForce ? ruleOf(inForce) : ESTIMATE, items: page.map(ruleOf), total: rows.length };
  }

  private async receipts(callId: string): Promise<CallReceiptResponse[]> {
    const rows = await this.database.query<{
      movement_id: string;
      quantity_base: string;
      received_at: Date;
      reversed: boolean;
    }>(
      `SELECT receipt.movement_id, receipt.quantity_base, receipt.received_at, EXISTS (
         SELECT 1 FROM movements AS reversal WHERE reversal.reverses_movement_id = receipt.movement_id) AS reversed
       FROM reserve_contract_call_receipts AS receipt WHERE receipt.call_id = $1
       ORDER BY receipt.received_at, receipt.movement_id LIMIT 1000`,
      [callId],
    );
    return rows.map((row) => ({
      movementId: row.movement_id,
      quantityBase: safeInteger(row.quantity_base),
      receivedAt: row.received_at.toISOString(),
      reversed: row.reversed,
    }));
  }
}

const totalOf = (rows: readonly { readonly total: string }[]): number => (rows[0] ? safeInteger(rows[0].total) : 0);

function callOf(row: CallRow): CallResponse {
  const quantityBase = safeInteger(row.quantityBase);
  const receivedBase = safeInteger(row.receivedBase);
  const releasedBase = safeInteger(row.releasedBase);
  return {
    ...row,
    quantityBase,
    receivedBase,
    releasedBase,
    openBase: quantityBase - receivedBase - releasedBase,
    amountFen: row.amountFen === null ? null : safeInteger(row.amountFen),
    neededBy: (row.neededBy as Date).toISOString(),
    placedAt: (row.placedAt as Date).toISOString(),
    promisedBy: row.promisedBy?.toISOString() ?? null,
    approvedAt: row.approvedAt?.toISOString() ?? null,
    lateSince: row.lateSince?.toISOString() ?? null,
  };
}

type RuleRow = Omit<CallRuleResponse, 'fromQuantityBase' | 'fromAmountFen'> & {
  readonly fromQuantityBase: string | null;
  readonly fromAmountFen: string | null;
  readonly begun: boolean;
};

function ruleOf({ begun: _begun, fromQuantityBase, fromAmountFen, ...rule }: RuleRow): CallRuleResponse {
  return {
    ...rule,
    fromQuantityBase: fromQuantityBase === null ? null : safeInteger(fromQuantityBase),
    fromAmountFen: fromAmountFen === null ? null : safeInteger(fromAmountFen),
  };
}

const ESTIMATE: CallRuleResponse = {
  ruleId: null,
  regionCode: null,
  validFrom: null,
  ...DEFAULT_CALL_RULE,
  basis: 'estimate',
  recordedBy: null,
};
