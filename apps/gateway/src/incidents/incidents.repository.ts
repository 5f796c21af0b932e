import { Injectable } from '@nestjs/common';
import { DomainError, type Caller, type Site } from '@ledger/contracts';
import type { Tx } from '@ledger/platform';
import type { IncidentKind, IncidentLevel } from './domain/incident';

export interface NewIncident {
  readonly id: string;
  readonly kind: IncidentKind;
  readonly level: IncidentLevel;
  readonly title: string;
  readonly description: string | null;
  readonly regionCode: string;
  readonly occurredAt: Date;
  readonly affectedPeople: number;
  readonly reporterName: string | null;
}

/** The statements that write incidents and their sites. */
@Injectable()
export class IncidentsRepository {
  /** The name of a division. @throws DomainError GATEWAY_REGION_UNKNOWN */
  async regionName(tx: Tx, regionCode: string): Promise<string> {
    const [region] = await tx.query<{ name: string }>('SELECT name FROM regions WHERE region_code = $1', [regionCode]);
    if (!region) throw new DomainError('GATEWAY_REGION_UNKNOWN', { facts: { regionCode } });
    return region.name;
  }

  async insert(tx: Tx, incident: NewIncident, caller: Caller): Promise<void> {
    await tx.execute(
      `INSERT INTO incidents (id, kind, level, title, description, region_code, occurred_at, affected_people,
                              reporter_name, reported_at, reported_by, organisation_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
      [
        incident.id,
        incident.kind,
        incident.level,
        incident.title,
        incident.description,
        incident.regionCode,
        incident.occurredAt,
        incident.affectedPeople,
        incident.reporterName,
        tx.now,
        caller.userId,
        caller.organisationId,
      ],
    );
  }

  async insertSite(tx: Tx, incidentId: string, site: Site, caller: Caller): Promise<void> {
    await tx.execute(
      `INSERT INTO incident_sites (id, incident_id, name, region_code, latitude, longitude, created_at, created_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [site.siteId, incidentId, site.name, site.regionCode, site.latitude, site.longitude, tx.now, caller.userId],
    );
  }

  /**
   * Locks an incident of the caller's region against closing and further sites.
   * @throws DomainError GATEWAY_INCIDENT_NOT_FOUND
   */
  async lock(
    tx: Tx,
    id: string,
    caller: Caller,
  ): Promise<{ regionCode: string; closedAt: Date | null; siteCount: number }> {
    const [incident] = await tx.query<{ regionCode: string; closedAt: Date | null }>(
      `SELECT region_code AS "regionCode", closed_at AS "closedAt" FROM incidents
       WHERE id = $1 AND starts_with(region_code, $2) FOR UPDATE`,
      [id, caller.regionCode],
    );
    if (!incident) throw new DomainError('GATEWAY_INCIDENT_NOT_FOUND');
    const [{ siteCount }] = await tx.query<{ siteCount: number }>(
      'SELECT count(*)::int AS "siteCount" FROM incident_sites WHERE incident_id = $1',
      [id],
    );
    return { ...incident, siteCount };
  }
}
