import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import type { Cause, Tx } from '@ledger/platform';
import { assertKeeps } from '../registry/register-team';
import { TeamEntriesRepository } from '../registry/team-entries.repository';
import type { OverrideWrittenResponse } from './dto/readiness.dto';
import { ReassessTeam } from './reassess-team';

/** Ends an override before its time; the computed level counts again. */
@Injectable()
export class LiftOverrideUseCase {
  constructor(
    private readonly entries: TeamEntriesRepository,
    private readonly reassess: ReassessTeam,
  ) {}

  /** @throws DomainError TEAMS_TEAM_NOT_FOUND, TEAMS_TEAM_ORGANISATION_FOREIGN, TEAMS_OVERRIDE_NOT_IN_FORCE */
  async execute(tx: Tx, caller: Caller, teamId: string, cause: Cause): Promise<OverrideWrittenResponse> {
    assertKeeps(caller, await this.entries.lockFor(tx, caller, teamId));
    const [lifted] = await tx.query<{ id: string }>(
      `UPDATE readiness_overrides SET during = tstzrange(lower(during), greatest($2, lower(during))), lifted_by = $3
       WHERE team_id = $1 AND during @> $2::timestamptz RETURNING id`,
      [teamId, tx.now, caller.displayName],
    );
    if (!lifted) throw new DomainError('TEAMS_OVERRIDE_NOT_IN_FORCE');
    await this.reassess.execute(tx, teamId, cause);
    return { overrideId: lifted.id };
  }
}
