import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import { Database, type PageQuery } from '@ledger/platform';
import { maskedName, maskedPhone } from '../personal-data/domain/mask';
import { mayKeep, regionPattern } from '../scope';
import type {
  EvidenceKindResponse,
  EvidenceResponse,
  MemberResponse,
  PersonDisclosedResponse,
  PersonResponse,
} from './dto/person.dto';

interface MemberRow extends Omit<MemberResponse, 'nameMasked' | 'since' | 'restingUntil'> {
  readonly name: string;
  readonly since: Date;
  readonly restingUntil: Date | null;
}

interface PersonRow extends Omit<PersonResponse, 'nameMasked' | 'phoneMasked' | 'evidence'> {
  readonly name: string;
  readonly phone: string;
  readonly regionCode: string;
  readonly organisationId: string;
}

/** Reads of people. Names and numbers leave here masked, but for what the log of reads lets out. */
@Injectable()
export class PeopleQueries {
  constructor(private readonly database: Database) {}

  /** @throws DomainError TEAMS_TEAM_NOT_FOUND */
  async members(caller: Caller, teamId: string, page: PageQuery): Promise<MemberResponse[]> {
    const found = await this.database.query('SELECT 1 FROM teams WHERE id = $1 AND region_code LIKE $2', [
      ...[teamId, regionPattern(caller.regionCode)],
    ]);
    if (found.length === 0) throw new DomainError('TEAMS_TEAM_NOT_FOUND');
    const rows = await this.database.query<MemberRow>(
      `SELECT m.person_id AS "personId", p.name, m.role, lower(m.during) AS since, upper(r.during) AS "restingUntil"
       FROM team_memberships m JOIN persons p ON p.id = m.person_id
       LEFT JOIN person_rests r ON r.person_id = p.id AND r.during @> now()
       WHERE m.team_id = $1 AND upper_inf(m.during) ORDER BY lower(m.during), m.id LIMIT $2 OFFSET $3`,
      [teamId, page.limit, page.offset],
    );
    return rows.map(({ name, since, restingUntil, ...row }) => ({
      ...row,
      nameMasked: maskedName(name),
      since: since.toISOString(),
      restingUntil: restingUntil?.toISOString() ?? null,
    }));
  }

  /** @throws DomainError TEAMS_PERSON_NOT_FOUND */
  async person(caller: Caller, personId: string): Promise<PersonResponse> {
    const [row] = await this.database.query<PersonRow>(
      `SELECT p.id, p.name, p.phone, p.identity_masked AS "identityMasked", p.version, p.region_code AS "regionCode",
              p.organisation_id AS "organisationId", m.team_id AS "teamId", m.role
       FROM persons p LEFT JOIN team_memberships m ON m.person_id = p.id AND upper_inf(m.during)
       WHERE p.id = $1 AND p.region_code LIKE $2`,
      [personId, regionPattern(caller.regionCode)],
    );
    if (!row) throw new DomainError('TEAMS_PERSON_NOT_FOUND');
    const seesHealth = caller.roles.includes('team-manager') && mayKeep(caller, row);
    return {
      ...{ id: row.id, nameMasked: maskedName(row.name), phoneMasked: maskedPhone(row.phone) },
      ...{ identityMasked: row.identityMasked, version: row.version, teamId: row.teamId, role: row.role },
      evidence: await this.evidence(personId, seesHealth),
    };
  }

  /** A person in clear, for the reader who is named in the log. */
  async disclosed(caller: Caller, readId: string): Promise<PersonDisclosedResponse> {
    const [row] = await this.database.query<PersonDisclosedResponse>(
      `SELECT r.id AS "readId", p.id AS "personId", p.name, p.phone, p.identity_masked AS "identityMasked"
       FROM personal_data_reads r JOIN persons p ON p.id = r.subject_id AND r.subject_kind = 'person'
       WHERE r.id = $1 AND r.reader_id = $2`,
      [readId, caller.userId],
    );
    if (!row) throw new DomainError('TEAMS_PERSON_NOT_FOUND');
    return row;
  }

  async evidenceKinds(): Promise<EvidenceKindResponse[]> {
    return this.database.query(
      'SELECT code, family, name_zh AS "nameZh", name_en AS "nameEn" FROM evidence_kinds ORDER BY family, code',
    );
  }

  private async evidence(personId: string, seesHealth: boolean): Promise<EvidenceResponse[]> {
    return this.database.query<EvidenceResponse>(
      `SELECT e.id, e.kind_code AS "kindCode", k.family, k.name_zh AS "nameZh", e.hours,
              CASE WHEN k.family = 'medical' AND NOT $2 THEN NULL ELSE e.passed END AS passed,
              e.begins_on::text AS "beginsOn", e.valid_until::text AS "validUntil",
              w.evidence_id IS NOT NULL AS withdrawn
       FROM person_evidence e JOIN evidence_kinds k ON k.code = e.kind_code
       LEFT JOIN evidence_withdrawals w ON w.evidence_id = e.id
       WHERE e.person_id = $1 ORDER BY e.begins_on DESC, e.id DESC LIMIT 200`,
      [personId, seesHealth],
    );
  }
}
