import { Injectable } from '@nestjs/common';
import type { Tx } from '@ledger/platform';

export interface Handout {
  readonly id: string;
  readonly siteId: string;
  readonly allocationId: string;
  readonly movementId: string | null;
  readonly peopleReached: number;
  readonly handedOutAt: Date;
  readonly recordedBy: string;
  readonly recordedById: string;
  readonly note?: string;
  readonly lines: readonly {
    readonly lineId: string;
    readonly itemCode: string;
    readonly quantityBase: number;
    readonly consumed: boolean;
  }[];
}

/** Writes hand-outs. */
@Injectable()
export class HandoutsRepository {
  async insert(tx: Tx, handout: Handout): Promise<void> {
    await tx.execute(
      `INSERT INTO handouts (id, site_id, allocation_id, movement_id, people_reached, handed_out_at, recorded_by,
                             recorded_by_id, note)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        handout.id,
        handout.siteId,
        handout.allocationId,
        handout.movementId,
        handout.peopleReached,
        handout.handedOutAt.toISOString(),
        handout.recordedBy,
        handout.recordedById,
        handout.note ?? null,
      ],
    );
    await tx.execute(
      `INSERT INTO handout_lines (handout_id, line_id, item_code, quantity_base, consumed)
       SELECT $1, line.* FROM unnest($2::uuid[], $3::text[], $4::bigint[], $5::boolean[]) AS line`,
      [
        handout.id,
        handout.lines.map(({ lineId }) => lineId),
        handout.lines.map(({ itemCode }) => itemCode),
        handout.lines.map(({ quantityBase }) => quantityBase),
        handout.lines.map(({ consumed }) => consumed),
      ],
    );
  }
}
