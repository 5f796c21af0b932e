import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import { Database, safeInteger } from '@ledger/platform';
import { regionPattern } from '../scope';
import type {
  TransferDetailResponse,
  TransferReceiptResponse,
  TransferSettlementResponse,
} from './dto/transfer-record.dto';
import type {
  TransferLineResponse,
  TransferLotResponse,
  TransferResponse,
  TransfersQuery,
  TransfersResponse,
} from './dto/transfer.dto';

type TransferRecord = Omit<
  TransferResponse,
  'dueAt' | 'requestedAt' | 'dispatchedAt' | 'closedAt' | 'inTransitBase'
> & {
  readonly dueAt: Date;
  readonly requestedAt: Date;
  readonly dispatchedAt: Date | null;
  readonly closedAt: Date | null;
  readonly inTransitBase: string;
};

const OVERDUE = `transfer.state IN ('ordered', 'dispatched') AND transfer.due_at < now()`;

const SELECT = `
  SELECT transfer.id, sender.id AS "fromDepotId", sender.code AS "fromDepotCode", receiver.id AS "toDepotId",
         receiver.code AS "toDepotCode", transfer.state, transfer.reason, transfer.may_break_floor AS "mayBreakFloor",
         transfer.due_at AS "dueAt", ${OVERDUE} AS overdue, transfer.requested_by AS "requestedBy",
         transfer.requested_at AS "requestedAt", transfer.dispatched_by AS "dispatchedBy",
         transfer.dispatched_at AS "dispatchedAt", transfer.dispatch_movement_id AS "dispatchMovementId",
         transfer.carried_by AS "carriedBy", transfer.cancelled_by AS "cancelledBy",
         transfer.cancel_reason AS "cancelReason", transfer.closed_at AS "closedAt",
         (SELECT coalesce(sum(quantity_base), 0) FROM balances WHERE account = 'transit:' || transfer.id)
           AS "inTransitBase", count(*) OVER () AS total
  FROM transfers AS transfer
  JOIN depots AS sender ON sender.id = transfer.from_depot_id
  JOIN depots AS receiver ON receiver.id = transfer.to_depot_id`;

const LINES = `
  SELECT line.item_code AS "itemCode", item.name_zh AS "nameZh", item.unit, line.lot_id AS "lotId",
         line.quantity_base AS "orderedBase"
  FROM transfer_lines AS line JOIN items AS item ON item.code = line.item_code
  WHERE line.transfer_id = $1 ORDER BY line.position`;

const LOTS = `
  SELECT lot.id AS "lotId", lot.item_code AS "itemCode", lot.batch_number AS "batchNumber",
         lot.serial_number AS "serialNumber", lot.expiry_date::text AS "expiryDate", sent.quantity_base AS "sentBase",
         arrived."receivedBase", arrived."damagedBase", arrived."surplusBase",
         sent.quantity_base - arrived."receivedBase" - arrived."damagedBase" - coalesce(road.quantity_base, 0)
           AS "settledBase", coalesce(road.quantity_base, 0) AS "inTransitBase"
  FROM transfer_lots AS sent JOIN lots AS lot ON lot.id = sent.lot_id
  LEFT JOIN balances AS road ON road.account = 'transit:' || sent.transfer_id AND road.lot_id = sent.lot_id
  CROSS JOIN LATERAL (
    SELECT coalesce(sum(line.received_base), 0) AS "receivedBase", coalesce(sum(line.damaged_base), 0) AS "damagedBase",
           coalesce(sum(line.surplus_base), 0) AS "surplusBase"
    FROM transfer_receipt_lines AS line JOIN transfer_receipts AS receipt ON receipt.id = line.receipt_id
    WHERE receipt.transfer_id = sent.transfer_id AND line.lot_id = sent.lot_id) AS arrived
  WHERE sent.transfer_id = $1 ORDER BY lot.item_code, lot.expiry_date, lot.id`;

const RECEIPTS = `
  SELECT receipt.id, receipt.movement_id AS "movementId", receipt.note, receipt.received_at AS "receivedAt",
         receipt.recorded_by AS "recordedBy",
         (SELECT json_agg(json_build_object('lotId', line.lot_id, 'itemCode', line.item_code,
                    'receivedBase', line.received_base, 'damagedBase', line.damaged_base,
                    'shortBase', line.short_base, 'surplusBase', line.surplus_base) ORDER BY line.item_code, line.lot_id)
          FROM transfer_receipt_lines AS line WHERE line.receipt_id = receipt.id) AS lines
  FROM transfer_receipts AS receipt WHERE receipt.transfer_id = $1 ORDER BY receipt.recorded_at, receipt.id`;

