import { Injectable } from '@nestjs/common';
import { DomainError, TeamRegistered, type Caller } from '@ledger/contracts';
import { Outbox, newId, type Cause, type Tx } from '@ledger/platform';
import { regionPattern } from '../scope';
import type { KnownCodes } from './domain/check-team';
import type { CapabilityStatement, ContactEntry } from './dto/team-entry.dto';

/** A team as locked for a change. */
export interface TeamHeader {
  readonly id: string;
  readonly code: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly typeCode: string;
  readonly regionCode: string;
  readonly organisationId: string;
  readonly sponsorName: string | null;
  readonly baseAddress: string | null;
  readonly latitude: number;
  readonly longitude: number;
  readonly strength: number;
  readonly synthetic: boolean;
  readonly state: 'active' | 'disbanded';
  readonly version: number;
}

export interface TeamLists {
  readonly specialties: readonly string[];
  readonly coverageRegions: readonly string[];
  readonly capabilities: readonly CapabilityStatement[];
  readonly contacts: readonly ContactEntry[];
}

const HEADER = `
  SELECT id, code, name_zh AS "nameZh", name_en AS "nameEn", type_code AS "typeCode", region_code AS "regionCode",
         organisation_id AS "organisationId", sponsor_name AS "sponsorName", base_address AS "baseAddress", latitude,
         longitude, strength, synthetic, state, version FROM teams`;

/** Statements that write entries of the register. Every change of a team begins with the lock on its row. */
@Injectable()
export class TeamEntriesRepository {
  constructor(private readonly outbox: Outbox) {}

  async knownCodes(tx: Tx): Promise<KnownCodes> {
    const types = await tx.query<{ code: string }>('SELECT code FROM team_types');
    const specialties = await tx.query<{ code: string }>('SELECT code FROM specialties');
    const kinds = await tx.query<{ code: string; highest: number }>(
      'SELECT code, highest_level AS highest FROM team_capability_kinds',
    );
    return {
      typeCodes: new Set(types.map(({ code }) => code)),
      specialties: new Set(specialties.map(({ code }) => code)),
      highestLevels: new Map(kinds.map(({ code, highest }) => [code, highest])),
    };
  }

  /** @throws DomainError TEAMS_TEAM_NOT_FOUND, also for a team out of the caller's region */
  async lockFor(tx: Tx, caller: Caller, teamId: string): Promise<TeamHeader> {
    const [team] = await tx.query<TeamHeader>(`${HEADER} WHERE id = $1 AND region_code LIKE $2 FOR UPDATE`, [
      teamId,
      regionPattern(caller.regionCode),
    ]);
    if (!team) throw new DomainError('TEAMS_TEAM_NOT_FOUND');
    return team;
  }

  /** @throws DomainError TEAMS_TEAM_CODE_TAKEN */
  async insert(tx: Tx, team: TeamHeader, cause: Cause): Promise<void> {
    const inserted = await tx.execute(
      `INSERT INTO teams (id, code, name_zh, name_en, type_code, region_code, organisation_id, sponsor_name,
                          base_address, latitude, longitude, position_basis, strength, readiness_note, synthetic)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'sourced', $12, '', $13) ON CONFLICT (code) DO NOTHING`,
      [
        ...[team.id, team.code, team.nameZh, team.nameEn, team.typeCode, team.regionCode, team.organisationId],
        ...[team.sponsorName, team.baseAddress, team.latitude, team.longitude, team.strength, team.synthetic],
      ],
    );
    if (inserted === 0) throw new DomainError('TEAMS_TEAM_CODE_TAKEN');
    await this.announce(tx, team, cause);
  }

  async update(tx: Tx, team: TeamHeader, cause: Cause): Promise<void> {
    await tx.execute(
      `UPDATE teams SET name_zh = $2, name_en = $3, organisation_id = $4, sponsor_name = $5, base_address = $6,
                        latitude = $7, longitude = $8, strength = $9, state = $10, version = $11 WHERE id = $1`,
      [
        ...[team.id, team.nameZh, team.nameEn, team.organisationId, team.sponsorName, team.baseAddress],
        ...[team.latitude, team.longitude, team.strength, team.state, team.version],
      ],
    );
    await this.announce(tx, team, cause);
  }

