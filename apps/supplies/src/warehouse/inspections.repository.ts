import { Injectable } from '@nestjs/common';
import type { Caller } from '@ledger/contracts';
import { newId, safeInteger, type Cause, type Tx } from '@ledger/platform';
import type { Place } from '../scope';
import { DEFAULT_INSPECTION_POLICY, type InspectionPolicy, type InspectionState } from './domain/inspection';
import { OverdueWork, inHours } from './overdue-work';

/** Goods of one lot that lie in quarantine until somebody has looked at them. */
export interface GoodsToInspect {
  readonly depot: Place & { readonly id: string };
  readonly lots: readonly { readonly lotId: string; readonly quantityBase: number }[];
  readonly receiptMovementId: string | null;
  readonly reason: string;
  readonly caller: Caller;
}

/** An inspection and the place whose people may see it. */
export interface Inspection extends Place {
  readonly id: string;
  readonly depotId: string;
  readonly lotId: string;
  readonly quantityBase: number;
  readonly state: InspectionState;
  readonly openedById: string;
}

export interface InspectionEnd {
  readonly state: InspectionState;
  readonly by: { readonly name: string; readonly userId: string | null };
  readonly acceptedBase?: number;
  readonly rejectedBase?: number;
  readonly rejectionReason?: string;
  readonly defects?: string;
}

const SELECT = `
  SELECT id, depot_id AS "depotId", lot_id AS "lotId", quantity_base AS "quantityBase", state,
         opened_by_id AS "openedById",
         (SELECT region_code FROM depots WHERE depots.id = depot_id) AS "regionCode",
         (SELECT organisation_id FROM depots WHERE depots.id = depot_id) AS "organisationId"
  FROM inspections`;

/** Writes inspections. They are locked before lots and balances. */
@Injectable()
export class InspectionsRepository {
  constructor(private readonly overdue: OverdueWork) {}

  /** Opens an inspection for every lot, due within the hours that the depot allows. */
  async open(tx: Tx, goods: GoodsToInspect, cause: Cause): Promise<string[]> {
    const { depot, lots, receiptMovementId, reason, caller } = goods;
    const dueAt = inHours(tx, (await this.policyOf(tx, depot.id)).withinHours);
    const ids = lots.map(() => newId());
    await tx.execute(
      `INSERT INTO inspections (id, depot_id, lot_id, quantity_base, state, receipt_movement_id, reason, opened_by,
                                opened_by_id, due_at)
       SELECT line.id, $4, line.lot_id, line.quantity_base, 'open', $5, $6, $7, $8, $9
       FROM unnest($1::uuid[], $2::uuid[], $3::bigint[]) AS line (id, lot_id, quantity_base)`,
      [
        ids,
        lots.map(({ lotId }) => lotId),
        lots.map(({ quantityBase }) => quantityBase),
        depot.id,
        receiptMovementId,
        reason,
        caller.displayName,
        caller.userId,
        dueAt,
      ],
    );
    for (const subjectId of ids) await this.overdue.expect(tx, { work: 'inspection', subjectId, depot, dueAt }, cause);
    return ids;
  }

  async lock(tx: Tx, id: string): Promise<Inspection | undefined> {
    return (await tx.query<InspectionRecord>(`${SELECT} WHERE id = $1 FOR UPDATE`, [id])).map(inspectionOf)[0];
  }

  /** The open inspections of the goods that a receipt brought. */
  async lockOpenOf(tx: Tx, receiptMovementId: string): Promise<Inspection[]> {
    const rows = await tx.query<InspectionRecord>(
      `${SELECT} WHERE receipt_movement_id = $1 AND state = 'open' ORDER BY id FOR UPDATE`,
      [receiptMovementId],
    );
    return rows.map(inspectionOf);
  }

  /** Gives the claim on the pieces up; what was accepted is put away after that. */
  async end(tx: Tx, inspectionId: string, end: InspectionEnd): Promise<void> {
    await tx.execute(
      `UPDATE inspections SET state = $2, accepted_base = $3, rejected_base = $4, rejection_reason = $5, defects = $6,
              closed_by = $7, closed_by_id = $8, closed_at = now() WHERE id = $1`,
      [
        inspectionId,
        end.state,
        end.acceptedBase ?? null,
        end.rejectedBase ?? null,
        end.rejectionReason ?? null,
        end.defects ?? null,
        end.by.name,
        end.by.userId,
      ],
    );
    await this.overdue.done(tx, 'inspection', inspectionId);
  }

  async putAway(tx: Tx, inspectionId: string, movementId: string): Promise<void> {
    await tx.execute('UPDATE inspections SET movement_id = $2 WHERE id = $1', [inspectionId, movementId]);
  }

  async policyOf(tx: Tx, depotId: string): Promise<InspectionPolicy> {
    const [policy = DEFAULT_INSPECTION_POLICY] = await tx.query<InspectionPolicy>(
      `SELECT two_people AS "twoPeople", within_hours AS "withinHours" FROM inspection_policies
       WHERE depot_id = $1 ORDER BY set_at DESC, id DESC LIMIT 1`,
      [depotId],
    );
    return policy;
  }
}

type InspectionRecord = Omit<Inspection, 'quantityBase'> & { readonly quantityBase: string };

const inspectionOf = (row: InspectionRecord): Inspection => ({ ...row, quantityBase: safeInteger(row.quantityBase) });
