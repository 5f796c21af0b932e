import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DomainError, parseDepotAccount } from '@ledger/contracts';
import { safeInteger, type Tx } from '@ledger/platform';
import { ReversalHooks, type ReversedMovement } from '../stock/reversal-hooks';
import { nextInspectionState } from './domain/inspection';
import { InspectionsRepository } from './inspections.repository';
import { QuarantineRepository } from './quarantine.repository';
import { assertUnbound } from './unbound-pieces';

interface QuarantinedPosting {
  readonly lot_id: string;
  readonly to_account: string;
  readonly quantity_base: string;
}

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
    private readonly quarantine: QuarantineRepository,
  ) {}

  onModuleInit(): void {
    this.hooks.on((tx, movement) => this.execute(tx, movement));
  }

  /**
   * @throws DomainError in this order: SUPPLIES_MOVEMENT_NOT_REVERSIBLE; SUPPLIES_QUANTITY_EXCEEDS_BALANCE when pieces
   *   that the movement put into quarantine wait for an inspection or a scrap decision there
   */
  async execute(tx: Tx, movement: ReversedMovement): Promise<void> {
    await assertNotOfRecall(tx, movement.movementId);
    await assertNotOfProposal(tx, movement.movementId);
    for (const inspection of await this.inspections.lockOpenOf(tx, movement.movementId)) {
      const state = nextInspectionState(inspection.state, 'withdraw');
      await this.inspections.end(tx, inspection.id, { state, by: movement.recordedBy });
    }
    await this.assertNothingBound(tx, movement.movementId);
  }

  private async assertNothingBound(tx: Tx, movementId: string): Promise<void> {
    const postings = await tx.query<QuarantinedPosting>(
      `SELECT lot_id, to_account, sum(quantity_base) AS quantity_base FROM postings
       WHERE movement_id = $1 AND to_account LIKE 'depot:%:quarantine'
       GROUP BY lot_id, to_account ORDER BY to_account, lot_id`,
      [movementId],
    );
    for (const [account, ofDepot] of Map.groupBy(postings, (posting) => posting.to_account)) {
      const depotId = parseDepotAccount(account)?.depotId ?? '';
      const lots = await this.quarantine.lock(
        tx,
        depotId,
        ofDepot.map((posting) => posting.lot_id),
      );
      for (const posting of ofDepot) {
        assertUnbound(lots.get(posting.lot_id), posting.lot_id, safeInteger(posting.quantity_base));
      }
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
