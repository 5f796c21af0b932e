import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import { newId, type Cause, type Tx } from '@ledger/platform';
import { assertActive } from '../registry/amend-team';
import { assertKeeps } from '../registry/register-team';
import { TeamEntriesRepository } from '../registry/team-entries.repository';
import { assess, isWorse, type Level } from './domain/readiness';
import type { OverrideWrittenResponse } from './dto/readiness.dto';
import { ReadinessRepository } from './readiness.repository';
import { ReassessTeam } from './reassess-team';

export interface OverrideWish {
  readonly caller: Caller;
  readonly teamId: string;
  readonly way: 'lower' | 'raise';
  readonly level: Level;
  readonly reason: string;
  /** Null: until it is lifted; only for one that lowers. */
  readonly until: Date | null;
}

const LONGEST_RAISE_MS = 7 * 24 * 60 * 60 * 1000;

/**
 * Says that a team is less ready than computed, or, by an approver's name and until an instant, more. The computation
 * goes on beside it.
 */
@Injectable()
export class OverrideReadinessUseCase {
  constructor(
    private readonly entries: TeamEntriesRepository,
    private readonly repository: ReadinessRepository,
    private readonly reassess: ReassessTeam,
  ) {}

  /**
   * @throws DomainError in this order: TEAMS_TEAM_NOT_FOUND, TEAMS_TEAM_ORGANISATION_FOREIGN, TEAMS_TEAM_DISBANDED,
   *   TEAMS_DATES_INVALID (ends before now; a raise later than in 7 days), TEAMS_OVERRIDE_WRONG_WAY when the level is
   *   not below, or not above, the computed one, TEAMS_OVERRIDE_IN_FORCE
   */
  async execute(tx: Tx, wish: OverrideWish, cause: Cause): Promise<OverrideWrittenResponse> {
    const { caller, teamId, way, level, until } = wish;
    const team = await this.entries.lockFor(tx, caller, teamId);
    assertKeeps(caller, team);
    assertActive(team);
    const isTooLong = way === 'raise' && until !== null && until.getTime() - tx.now.getTime() > LONGEST_RAISE_MS;
    if ((until !== null && until <= tx.now) || isTooLong) throw new DomainError('TEAMS_DATES_INVALID');
    const facts = await this.repository.lockFacts(tx, teamId);
    if (!facts) throw new DomainError('TEAMS_TEAM_NOT_FOUND');
    const { computedLevel } = assess(facts, tx.now);
    const isRightWay = way === 'lower' ? isWorse(level, computedLevel) : isWorse(computedLevel, level);
    if (!isRightWay) throw new DomainError('TEAMS_OVERRIDE_WRONG_WAY', { facts: { computedLevel } });
    const overrideId = newId();
    const inserted = await tx.execute(
      `INSERT INTO readiness_overrides (id, team_id, way, level, reason, during, set_by, set_by_id)
       VALUES ($1, $2, $3, $4, $5, tstzrange($6, $7), $8, $9) ON CONFLICT DO NOTHING`,
      [overrideId, teamId, way, level, wish.reason, tx.now, until, caller.displayName, caller.userId],
    );
    if (inserted === 0) throw new DomainError('TEAMS_OVERRIDE_IN_FORCE');
    await this.reassess.execute(tx, teamId, cause);
    return { overrideId };
  }
}
