import { randomUUID } from 'node:crypto';
import type { CallUp } from '@ledger/contracts';
import type { TestService } from '@ledger/testing';
import { invariants } from '../../src/database/invariants';

export const COUNTY = '140930';
export const VILLAGE = '140930101200';
export const COUNTY_PLACE = { latitude: 39.38, longitude: 111.2 };
export const SITE = {
  siteId: '0197f0c0-0000-7000-8000-00000000517e',
  name: '楼子营村安置点',
  regionCode: VILLAGE,
  latitude: 39.42,
  longitude: 111.22,
};

export interface TestTeam {
  readonly id: string;
  readonly name: string;
}

let kinds = 0;

/** A kind of team that no other test uses, so that tests do not take each other's teams. */
export async function aKind(service: TestService): Promise<string> {
  const code = `TST-${String(++kinds).padStart(2, '0')}`;
  await service.database.query(
    `INSERT INTO team_types (code, kind, name_zh, name_en, specialty, call_channel, plan_reference)
     VALUES ($1, 'professional', '防汛队', 'flood team', 'flood', 'county emergency command', '004 §17')`,
    [code],
  );
  return code;
}

export async function aTeam(
  service: TestService,
  typeCode: string,
  changes: { readonly name?: string; readonly regionCode?: string; readonly organisationId?: string } = {},
): Promise<TestTeam> {
  const { name = '防汛抗旱抢险队', regionCode = COUNTY, organisationId = randomUUID() } = changes;
  const id = randomUUID();
  await service.database.query(
    `INSERT INTO teams (id, code, name_zh, name_en, type_code, region_code, organisation_id, latitude, longitude,
                        position_basis, strength, readiness_note, synthetic)
     VALUES ($1, $2, $3, 'flood team', $4, $5, $6, $7, $8, 'synthetic', 30, '', true)`,
    [id, `T-${id}`, name, typeCode, regionCode, organisationId, COUNTY_PLACE.latitude, COUNTY_PLACE.longitude],
  );
  return { id, name };
}

export function aCallUp(typeCode: string, changes: Partial<CallUp> = {}): CallUp {
  return {
    allocationId: randomUUID(),
    incidentId: randomUUID(),
    lineId: randomUUID(),
    callUpId: randomUUID(),
    typeCode,
    site: SITE,
    answerSeconds: 900,
    ...changes,
  };
}

/** The rules of the service's database that are broken, with the rows that break them. */
export async function brokenInvariants(service: TestService): Promise<Record<string, object[]>> {
  const broken: Record<string, object[]> = {};
  for (const { id, sql } of invariants) {
    const rows = await service.database.query(sql);
    if (rows.length > 0) broken[id] = rows;
  }
  return broken;
}
