import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import { newId, safeInteger, type Tx } from '@ledger/platform';
import type { Day } from '../stock/domain/calendar';
import type { FromState } from './domain/ways-out';

export interface NewProposal {
  readonly orderId: string;
  readonly way: 'extend' | 'scrap';
  readonly quantityBase?: number;
  readonly fromState?: FromState;
  readonly newExpiryDate?: Day;
  readonly appraiser: string;
  readonly method: string;
  readonly finding: string;
  readonly document?: string;
}

export interface Proposal {
  readonly id: string;
  readonly orderId: string;
  readonly way: 'extend' | 'scrap';
  readonly quantityBase: number | null;
  readonly fromState: FromState | null;
  readonly newExpiryDate: Day | null;
  readonly appraiser: string;
  readonly method: string;
  readonly finding: string;
  readonly document: string | null;
  readonly state: 'proposed' | 'approved' | 'rejected';
  readonly proposedById: string;
}

/** Writes appraisals and what was decided on them. They are locked after their order. */
@Injectable()
export class RotationProposalsRepository {
  async insert(tx: Tx, proposal: NewProposal, by: Caller): Promise<string> {
    const id = newId();
    await tx.execute(
      `INSERT INTO rotation_proposals (id, order_id, way, quantity_base, from_state, new_expiry_date, appraiser, method,
         finding, document, state, proposed_by, proposed_by_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'proposed', $11, $12)`,
      [
        ...[id, proposal.orderId, proposal.way, proposal.quantityBase ?? null, proposal.fromState ?? null],
        ...[proposal.newExpiryDate ?? null, proposal.appraiser, proposal.method, proposal.finding],
        ...[proposal.document ?? null, by.displayName, by.userId],
      ],
    );
    return id;
  }

  /** The order of a proposal, to lock it first. @throws DomainError SUPPLIES_ROTATION_PROPOSAL_NOT_FOUND */
  async orderOf(tx: Tx, id: string): Promise<string> {
    const [row] = await tx.query<{ order_id: string }>('SELECT order_id FROM rotation_proposals WHERE id = $1', [id]);
    if (!row) throw new DomainError('SUPPLIES_ROTATION_PROPOSAL_NOT_FOUND');
    return row.order_id;
  }

  async lock(tx: Tx, id: string): Promise<Proposal> {
    const [row] = await tx.query<Omit<Proposal, 'quantityBase'> & { quantity: string | null }>(
      `SELECT id, order_id AS "orderId", way, quantity_base AS quantity, from_state AS "fromState",
              new_expiry_date::text AS "newExpiryDate", appraiser, method, finding, document, state,
              proposed_by_id AS "proposedById"
       FROM rotation_proposals WHERE id = $1 FOR UPDATE`,
      [id],
    );
    const { quantity, ...proposal } = row;
    return { ...proposal, quantityBase: quantity === null ? null : safeInteger(quantity) };
  }

  async decide(
    tx: Tx,
    id: string,
    decision: { readonly state: 'approved' | 'rejected'; readonly by: Caller; readonly note?: string },
  ): Promise<void> {
    await tx.execute(
      `UPDATE rotation_proposals SET state = $2, decided_by = $3, decided_by_id = $4, decided_at = now(),
              decision_note = $5 WHERE id = $1`,
      [id, decision.state, decision.by.displayName, decision.by.userId, decision.note ?? null],
    );
  }

  async insertExtension(
    tx: Tx,
    extension: { readonly lotId: string; readonly oldLifeEnd: Day; readonly newExpiryDate: Day },
    proposal: Proposal,
    by: Caller,
  ): Promise<string> {
    const id = newId();
    await tx.execute(
      `INSERT INTO lot_extensions (id, lot_id, proposal_id, old_life_end, new_expiry_date, appraiser, method, document,
         proposed_by_id, approved_by, approved_by_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        ...[id, extension.lotId, proposal.id, extension.oldLifeEnd, extension.newExpiryDate, proposal.appraiser],
        ...[proposal.method, proposal.document, proposal.proposedById, by.displayName, by.userId],
      ],
    );
    return id;
  }
}
