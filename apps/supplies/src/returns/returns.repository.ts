import { Injectable } from '@nestjs/common';
import type { Tx } from '@ledger/platform';
import type { Inspection } from '../stock/domain/put-away';

export interface ReturnedLine extends Inspection {
  readonly lineId: string;
  readonly itemCode: string;
}

export interface GoodsReturn {
  readonly id: string;
  readonly from: { readonly siteId: string } | { readonly shipmentId: string };
  readonly allocationId: string;
  readonly depotId: string;
  readonly movementId: string;
  readonly returnedAt: Date;
  readonly recordedBy: string;
  readonly recordedById: string;
  readonly note?: string;
  readonly lines: readonly ReturnedLine[];
}

/** Writes returns, from sites and from shipments that turned back. */
@Injectable()
export class ReturnsRepository {
  async insert(tx: Tx, goods: GoodsReturn): Promise<void> {
    const { from } = goods;
    await tx.execute(
      `INSERT INTO returns (id, origin, site_id, shipment_id, allocation_id, depot_id, movement_id, returned_at,
                            recorded_by, recorded_by_id, note)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        goods.id,
        'siteId' in from ? 'site' : 'transit',
        'siteId' in from ? from.siteId : null,
        'shipmentId' in from ? from.shipmentId : null,
        goods.allocationId,
        goods.depotId,
        goods.movementId,
        goods.returnedAt.toISOString(),
        goods.recordedBy,
        goods.recordedById,
        goods.note ?? null,
      ],
    );
    await tx.execute(
      `INSERT INTO return_lines (return_id, line_id, item_code, usable_base, damaged_base, lost_base)
       SELECT $1, line.* FROM unnest($2::uuid[], $3::text[], $4::bigint[], $5::bigint[], $6::bigint[]) AS line`,
      [
        goods.id,
        goods.lines.map(({ lineId }) => lineId),
        goods.lines.map(({ itemCode }) => itemCode),
        goods.lines.map(({ usableBase }) => usableBase),
        goods.lines.map(({ damagedBase }) => damagedBase),
        goods.lines.map(({ lostBase }) => lostBase),
      ],
    );
  }
}
