import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import { newId, type Tx } from '@ledger/platform';
import { regionPattern, type TeamScope } from '../scope';
import type { MemberRole } from './dto/person.dto';

/** A person as locked for a change. Region and organisation are those of the team joined last. */
export interface LockedPerson extends TeamScope {
  readonly id: string;
  readonly version: number;
  readonly userId: string | null;
}

export interface NewPerson extends TeamScope {
  readonly name: string;
  readonly phone: string;
  readonly identityMasked: string | null;
  readonly identityHash: string | null;
  readonly userId: string | null;
}

/** Statements that write people. A person's row is locked before a team's membership is changed. */
@Injectable()
export class PeopleRepository {
  async salt(tx: Tx): Promise<string> {
    const [row] = await tx.query<{ salt: string }>('SELECT salt FROM identity_salts');
    return row.salt;
  }

  /** @throws DomainError TEAMS_PERSON_KNOWN when identity number or account belong to somebody who is known */
  async insert(tx: Tx, caller: Caller, person: NewPerson): Promise<string> {
    const id = newId();
    const inserted = await tx.execute(
      `INSERT INTO persons (id, name, phone, identity_masked, identity_hash, user_id, region_code, organisation_id,
                            version, recorded_at, recorded_by, recorded_by_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1, $9, $10, $11) ON CONFLICT DO NOTHING`,
      [
        ...[id, person.name, person.phone, person.identityMasked, person.identityHash, person.userId],
        ...[person.regionCode, person.organisationId, tx.now, caller.username, caller.userId],
      ],
    );
    if (inserted === 0) throw new DomainError('TEAMS_PERSON_KNOWN');
    return id;
  }

  /** @throws DomainError TEAMS_PERSON_NOT_FOUND, also for a person out of the caller's region */
  async lockFor(tx: Tx, caller: Caller, personId: string): Promise<LockedPerson> {
    const [person] = await tx.query<LockedPerson>(
      `SELECT id, version, user_id AS "userId", region_code AS "regionCode", organisation_id AS "organisationId"
       FROM persons WHERE id = $1 AND region_code LIKE $2 FOR UPDATE`,
      [personId, regionPattern(caller.regionCode)],
    );
    if (!person) throw new DomainError('TEAMS_PERSON_NOT_FOUND');
    return person;
  }

  /**
   * Of two teams that take one person at once the exclusion constraint lets one through.
   * @throws DomainError TEAMS_PERSON_ON_A_TEAM
   */
  async join(tx: Tx, member: { personId: string; teamId: string; role: MemberRole }): Promise<string> {
    const membershipId = newId();
    const inserted = await tx.execute(
      `INSERT INTO team_memberships (id, person_id, team_id, role, during)
       VALUES ($1, $2, $3, $4, tstzrange($5, NULL)) ON CONFLICT DO NOTHING`,
      [membershipId, member.personId, member.teamId, member.role, tx.now],
    );
    if (inserted === 0) throw new DomainError('TEAMS_PERSON_ON_A_TEAM');
    await tx.execute(
      `UPDATE persons AS p SET region_code = t.region_code, organisation_id = t.organisation_id
       FROM teams t WHERE p.id = $1 AND t.id = $2`,
      [member.personId, member.teamId],
    );
    return membershipId;
  }

  /** @throws DomainError TEAMS_PERSON_NOT_ON_TEAM */
  async leave(tx: Tx, at: { personId: string; teamId: string; reason: string }): Promise<string> {
    const [ended] = await tx.query<{ id: string }>(
      `UPDATE team_memberships SET during = tstzrange(lower(during), greatest($3, lower(during))), end_reason = $4
       WHERE person_id = $1 AND team_id = $2 AND upper_inf(during) RETURNING id`,
      [at.personId, at.teamId, tx.now, at.reason],
    );
    if (!ended) throw new DomainError('TEAMS_PERSON_NOT_ON_TEAM');
    return ended.id;
  }

  /** The team that the person is on now. */
  async teamOf(tx: Tx, personId: string): Promise<string | undefined> {
    const [row] = await tx.query<{ teamId: string }>(
      'SELECT team_id AS "teamId" FROM team_memberships WHERE person_id = $1 AND upper_inf(during)',
      [personId],
    );
    return row?.teamId;
  }

  /** Whether an account is the commander of the team that the person is on. */
  async isCommandedBy(tx: Tx, personId: string, userId: string): Promise<boolean> {
    const rows = await tx.query(
      `SELECT 1 FROM team_memberships m
       WHERE m.person_id = $1 AND upper_inf(m.during) AND (
         EXISTS (SELECT 1 FROM team_contacts c WHERE c.team_id = m.team_id AND c.user_id = $2 AND c.ended_at IS NULL
                   AND c.role IN ('commander', 'deputy'))
         OR EXISTS (SELECT 1 FROM team_memberships o JOIN persons p ON p.id = o.person_id
                    WHERE o.team_id = m.team_id AND upper_inf(o.during) AND o.role IN ('commander', 'deputy')
                      AND p.user_id = $2))`,
      [personId, userId],
    );
    return rows.length > 0;
  }
}
