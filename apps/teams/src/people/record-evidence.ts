import { Injectable } from '@nestjs/common';
import { DomainError, dayInChina, type Caller } from '@ledger/contracts';
import { newId, type Cause, type Tx } from '@ledger/platform';
import { ReassessTeam } from '../readiness/reassess-team';
import { assertKeeps } from '../registry/register-team';
import type { EvidenceWrittenResponse, RecordEvidenceRequest } from './dto/person.dto';
import { PeopleRepository } from './people.repository';

export interface NewEvidence {
  readonly caller: Caller;
  readonly personId: string;
  readonly request: RecordEvidenceRequest;
}

/** Enters a certificate, a course, a medical check or an insurance of a person. */
@Injectable()
export class RecordEvidenceUseCase {
  constructor(
    private readonly people: PeopleRepository,
    private readonly reassess: ReassessTeam,
  ) {}

  /**
   * @throws DomainError in this order: TEAMS_PERSON_NOT_FOUND, TEAMS_TEAM_ORGANISATION_FOREIGN,
   *   TEAMS_EVIDENCE_KIND_UNKNOWN, TEAMS_DATES_INVALID when it ends before it begins, or when a course or a medical
   *   check is dated after today
   */
  async execute(tx: Tx, { caller, personId, request }: NewEvidence, cause: Cause): Promise<EvidenceWrittenResponse> {
    assertKeeps(caller, await this.people.lockFor(tx, caller, personId));
    const { kindCode, beginsOn, validUntil = null } = request;
    const [kind] = await tx.query<{ family: string }>('SELECT family FROM evidence_kinds WHERE code = $1', [kindCode]);
    if (!kind) throw new DomainError('TEAMS_EVIDENCE_KIND_UNKNOWN');
    if (validUntil !== null && validUntil < beginsOn) {
      throw new DomainError('TEAMS_DATES_INVALID', { detail: 'it ends before it begins' });
    }
    const isDone = kind.family === 'training' || kind.family === 'medical';
    if (isDone && beginsOn > dayInChina(tx.now)) {
      throw new DomainError('TEAMS_DATES_INVALID', { detail: 'it has not taken place yet' });
    }
    const evidenceId = newId();
    await tx.execute(
      `INSERT INTO person_evidence (id, person_id, kind_code, number, issuer, passed, hours, begins_on, valid_until,
                                    recorded_at, recorded_by, recorded_by_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
      [
        ...[evidenceId, personId, kindCode, request.number ?? null, request.issuer, request.passed],
        ...[request.hours ?? null, beginsOn, validUntil, tx.now, caller.username, caller.userId],
      ],
    );
    const teamId = await this.people.teamOf(tx, personId);
    if (teamId !== undefined) await this.reassess.execute(tx, teamId, cause);
    return { evidenceId };
  }
}
