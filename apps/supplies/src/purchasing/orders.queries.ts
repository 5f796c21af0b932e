import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import { Database, safeInteger } from '@ledger/platform';
import { ApprovalsQueries } from '../approvals/approvals.queries';
import { regionPattern } from '../scope';
import type {
  OrderDetailResponse,
  OrderLineResponse,
  OrderReceiptResponse,
  OrderResponse,
  OrdersQuery,
  OrdersResponse,
} from './dto/orders.dto';

type OrderRow = Omit<OrderResponse, 'amountFen' | 'draftedAt' | 'sentAt' | 'closedAt'> & {
  readonly amountFen: string;
  readonly draftedAt: Date;
  readonly sentAt: Date | null;
  readonly closedAt: Date | null;
  readonly total: string;
};

const LATE = `(orders.state IN ('sent', 'partly-received')
               AND orders.promised_by < (now() AT TIME ZONE 'Asia/Shanghai')::date)`;

const SELECT = `
  SELECT orders.id AS "orderId", orders.number, orders.kind, orders.state, orders.depot_id AS "depotId",
         depot.code AS "depotCode", orders.region_code AS "regionCode", orders.supplier_id AS "supplierId",
         supplier.name AS "supplierName", orders.framework_id AS "frameworkId",
         framework.document_number AS "documentNumber", orders.amount_fen AS "amountFen", orders.reason, orders.season,
         orders.needed_by::text AS "neededBy", orders.promised_by::text AS "promisedBy", ${LATE} IS TRUE AS late,
         orders.acted_first AS "actedFirst", orders.drafted_by AS "draftedBy", orders.drafted_at AS "draftedAt",
         orders.sent_at AS "sentAt", orders.closed_at AS "closedAt", orders.end_reason AS "endReason",
         count(*) OVER () AS total
  FROM purchase_orders AS orders
  JOIN depots AS depot ON depot.id = orders.depot_id
  JOIN suppliers AS supplier ON supplier.id = orders.supplier_id
  LEFT JOIN framework_agreements AS framework ON framework.id = orders.framework_id`;

const LINES = `
  SELECT json_build_object(
           'lineId', line.id, 'itemCode', line.item_code, 'nameZh', item.name_zh, 'unit', item.unit,
           'packBase', line.pack_base, 'unitPriceFen', line.unit_price_fen, 'orderedBase', line.ordered_base,
           'receivedBase', line.received_base, 'openBase', greatest(0, line.ordered_base - line.received_base),
           'need', line.need, 'reasoning', line.reasoning) AS line
  FROM purchase_order_lines AS line JOIN items AS item ON item.code = line.item_code
  WHERE line.order_id = $1 ORDER BY line.position`;

const RECEIPTS = `
  SELECT receipt.id AS "receiptId", receipt.movement_id AS "movementId", receipt.received_at AS "receivedAt",
         receipt.recorded_by AS "recordedBy",
         EXISTS (SELECT 1 FROM movements AS reversal WHERE reversal.reverses_movement_id = receipt.movement_id) AS undone,
         (SELECT json_agg(json_build_object(
            'lineId', part.line_id, 'lotId', part.lot_id, 'batchNumber', lot.batch_number,
            'quantityBase', part.quantity_base, 'unitPriceFen', part.unit_price_fen, 'packBase', part.pack_base)
            ORDER BY part.position)
          FROM purchase_receipt_lines AS part JOIN lots AS lot ON lot.id = part.lot_id
          WHERE part.receipt_id = receipt.id) AS lots
  FROM purchase_receipts AS receipt WHERE receipt.order_id = $1 ORDER BY receipt.received_at, receipt.id`;

/** Reads of purchase orders. */
@Injectable()
export class OrdersQueries {
  constructor(
    private readonly database: Database,
    private readonly approvals: ApprovalsQueries,
  ) {}

  /** The latest first. */
  async orders(caller: Caller, query: OrdersQuery): Promise<OrdersResponse> {
    const rows = await this.database.query<OrderRow>(
      `${SELECT}
       WHERE orders.region_code LIKE $1 AND ($2::text IS NULL OR orders.state = $2)
         AND ($3::text IS NULL OR orders.kind = $3) AND ($4::uuid IS NULL OR orders.depot_id = $4)
         AND ($5::uuid IS NULL OR orders.supplier_id = $5) AND ($6::boolean IS NULL OR ${LATE} IS TRUE = $6)
       ORDER BY orders.number DESC LIMIT $7 OFFSET $8`,
      [
        ...[regionPattern(query.region ?? caller.regionCode), query.state ?? null, query.kind ?? null],
        ...[query.depotId ?? null, query.supplierId ?? null, query.late ?? null, query.limit, query.offset],
      ],
    );
    return { items: rows.map(orderOf), total: rows[0] ? safeInteger(rows[0].total) : 0 };
  }

  /** @throws DomainError SUPPLIES_PURCHASE_NOT_FOUND, also for an order of another region */
  async order(caller: Caller, id: string): Promise<OrderDetailResponse> {
    const [row] = await this.database.query<OrderRow>(`${SELECT} WHERE orders.id = $1 AND orders.region_code LIKE $2`, [
      id,
      regionPattern(caller.regionCode),
    ]);
    if (!row) throw new DomainError('SUPPLIES_PURCHASE_NOT_FOUND');
    const lines = await this.database.query<{ line: OrderLineResponse }>(LINES, [id]);
    const receipts = await this.database.query<Omit<OrderReceiptResponse, 'receivedAt'> & { receivedAt: Date }>(
      RECEIPTS,
      [id],
    );
    return {
      ...orderOf(row),
      lines: lines.map(({ line }) => line),
      receipts: receipts.map((receipt) => ({ ...receipt, receivedAt: receipt.receivedAt.toISOString() })),
      approvals: await this.approvals.ofSubject('purchase', id),
    };
  }
}

const orderOf = ({ total: _total, ...row }: OrderRow): OrderResponse => ({
  ...row,
  amountFen: safeInteger(row.amountFen),
  draftedAt: row.draftedAt.toISOString(),
  sentAt: row.sentAt?.toISOString() ?? null,
  closedAt: row.closedAt?.toISOString() ?? null,
});