  /** Puts new lists in place of the old ones; a statement or contact that stays as it was keeps its date. */
  async replaceLists(tx: Tx, teamId: string, lists: TeamLists): Promise<void> {
    await tx.execute('DELETE FROM team_specialties WHERE team_id = $1', [teamId]);
    await tx.execute(
      `INSERT INTO team_specialties (team_id, specialty_code, main)
       SELECT $1, code, place = 1 FROM unnest($2::text[]) WITH ORDINALITY AS said (code, place)`,
      [teamId, lists.specialties],
    );
    await tx.execute('DELETE FROM team_coverage_regions WHERE team_id = $1', [teamId]);
    await tx.execute(
      'INSERT INTO team_coverage_regions (team_id, region_code) SELECT $1, code FROM unnest($2::text[]) AS code',
      [teamId, lists.coverageRegions],
    );
    await this.replaceCapabilities(tx, teamId, lists.capabilities);
    await this.replaceContacts(tx, teamId, lists.contacts);
  }

  async recordState(tx: Tx, team: TeamHeader, reason: string, caller: Caller): Promise<void> {
    await tx.execute(
      `INSERT INTO team_state_changes (team_id, version, state, reason, at, actor, actor_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [team.id, team.version, team.state, reason, tx.now, caller.username, caller.userId],
    );
  }

  /** The call-up that holds the team, if one does. */
  async openCallUp(tx: Tx, teamId: string): Promise<string | undefined> {
    const [row] = await tx.query<{ id: string }>(
      'SELECT call_up_id AS id FROM call_up_attempts WHERE team_id = $1 AND ended_at IS NULL',
      [teamId],
    );
    return row?.id;
  }

  /** Whether an account is one of the team's contacts. */
  async isContact(tx: Tx, teamId: string, userId: string): Promise<boolean> {
    const rows = await tx.query(
      'SELECT 1 FROM team_contacts WHERE team_id = $1 AND user_id = $2 AND ended_at IS NULL LIMIT 1',
      [teamId, userId],
    );
    return rows.length > 0;
  }

  private async replaceCapabilities(tx: Tx, teamId: string, stated: readonly CapabilityStatement[]): Promise<void> {
    const rows = JSON.stringify(stated.map((statement) => ({ id: newId(), ...statement })));
    const said = 'jsonb_to_recordset($2) AS said (id uuid, code text, amount bigint, level integer, basis text)';
    await tx.execute(
      `UPDATE team_capabilities AS held SET ended_at = $3 WHERE team_id = $1 AND ended_at IS NULL AND NOT EXISTS (
         SELECT 1 FROM ${said} WHERE (said.code, said.amount, said.level, said.basis)
                                   = (held.kind_code, held.amount, held.level, held.basis))`,
      [teamId, rows, tx.now],
    );
    await tx.execute(
      `INSERT INTO team_capabilities (id, team_id, kind_code, amount, level, basis, stated_at)
       SELECT id, $1, code, amount, level, basis, $3 FROM ${said}
       ON CONFLICT (team_id, kind_code) WHERE ended_at IS NULL DO NOTHING`,
      [teamId, rows, tx.now],
    );
  }

  private async replaceContacts(tx: Tx, teamId: string, named: readonly ContactEntry[]): Promise<void> {
    const rows = JSON.stringify(named.map((contact, index) => ({ id: newId(), ordinal: index + 1, ...contact })));
    const said = `jsonb_to_recordset($2) AS said (id uuid, ordinal integer, role text, name text, phone text, "userId" uuid)`;
    await tx.execute(
      `UPDATE team_contacts AS held SET ended_at = $3 WHERE team_id = $1 AND ended_at IS NULL AND NOT EXISTS (
         SELECT 1 FROM ${said} WHERE (said.ordinal, said.role, said.name, said.phone)
             = (held.ordinal, held.role, held.name, held.phone) AND said."userId" IS NOT DISTINCT FROM held.user_id)`,
      [teamId, rows, tx.now],
    );
    await tx.execute(
      `INSERT INTO team_contacts (id, team_id, role, ordinal, name, phone, user_id, since)
       SELECT id, $1, role, ordinal, name, phone, "userId", $3 FROM ${said}
       ON CONFLICT (team_id, ordinal) WHERE ended_at IS NULL DO NOTHING`,
      [teamId, rows, tx.now],
    );
  }

  private async announce(tx: Tx, team: TeamHeader, cause: Cause): Promise<void> {
    const { id, code, nameZh, nameEn, typeCode, regionCode, organisationId, latitude, longitude } = team;
    const { strength, synthetic, state } = team;
    const entry = { code, nameZh, nameEn, typeCode, regionCode, organisationId, latitude, longitude };
    await this.outbox.add(tx, TeamRegistered, { teamId: id, ...entry, strength, synthetic, state }, cause);
  }
}
