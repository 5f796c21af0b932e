import { Injectable } from '@nestjs/common';
import { IncidentReported } from '@ledger/contracts';
import { Idempotency, Outbox, causeOfRequest, newId, requireRegion, type Identity, type Tx } from '@ledger/platform';
import { requireHappened } from './domain/incident';
import type { IncidentView, ReportIncidentRequest } from './dto/incident.dto';
import { IncidentsRepository, type NewIncident } from './incidents.repository';
import { readIncident } from './incidents.queries';

/** Enters an incident with its first delivery site and tells the other services. */
@Injectable()
export class ReportIncident {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly incidents: IncidentsRepository,
    private readonly outbox: Outbox,
  ) {}

  /**
   * @throws DomainError AUTH_REGION_OUT_OF_SCOPE, GATEWAY_INCIDENT_TIME_INVALID, GATEWAY_REGION_UNKNOWN, checked in
   *         this order
   */
  execute(identity: Identity, request: ReportIncidentRequest): Promise<IncidentView> {
    requireRegion(identity.caller, request.regionCode);
    return this.idempotency.once(identity, (tx) => this.report(tx, identity, request));
  }

  private async report(tx: Tx, identity: Identity, request: ReportIncidentRequest): Promise<IncidentView> {
    const incident: NewIncident = {
      id: newId(),
      kind: request.kind,
      level: request.level,
      title: request.title,
      description: request.description ?? null,
      regionCode: request.regionCode,
      occurredAt: new Date(request.occurredAt),
      affectedPeople: request.affectedPeople,
      reporterName: request.reporterName ?? null,
    };
    requireHappened(incident.occurredAt, tx.now);
    const regionName = await this.incidents.regionName(tx, request.regionCode);
    await this.incidents.insert(tx, incident, identity.caller);
    await this.incidents.insertSite(
      tx,
      incident.id,
      {
        siteId: newId(),
        name: request.siteName ?? regionName,
        regionCode: request.regionCode,
        latitude: request.latitude,
        longitude: request.longitude,
      },
      identity.caller,
    );
    await this.announce(tx, identity, incident);
    return readIncident(tx, incident.id, identity.caller);
  }

  private async announce(tx: Tx, identity: Identity, incident: NewIncident): Promise<void> {
    await this.outbox.add(
      tx,
      IncidentReported,
      {
        incidentId: incident.id,
        kind: incident.kind,
        level: incident.level,
        title: incident.title,
        regionCode: incident.regionCode,
        occurredAt: incident.occurredAt.toISOString(),
        affectedPeople: incident.affectedPeople,
      },
      causeOfRequest(identity, incident.id),
    );
  }
}
