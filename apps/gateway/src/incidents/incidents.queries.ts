import { Injectable } from '@nestjs/common';
import { DomainError, type Caller, type Site } from '@ledger/contracts';
import { Database, type Tx } from '@ledger/platform';
import type { IncidentKind, IncidentLevel } from './domain/incident';
import type { IncidentPage, IncidentQuery, IncidentView } from './dto/incident.dto';

const SELECT_INCIDENTS = `
  SELECT i.id, i.kind, i.level, i.title, i.description, i.region_code AS "regionCode", i.occurred_at AS "occurredAt",
         i.affected_people AS "affectedPeople", i.reporter_name AS "reporterName", i.reported_at AS "reportedAt",
         i.closed_at AS "closedAt",
         (SELECT json_agg(json_build_object('id', s.id, 'name', s.name, 'regionCode', s.region_code,
                                            'latitude', s.latitude, 'longitude', s.longitude) ORDER BY s.id)
          FROM incident_sites s WHERE s.incident_id = i.id) AS sites
  FROM incidents i`;

/** One incident within the caller's region. @throws DomainError GATEWAY_INCIDENT_NOT_FOUND */
export async function readIncident(source: Pick<Tx, 'query'>, id: string, caller: Caller): Promise<IncidentView> {
  const [incident] = await source.query<IncidentView>(
    `${SELECT_INCIDENTS} WHERE i.id = $1 AND starts_with(i.region_code, $2)`,
    [id, caller.regionCode],
  );
  if (!incident) throw new DomainError('GATEWAY_INCIDENT_NOT_FOUND');
  return incident;
}

/** Reads of incidents, each within the caller's region. */
@Injectable()
export class IncidentQueries {
  constructor(private readonly database: Database) {}

  find(id: string, caller: Caller): Promise<IncidentView> {
    return readIncident(this.database, id, caller);
  }

  async list(query: IncidentQuery, caller: Caller): Promise<IncidentPage> {
    const where = `starts_with(i.region_code, $1) AND ($2::text IS NULL OR (i.closed_at IS NULL) = ($2 = 'open'))`;
    const filter = [caller.regionCode, query.state ?? null];
    const items = await this.database.query<IncidentView>(
      `${SELECT_INCIDENTS} WHERE ${where} ORDER BY i.reported_at DESC, i.id LIMIT $3 OFFSET $4`,
      [...filter, query.limit, query.offset],
    );
    const [{ total }] = await this.database.query<{ total: number }>(
      `SELECT count(*)::int AS total FROM incidents i WHERE ${where}`,
      filter,
    );
    return { items, total };
  }
}

/** What an allocation has to know of the incident it serves. */
export interface AllocationSite {
  readonly incident: {
    readonly id: string;
    readonly kind: IncidentKind;
    readonly level: IncidentLevel;
    readonly regionCode: string;
    readonly closedAt: Date | null;
  };
  readonly site: Site;
}

/** The reader that the allocation saga uses inside its own transactions. */
@Injectable()
export class Incidents {
  /**
   * The incident and one of its sites; whether it is closed is for the caller of this to judge.
   * @throws DomainError GATEWAY_INCIDENT_NOT_FOUND when either is unknown or outside the region of `caller`
   */
  async siteForAllocation(tx: Tx, incidentId: string, siteId: string, caller: Caller): Promise<AllocationSite> {
    const { sites, ...incident } = await readIncident(tx, incidentId, caller);
    const found = sites.find((candidate) => candidate.id === siteId);
    if (!found) throw new DomainError('GATEWAY_INCIDENT_NOT_FOUND', { detail: 'the incident has no such site' });
    const { id, ...place } = found;
    return {
      incident: {
        id: incident.id,
        kind: incident.kind,
        level: incident.level,
        regionCode: incident.regionCode,
        closedAt: incident.closedAt,
      },
      site: { siteId: id, ...place },
    };
  }
}
