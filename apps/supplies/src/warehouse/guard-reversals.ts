import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DomainError } from '@ledger/contracts';
import type { Tx } from '@ledger/platform';
import { ReversalHooks, type ReversedMovement } from '../stock/reversal-hooks';
import { nextInspectionState } from './domain/inspection';
import { InspectionsRepository } from './inspections.repository';

/**
 * What happens to the records of a warehouse when a movement is undone. A receipt takes its open inspections with it. A
 * put-away and a scrapping that are undone leave their records as they are: that they were undone is read from the
 * reversal, and the goods lie in quarantine again. Movements of a recall, and of a scrap proposal that waits, are undone
 * by their own opposite: the release, the decision.
 */
@Injectable()
export class GuardReversals implements OnModuleInit {
  constructor(
    private readonly hooks: ReversalHooks,
    private readonly inspections: InspectionsRepository,
  ) {}

  onModuleInit(): void {
    this.hooks.on((tx, movement) => this.execute(tx, movement));
  }

  /** @throws DomainError SUPPLIES_MOVEMENT_NOT_REVERSIBLE */
  async execute(tx: Tx, movement: ReversedMovement): Promise<void> {
    await assertNotOfRecall(tx, movement.movementId);
    await assertNotOfProposal(tx, movement.movementId);
    for (const inspection of await this.inspections.lockOpenOf(tx, movement.movementId)) {
      const state = nextInspectionState(inspection.state, 'withdraw');
      await this.inspections.end(tx, inspection.id, { state, by: movement.recordedBy });
    }
  }
}

async function assertNotOfRecall(tx: Tx, movementId: string): Promise<void> {
  const rows = await tx.query('SELECT 1 FROM recall_movements WHERE movement_id = $1 LIMIT 1', [movementId]);
  if (rows.length > 0) {
    throw new DomainError('SUPPLIES_MOVEMENT_NOT_REVERSIBLE', { detail: 'change the quality of the lot instead' });
  }
}

/** The row is locked, so that a decision about the proposal and the reversal of its hold cannot both go through. */
async function assertNotOfProposal(tx: Tx, movementId: string): Promise<void> {
  const rows = await tx.query<{ state: string }>(
    'SELECT state FROM scrap_proposals WHERE held_movement_id = $1 FOR UPDATE',
    [movementId],
  );
  if (rows[0]?.state === 'proposed') {
    throw new DomainError('SUPPLIES_MOVEMENT_NOT_REVERSIBLE', { detail: 'decide the scrap proposal instead' });
  }
}
