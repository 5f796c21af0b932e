import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import { Deadlines, newId, type Tx } from '@ledger/platform';
import { mayActAt } from '../scope';
import type { Recorder } from '../stock/domain/recorder';
import { isOver, nextCountState, type CountEvent, type CountState } from './domain/count-state';

export interface Count {
  readonly id: string;
  readonly depotId: string;
  readonly regionCode: string;
  readonly organisationId: string;
  readonly state: CountState;
  readonly round: number;
  readonly roundStartedAt: Date;
  readonly submittedById: string | null;
}

export interface NewCount {
  readonly kind: 'cycle' | 'full';
  readonly depotId: string;
  readonly blind: boolean;
  readonly note?: string;
  readonly openedBy: string;
  readonly openedById: string;
}

export interface Decision {
  readonly event: CountEvent;
  readonly by: Recorder;
  readonly lineIds?: readonly string[];
  readonly reason?: string;
}

/** Kind of the deadline that gives up a count which nobody goes on with. */
export const COUNT_WAITING = 'count-waiting';
/** A fortnight: by then the shelves have changed so much that a new count says more. */
const WAITING_SECONDS = 14 * 24 * 3_600;

/** Writes counts and their changes of state. A count is locked before its lines, and those before balances. */
@Injectable()
export class CountsRepository {
  constructor(private readonly deadlines: Deadlines) {}

  /** Opens a count at the present position of the ledger. */
  async insert(tx: Tx, count: NewCount): Promise<{ id: string; number: string; openedAt: Date }> {
    const [row] = await tx.query<{ id: string; number: string; openedAt: Date }>(
      `INSERT INTO counts (id, kind, depot_id, state, blind, note, opened_by, opened_by_id, opened_sequence)
       VALUES ($1, $2, $3, 'counting', $4, $5, $6, $7, (SELECT coalesce(max(sequence), 0) FROM movements))
       RETURNING id, number, opened_at AS "openedAt"`,
      [newId(), count.kind, count.depotId, count.blind, count.note ?? null, count.openedBy, count.openedById],
    );
    await this.wait(tx, row.id);
    return row;
  }

  /**
   * The count, locked: `share` lets several phones record different lines at once, `update` is for everything else.
   * @throws DomainError SUPPLIES_COUNT_NOT_FOUND, also for one of a depot out of the caller's reach
   */
  async lockFor(tx: Tx, caller: Caller, id: string, mode: 'share' | 'update'): Promise<Count> {
    const count = await this.lock(tx, id, mode);
    if (!count || !mayActAt(caller, count)) throw new DomainError('SUPPLIES_COUNT_NOT_FOUND');
    return count;
  }

  async lock(tx: Tx, id: string, mode: 'share' | 'update'): Promise<Count | undefined> {
    const [row] = await tx.query<Omit<Count, 'regionCode' | 'organisationId'>>(
      `SELECT id, depot_id AS "depotId", state, round, round_started_at AS "roundStartedAt",
              submitted_by_id AS "submittedById"
       FROM counts WHERE id = $1 ${mode === 'update' ? 'FOR UPDATE' : 'FOR SHARE'}`,
      [id],
    );
    if (!row) return undefined;
    const [depot] = await tx.query<Pick<Count, 'regionCode' | 'organisationId'>>(
      `SELECT region_code AS "regionCode", organisation_id AS "organisationId" FROM depots WHERE id = $1`,
      [row.depotId],
    );
    return { ...row, ...depot };
  }

  /**
   * Moves a locked count on and writes down who decided it.
   * @throws DomainError SUPPLIES_COUNT_TRANSITION_FORBIDDEN
   */
  async decide(tx: Tx, count: Count, { event, by, lineIds = [], reason }: Decision): Promise<CountState> {
    const state = requireTransition(count.state, event);
    const startsRound = state === 'recounting';
    await tx.execute(
      `UPDATE counts SET state = $2, round = round + $3::int,
              round_started_at = CASE WHEN $3::int = 1 THEN clock_timestamp() ELSE round_started_at END,
              submitted_at = CASE WHEN $4 THEN now() ELSE submitted_at END,
              submitted_by = CASE WHEN $4 THEN $5 ELSE submitted_by END,
              submitted_by_id = CASE WHEN $4 THEN $6 ELSE submitted_by_id END,
              closed_at = CASE WHEN $7 THEN now() END
       WHERE id = $1`,
      [count.id, state, Number(startsRound), event.startsWith('submit'), by.name, by.userId, isOver(state)],
    );
    await tx.execute(
      `INSERT INTO count_decisions (id, count_id, event, to_state, line_ids, reason, decided_by, decided_by_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [newId(), count.id, event, state, lineIds, reason ?? null, by.name, by.userId],
    );
    if (isOver(state)) await this.deadlines.cancel(tx, COUNT_WAITING, count.id);
    else await this.wait(tx, count.id);
    return state;
  }

  private async wait(tx: Tx, subjectId: string): Promise<void> {
    const deadline = { kind: COUNT_WAITING, subjectId, dueInSeconds: WAITING_SECONDS, owner: 'stock-manager' };
    await this.deadlines.schedule(tx, deadline);
  }
}

/** @throws DomainError SUPPLIES_COUNT_TRANSITION_FORBIDDEN */
export function requireTransition(state: CountState, event: CountEvent): CountState {
  const next = nextCountState(state, event);
  if (!next) throw new DomainError('SUPPLIES_COUNT_TRANSITION_FORBIDDEN', { facts: { state, event } });
  return next;
}
