import { Injectable } from '@nestjs/common';
import { StockIssued, transitAccount } from '@ledger/contracts';
import { Outbox, safeInteger, type Cause, type Tx } from '@ledger/platform';
import type { IssueOrder } from './issue-orders.repository';

interface IssuedRow {
  readonly line_id: string;
  readonly item_code: string;
  readonly lot_id: string;
  readonly quantity_base: string;
}

/** What the saga is told about a shipment that left. Read from the postings, so a repetition says the same. */
@Injectable()
export class IssueAnswers {
  constructor(private readonly outbox: Outbox) {}

  async issued(tx: Tx, order: IssueOrder, cause: Cause): Promise<void> {
    const rows = await tx.query<IssuedRow>(
      `SELECT posting.line_id, lot.item_code, posting.lot_id, sum(posting.quantity_base) AS quantity_base
       FROM postings AS posting JOIN lots AS lot ON lot.id = posting.lot_id
       WHERE posting.movement_id = $1 AND posting.to_account = $2
       GROUP BY posting.line_id, lot.item_code, posting.lot_id ORDER BY posting.line_id, posting.lot_id`,
      [order.movementId, transitAccount(order.shipmentId)],
    );
    const { allocationId, shipmentId, depotId } = order;
    await this.outbox.add(
      tx,
      StockIssued,
      {
        allocationId,
        shipmentId,
        depotId,
        movementId: String(order.movementId),
        lines: rows.map((row) => ({
          lineId: row.line_id,
          itemCode: row.item_code,
          lotId: row.lot_id,
          quantityBase: safeInteger(row.quantity_base),
        })),
        issuedBy: String(order.confirmedBy),
        issuedAt: (order.closedAt as Date).toISOString(),
      },
      cause,
    );
  }
}
