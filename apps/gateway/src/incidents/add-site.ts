import { Injectable } from '@nestjs/common';
import type { Site } from '@ledger/contracts';
import { Idempotency, newId, requireRegion, type Identity, type Tx } from '@ledger/platform';
import { requireRoomForSite } from './domain/incident';
import type { AddSiteRequest, IncidentSiteView } from './dto/incident.dto';
import { IncidentsRepository } from './incidents.repository';

/** Adds a delivery site to an open incident. */
@Injectable()
export class AddSite {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly incidents: IncidentsRepository,
  ) {}

  /**
   * @throws DomainError AUTH_REGION_OUT_OF_SCOPE, GATEWAY_INCIDENT_NOT_FOUND, GATEWAY_INCIDENT_CLOSED,
   *         GATEWAY_INCIDENT_SITES_FULL, GATEWAY_REGION_UNKNOWN, checked in this order
   */
  execute(identity: Identity, incidentId: string, request: AddSiteRequest): Promise<IncidentSiteView> {
    if (request.regionCode) requireRegion(identity.caller, request.regionCode);
    return this.idempotency.once(identity, (tx) => this.add(tx, identity, incidentId, request));
  }

  private async add(
    tx: Tx,
    identity: Identity,
    incidentId: string,
    request: AddSiteRequest,
  ): Promise<IncidentSiteView> {
    const incident = await this.incidents.lock(tx, incidentId, identity.caller);
    requireRoomForSite(incident);
    const site: Site = {
      siteId: newId(),
      name: request.name,
      regionCode: request.regionCode ?? incident.regionCode,
      latitude: request.latitude,
      longitude: request.longitude,
    };
    await this.incidents.regionName(tx, site.regionCode);
    await this.incidents.insertSite(tx, incidentId, site, identity.caller);
    const { siteId, ...place } = site;
    return { id: siteId, ...place };
  }
}
