import { Injectable } from '@nestjs/common';
import { safeInteger, type Tx } from '@ledger/platform';

/** What was ordered for a depot, or is about to be, and has not come. */
export interface OpenOrder {
  readonly depotId: string;
  readonly itemCode: string;
  readonly openBase: number;
}

/** What is on its way from suppliers, for features that must not order it again. */
@Injectable()
export class OpenOrders {
  /** Drafts count as well: whoever made one has the need in hand. */
  async of(tx: Pick<Tx, 'query'>, depotIds: readonly string[]): Promise<OpenOrder[]> {
    const rows = await tx.query<{ depotId: string; itemCode: string; open: string }>(
      `SELECT orders.depot_id AS "depotId", line.item_code AS "itemCode",
              sum(greatest(0, line.ordered_base - line.received_base)) AS open
       FROM purchase_orders AS orders JOIN purchase_order_lines AS line ON line.order_id = orders.id
       WHERE orders.depot_id = ANY($1) AND orders.state IN ('draft', 'submitted', 'approved', 'sent', 'partly-received')
       GROUP BY orders.depot_id, line.item_code`,
      [depotIds],
    );
    return rows.map(({ open, ...row }) => ({ ...row, openBase: safeInteger(open) }));
  }
}