const SETTLEMENTS = `
  SELECT settlement.id, settlement.state, settlement.note, settlement.proposed_by AS "proposedBy",
         settlement.proposed_at AS "proposedAt", settlement.decided_by AS "decidedBy",
         settlement.decided_at AS "decidedAt", settlement.decision_note AS "decisionNote",
         settlement.movement_id AS "movementId",
         (SELECT json_agg(json_build_object('lotId', line.lot_id, 'foundAtReceiverBase', line.found_at_receiver_base,
                    'foundAtSenderBase', line.found_at_sender_base, 'lostBase', line.lost_base) ORDER BY line.lot_id)
          FROM transfer_settlement_lines AS line WHERE line.settlement_id = settlement.id) AS lines
  FROM transfer_settlements AS settlement WHERE settlement.transfer_id = $1
  ORDER BY settlement.proposed_at, settlement.id`;

/** Reads of transfers, for the people of both ends. */
@Injectable()
export class TransfersQueries {
  constructor(private readonly database: Database) {}

  /** Those that are due first come first. */
  async transfers(caller: Caller, query: TransfersQuery): Promise<TransfersResponse> {
    const rows = await this.database.query<TransferRecord & { total: string }>(
      `${SELECT}
       WHERE (($2::text IS DISTINCT FROM 'in' AND sender.region_code LIKE $1)
              OR ($2::text IS DISTINCT FROM 'out' AND receiver.region_code LIKE $1))
         AND ($3::uuid IS NULL OR sender.id = $3 OR receiver.id = $3)
         AND ($4::text IS NULL OR transfer.state = $4) AND (NOT $5 OR (${OVERDUE}))
       ORDER BY transfer.due_at, transfer.id LIMIT $6 OFFSET $7`,
      [
        ...[regionPattern(caller.regionCode), query.direction ?? null, query.depotId ?? null, query.state ?? null],
        ...[query.overdue === 'true', query.limit, query.offset],
      ],
    );
    const items = rows.map(({ total: _total, ...row }) => transferOf(row));
    return { items, total: rows[0] ? safeInteger(rows[0].total) : 0 };
  }

  /** @throws DomainError SUPPLIES_TRANSFER_NOT_FOUND, also for one between regions that are not the caller's */
  async transfer(caller: Caller, id: string): Promise<TransferDetailResponse> {
    const [row] = await this.database.query<TransferRecord & { total: string }>(
      `${SELECT} WHERE transfer.id = $1 AND (sender.region_code LIKE $2 OR receiver.region_code LIKE $2)`,
      [id, regionPattern(caller.regionCode)],
    );
    if (!row) throw new DomainError('SUPPLIES_TRANSFER_NOT_FOUND');
    const { total: _total, ...transfer } = row;
    return {
      ...transferOf(transfer),
      lines: (await this.database.query<TransferLineResponse>(LINES, [row.id])).map(counted),
      lots: (await this.database.query<TransferLotResponse>(LOTS, [row.id])).map(counted),
      receipts: await this.receipts(row.id),
      settlements: await this.settlements(row.id),
    };
  }

  private async receipts(transferId: string): Promise<TransferReceiptResponse[]> {
    const rows = await this.database.query<Omit<TransferReceiptResponse, 'receivedAt'> & { receivedAt: Date }>(
      RECEIPTS,
      [transferId],
    );
    return rows.map((row) => ({ ...row, receivedAt: row.receivedAt.toISOString() }));
  }

  private async settlements(transferId: string): Promise<TransferSettlementResponse[]> {
    const rows = await this.database.query<
      Omit<TransferSettlementResponse, 'proposedAt' | 'decidedAt'> & { proposedAt: Date; decidedAt: Date | null }
    >(SETTLEMENTS, [transferId]);
    return rows.map((row) => ({
      ...row,
      proposedAt: row.proposedAt.toISOString(),
      decidedAt: row.decidedAt?.toISOString() ?? null,
    }));
  }
}

function transferOf(row: TransferRecord): TransferResponse {
  return {
    ...row,
    dueAt: row.dueAt.toISOString(),
    requestedAt: row.requestedAt.toISOString(),
    dispatchedAt: row.dispatchedAt?.toISOString() ?? null,
    closedAt: row.closedAt?.toISOString() ?? null,
    inTransitBase: safeInteger(row.inTransitBase),
  };
}

/** Quantities come as texts; all of them end in `Base`. */
function counted<Row extends object>(row: Row): Row {
  const counts = Object.entries(row)
    .filter(([name]) => name.endsWith('Base'))
    .map(([name, value]) => [name, safeInteger(value as string)]);
  return { ...row, ...Object.fromEntries(counts) } as Row;
}
