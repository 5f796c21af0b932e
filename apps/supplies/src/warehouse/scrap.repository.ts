import { Injectable } from '@nestjs/common';
import { newId, safeInteger, type Tx } from '@ledger/platform';
import type { Place } from '../scope';
import type { ScrapReason, ScrapState, ScrapValue } from './domain/scrap';

export interface NewScrapProposal extends ScrapValue {
  readonly depotId: string;
  readonly lotId: string;
  readonly quantityBase: number;
  readonly reason: ScrapReason;
  readonly note: string | null;
  readonly appraisers: readonly string[];
  readonly appraisalMethod: string;
  readonly documentNumber: string;
  readonly heldMovementId: string | null;
  readonly proposedBy: string;
  readonly proposedById: string;
  readonly dueAt: Date;
}

/** A proposal and the place whose people may see it. */
export interface ScrapProposal extends Place, ScrapValue {
  readonly id: string;
  readonly depotId: string;
  readonly lotId: string;
  readonly quantityBase: number;
  readonly state: ScrapState;
  readonly heldMovementId: string | null;
  readonly proposedById: string;
}

export interface ScrapDecided {
  readonly state: ScrapState;
  readonly decidedBy: string;
  readonly decidedById: string;
  readonly note: string;
}

/** Writes scrap proposals. They are locked before lots and balances. */
@Injectable()
export class ScrapRepository {
  async insert(tx: Tx, proposal: NewScrapProposal): Promise<string> {
    const id = newId();
    await tx.execute(
      `INSERT INTO scrap_proposals (id, depot_id, lot_id, quantity_base, state, reason, note, residual_value_fen,
                                    book_value_fen, appraisers, appraisal_method, document_number, held_movement_id,
                                    proposed_by, proposed_by_id, due_at)
       VALUES ($1, $2, $3, $4, 'proposed', $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
      [
        id,
        proposal.depotId,
        proposal.lotId,
        proposal.quantityBase,
        proposal.reason,
        proposal.note,
        proposal.residualValueFen,
        proposal.bookValueFen,
        proposal.appraisers,
        proposal.appraisalMethod,
        proposal.documentNumber,
        proposal.heldMovementId,
        proposal.proposedBy,
        proposal.proposedById,
        proposal.dueAt,
      ],
    );
    return id;
  }

  async lock(tx: Tx, id: string): Promise<ScrapProposal | undefined> {
    const [row] = await tx.query<
      Omit<ScrapProposal, 'quantityBase' | 'residualValueFen' | 'bookValueFen'> & {
        quantity: string;
        residual: string;
        book: string | null;
      }
    >(
      `SELECT id, depot_id AS "depotId", lot_id AS "lotId", quantity_base AS quantity, state,
              residual_value_fen AS residual, book_value_fen AS book, held_movement_id AS "heldMovementId",
              proposed_by_id AS "proposedById",
              (SELECT region_code FROM depots WHERE depots.id = depot_id) AS "regionCode",
              (SELECT organisation_id FROM depots WHERE depots.id = depot_id) AS "organisationId"
       FROM scrap_proposals WHERE id = $1 FOR UPDATE`,
      [id],
    );
    if (!row) return undefined;
    const { quantity, residual, book, ...proposal } = row;
    return {
      ...proposal,
      quantityBase: safeInteger(quantity),
      residualValueFen: safeInteger(residual),
      bookValueFen: book === null ? null : safeInteger(book),
    };
  }

  /** Gives the claim on the pieces up; they move after that. */
  async decide(tx: Tx, proposalId: string, decided: ScrapDecided): Promise<void> {
    await tx.execute(
      `UPDATE scrap_proposals SET state = $2, decided_by = $3, decided_by_id = $4, decided_at = now(),
              decision_note = $5 WHERE id = $1`,
      [proposalId, decided.state, decided.decidedBy, decided.decidedById, decided.note],
    );
  }

  async move(tx: Tx, proposalId: string, movementId: string): Promise<void> {
    await tx.execute('UPDATE scrap_proposals SET movement_id = $2 WHERE id = $1', [proposalId, movementId]);
  }
}
