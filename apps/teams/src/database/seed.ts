import { TeamRegistered } from '@ledger/contracts';
import { newId, type SeedContext, type Tx } from '@ledger/platform';
import { READINESS_DEADLINE } from '../readiness/reassess-team';

interface TeamTypeSeed {
  readonly code: string;
  readonly kind: string;
  readonly name_zh: string;
  readonly name_en: string;
  readonly specialty: string;
  readonly call_channel: string;
  readonly plan_ref: string;
}

interface TeamSeed {
  readonly id: string;
  readonly code: string;
  readonly name_zh: string;
  readonly name_en: string;
  readonly type_code: string;
  readonly region_code: string;
  readonly organisation_id: string;
  readonly latitude: string;
  readonly longitude: string;
  readonly position_basis: string;
  readonly strength: string;
  readonly readiness_note: string;
  readonly synthetic: string;
}

interface SpecialtySeed {
  readonly code: string;
  readonly name_zh: string;
  readonly name_en: string;
}

interface CapabilityKindSeed extends SpecialtySeed {
  readonly unit: string;
  readonly highest_level: string;
}

interface EvidenceKindSeed extends SpecialtySeed {
  readonly family: string;
}

interface ReadinessRuleSeed {
  readonly type_code: string;
  readonly region_code: string;
  readonly valid_from: string;
  readonly ready_percent: string;
  readonly limited_percent: string;
  /** `kind:each:limited;kind:2:not-ready` */
  readonly needs: string;
  readonly basis: string;
  readonly source: string;
}

/** Loads kinds of teams and teams; rows that are there already stay as they are and are not announced again. */
export async function seedTeams(context: SeedContext): Promise<void> {
  const types = await context.readCsv<TeamTypeSeed>('teams/team-types.csv');
  const teams = await context.readCsv<TeamSeed>('teams/teams.csv');
  const specialties = await context.readCsv<SpecialtySeed>('teams/specialties.csv');
  const kinds = await context.readCsv<CapabilityKindSeed>('teams/capability-kinds.csv');
  const evidenceKinds = await context.readCsv<EvidenceKindSeed>('teams/evidence-kinds.csv');
  const rules = await context.readCsv<ReadinessRuleSeed>('teams/readiness-rules.csv');
  const added = await context.database.transaction(async (tx) => {
    for (const type of types) await addType(tx, type);
    for (const specialty of specialties) await addSpecialty(tx, specialty);
    for (const kind of evidenceKinds) await addEvidenceKind(tx, kind);
    for (const kind of kinds) await addCapabilityKind(tx, kind);
    for (const rule of rules) await addReadinessRule(tx, rule);
    let count = 0;
    for (const team of teams) count += await addTeam(tx, context, team);
    return count;
  });
  context.progress(`teams: ${types.length} kinds, ${teams.length} teams, ${added} of them new`);
}

async function addType(tx: Tx, type: TeamTypeSeed): Promise<void> {
  await tx.execute(
    `INSERT INTO team_types (code, kind, name_zh, name_en, specialty, call_channel, plan_reference)
     VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (code) DO NOTHING`,
    [type.code, type.kind, type.name_zh, type.name_en, type.specialty, type.call_channel, type.plan_ref],
  );
}

async function addSpecialty(tx: Tx, { code, name_zh, name_en }: SpecialtySeed): Promise<void> {
  await tx.execute('INSERT INTO specialties (code, name_zh, name_en) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING', [
    ...[code, name_zh, name_en],
  ]);
}

async function addCapabilityKind(tx: Tx, kind: CapabilityKindSeed): Promise<void> {
  await tx.execute(
    `INSERT INTO team_capability_kinds (code, name_zh, name_en, unit, highest_level) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT DO NOTHING`,
    [kind.code, kind.name_zh, kind.name_en, kind.unit, Number(kind.highest_level)],
  );
}

async function addEvidenceKind(tx: Tx, { code, family, name_zh, name_en }: EvidenceKindSeed): Promise<void> {
  await tx.execute(
    'INSERT INTO evidence_kinds (code, family, name_zh, name_en) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING',
    [code, family, name_zh, name_en],
  );
}

async function addReadinessRule(tx: Tx, rule: ReadinessRuleSeed): Promise<void> {
  const id = newId();
  const inserted = await tx.execute(
    `INSERT INTO readiness_rules (id, type_code, region_code, valid_from, ready_percent, limited_percent, basis, source,
                                  set_by, set_at)
     VALUES ($1, nullif($2, ''), nullif($3, ''), $4, $5, $6, $7, $8, 'seed', $9) ON CONFLICT DO NOTHING`,
    [
      ...[id, rule.type_code, rule.region_code, rule.valid_from, Number(rule.ready_percent)],
      ...[Number(rule.limited_percent), rule.basis, rule.source, tx.now],
    ],
  );
  if (inserted === 0) return;
  for (const need of rule.needs.split(';').filter((text) => text !== '')) {
    const [kindCode, holders, lowersTo] = need.split(':');
    await tx.execute(
      'INSERT INTO readiness_rule_needs (rule_id, kind_code, holders, lowers_to) VALUES ($1, $2, $3, $4)',
      [id, kindCode, holders === 'each' ? null : Number(holders), lowersTo],
    );
  }
}

/** The running service assesses a new team as soon as it finds the deadline. */
async function assessSoon(tx: Tx, teamId: string): Promise<void> {
  await tx.execute(
    `INSERT INTO deadlines (kind, subject_id, owner, due_at, payload)
     VALUES ($1, $2, 'team-manager', now(), '{"realm": "real"}') ON CONFLICT DO NOTHING`,
    [READINESS_DEADLINE, teamId],
  );
}

async function addTeam(tx: Tx, { outbox }: SeedContext, team: TeamSeed): Promise<number> {
  const registered: TeamRegistered = {
    teamId: team.id,
    code: team.code,
    nameZh: team.name_zh,
    nameEn: team.name_en,
    typeCode: team.type_code,
    regionCode: team.region_code,
    organisationId: team.organisation_id,
    latitude: Number(team.latitude),
    longitude: Number(team.longitude),
    strength: Number(team.strength),
    synthetic: team.synthetic === 'y',
  };
  const inserted = await tx.execute(
    `INSERT INTO teams (id, code, name_zh, name_en, type_code, region_code, organisation_id, latitude, longitude,
                        position_basis, strength, readiness_note, synthetic)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) ON CONFLICT (id) DO NOTHING`,
    [
      team.id,
      team.code,
      team.name_zh,
      team.name_en,
      team.type_code,
      team.region_code,
      team.organisation_id,
      registered.latitude,
      registered.longitude,
      team.position_basis,
      registered.strength,
      team.readiness_note,
      registered.synthetic,
    ],
  );
  if (inserted === 0) return 0;
  await assessSoon(tx, team.id);
  await outbox.add(tx, TeamRegistered, registered, { correlationId: team.id, causationId: 'seed', realm: 'real' });
  return 1;
}
