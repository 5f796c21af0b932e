import { Injectable } from '@nestjs/common';
import { DomainError, dayInChina, type Caller } from '@ledger/contracts';
import { Database, safeInteger } from '@ledger/platform';
import { maskedName, maskedPhone } from '../personal-data/domain/mask';
import { regionPattern } from '../scope';
import type {
  CapabilityKindResponse,
  CapableTeamResponse,
  CapableTeamsQuery,
  ContactsDisclosedResponse,
  MaskedContactResponse,
  SpecialtyResponse,
  TeamEntryResponse,
} from './dto/team-entry.dto';

/** Reads of whole entries and of what teams can do. */
@Injectable()
export class TeamEntriesQueries {
  constructor(private readonly database: Database) {}

  /** @throws DomainError TEAMS_TEAM_NOT_FOUND for an unknown id and for a team outside the caller's region */
  async entry(caller: Caller, teamId: string): Promise<TeamEntryResponse> {
    const [row] = await this.database.query<EntryRow>(`${ENTRY_COLUMNS} WHERE t.id = $1 AND t.region_code LIKE $2`, [
      teamId,
      regionPattern(caller.regionCode),
      dayInChina(new Date()),
    ]);
    if (!row) throw new DomainError('TEAMS_TEAM_NOT_FOUND');
    return { ...row, contacts: row.contacts.map(maskedContactOf) };
  }

  /**
   * Active teams that can do so much of something, the most able first. A team of another region that says it works in
   * the one asked for is listed too: departments and regions share what they have, its people they do not.
   * @throws DomainError TEAMS_CAPABILITY_UNKNOWN
   * Source: plan 004 §20 (nearest first, sharing).
   */
  async capableTeams(caller: Caller, query: CapableTeamsQuery): Promise<CapableTeamResponse[]> {
    const [kind] = await this.database.query('SELECT 1 FROM team_capability_kinds WHERE code = $1', [query.capability]);
    if (!kind) throw new DomainError('TEAMS_CAPABILITY_UNKNOWN');
    const rows = await this.database.query<CapableRow>(
      `SELECT t.id AS "teamId", t.code, t.name_zh AS "nameZh", t.name_en AS "nameEn", t.type_code AS "typeCode",
              t.region_code AS "regionCode", c.amount, k.unit, c.level, c.basis,
              CASE WHEN starts_with(t.region_code, $4) THEN 'base' ELSE 'coverage' END AS because
       FROM team_capabilities c
       JOIN teams t ON t.id = c.team_id AND t.state = 'active'
       JOIN team_capability_kinds k ON k.code = c.kind_code
       WHERE c.ended_at IS NULL AND c.kind_code = $1 AND c.amount >= $2 AND c.level >= $3
         AND (starts_with(t.region_code, $4) OR EXISTS (
           SELECT 1 FROM team_coverage_regions r
           WHERE r.team_id = t.id AND (starts_with($4, r.region_code) OR starts_with(r.region_code, $4))))
       ORDER BY c.level DESC, c.amount DESC, t.code LIMIT $5 OFFSET $6`,
      [
        ...[query.capability, query.amount, query.level, query.region ?? caller.regionCode],
        ...[query.limit, query.offset],
      ],
    );
    return rows.map((row) => ({ ...row, amount: safeInteger(row.amount) }));
  }

  /** Contacts in clear, for the reader who is named in the log. */
  async disclosedContacts(caller: Caller, readId: string): Promise<ContactsDisclosedResponse> {
    const rows = await this.database.query<ContactRow>(
      `SELECT c.role, c.name, c.phone, c.since FROM team_contacts c
       JOIN personal_data_reads r ON r.subject_id = c.team_id AND r.subject_kind = 'team-contacts'
       WHERE r.id = $1 AND r.reader_id = $2 AND c.ended_at IS NULL ORDER BY c.ordinal`,
      [readId, caller.userId],
    );
    return { readId, items: rows.map((row) => ({ ...row, since: row.since.toISOString() })) };
  }

  async specialties(): Promise<SpecialtyResponse[]> {
    return this.database.query('SELECT code, name_zh AS "nameZh", name_en AS "nameEn" FROM specialties ORDER BY code');
  }

  async capabilityKinds(): Promise<CapabilityKindResponse[]> {
    return this.database.query(
      `SELECT code, name_zh AS "nameZh", name_en AS "nameEn", unit, highest_level AS "highestLevel"
       FROM team_capability_kinds ORDER BY code`,
    );
  }
}

interface StoredContact extends Omit<MaskedContactResponse, 'nameMasked' | 'phoneMasked'> {
  readonly name: string;
  readonly phone: string;
}

interface ContactRow extends Omit<StoredContact, 'since'> {
  readonly since: Date;
}

interface EntryRow extends Omit<TeamEntryResponse, 'contacts'> {
  readonly contacts: StoredContact[];
}

interface CapableRow extends Omit<CapableTeamResponse, 'amount'> {
  readonly amount: string;
}

const ISO = `'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'`;
const ENTRY_COLUMNS = `
  SELECT t.id, t.code, t.name_zh AS "nameZh", t.name_en AS "nameEn", t.type_code AS "typeCode",
         t.region_code AS "regionCode", t.organisation_id AS "organisationId", t.sponsor_name AS "sponsorName",
         t.base_address AS "baseAddress", t.latitude, t.longitude, t.strength, t.state, t.version,
         coalesce((SELECT jsonb_agg(jsonb_build_object('code', s.code, 'nameZh', s.name_zh, 'nameEn', s.name_en,
                     'main', m.main) ORDER BY m.main DESC, s.code)
                   FROM team_specialties m JOIN specialties s ON s.code = m.specialty_code
                   WHERE m.team_id = t.id), '[]') AS specialties,
         ARRAY(SELECT region_code FROM team_coverage_regions WHERE team_id = t.id ORDER BY 1) AS "coverageRegions",
         coalesce((SELECT jsonb_agg(jsonb_build_object('code', c.kind_code, 'nameZh', k.name_zh, 'nameEn', k.name_en,
                     'amount', c.amount, 'unit', k.unit, 'level', c.level, 'basis', c.basis,
                     'statedAt', to_char(c.stated_at AT TIME ZONE 'UTC', ${ISO})) ORDER BY c.kind_code)
                   FROM team_capabilities c JOIN team_capability_kinds k ON k.code = c.kind_code
                   WHERE c.team_id = t.id AND c.ended_at IS NULL), '[]') AS capabilities,
         coalesce((SELECT jsonb_agg(jsonb_build_object('role', p.role, 'name', p.name, 'phone', p.phone,
                     'since', to_char(p.since AT TIME ZONE 'UTC', ${ISO})) ORDER BY p.ordinal)
                   FROM team_contacts p WHERE p.team_id = t.id AND p.ended_at IS NULL), '[]') AS contacts,
         coalesce((SELECT jsonb_agg(jsonb_build_object('id', g.id, 'scheme', g.scheme, 'grade', g.grade,
                     'assessedOn', g.assessed_on, 'assessor', g.assessor, 'validUntil', g.valid_until,
                     'valid', coalesce(g.valid_until >= $3::date, true)) ORDER BY g.assessed_on DESC, g.id DESC)
                   FROM team_grades g WHERE g.team_id = t.id), '[]') AS grades
  FROM teams t`;

function maskedContactOf({ name, phone, ...contact }: StoredContact): MaskedContactResponse {
  return { ...contact, nameMasked: maskedName(name), phoneMasked: maskedPhone(phone) };
}
