import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import type { Cause, Tx } from '@ledger/platform';
import { ReassessTeam } from '../readiness/reassess-team';
import { assertKeeps } from '../registry/register-team';
import type { EvidenceWrittenResponse } from './dto/person.dto';
import { PeopleRepository } from './people.repository';

export interface Withdrawal {
  readonly caller: Caller;
  readonly evidenceId: string;
  readonly reason: string;
}

/** Takes back evidence: a certificate that was revoked, or an entry that was wrong. The entry stays. */
@Injectable()
export class WithdrawEvidenceUseCase {
  constructor(
    private readonly people: PeopleRepository,
    private readonly reassess: ReassessTeam,
  ) {}

  /**
   * @throws DomainError in this order: TEAMS_EVIDENCE_NOT_FOUND, TEAMS_PERSON_NOT_FOUND,
   *   TEAMS_TEAM_ORGANISATION_FOREIGN, TEAMS_EVIDENCE_WITHDRAWN
   */
  async execute(tx: Tx, { caller, evidenceId, reason }: Withdrawal, cause: Cause): Promise<EvidenceWrittenResponse> {
    const [evidence] = await tx.query<{ personId: string }>(
      'SELECT person_id AS "personId" FROM person_evidence WHERE id = $1',
      [evidenceId],
    );
    if (!evidence) throw new DomainError('TEAMS_EVIDENCE_NOT_FOUND');
    assertKeeps(caller, await this.people.lockFor(tx, caller, evidence.personId));
    const inserted = await tx.execute(
      `INSERT INTO evidence_withdrawals (evidence_id, reason, at, actor, actor_id) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT DO NOTHING`,
      [evidenceId, reason, tx.now, caller.username, caller.userId],
    );
    if (inserted === 0) throw new DomainError('TEAMS_EVIDENCE_WITHDRAWN');
    const teamId = await this.people.teamOf(tx, evidence.personId);
    if (teamId !== undefined) await this.reassess.execute(tx, teamId, cause);
    return { evidenceId };
  }
}
