import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { RegionRow } from '../regions/region.entity';
import { INCIDENT_KINDS, INCIDENT_LEVELS } from './domain/incident';

const listed = (values: readonly string[]): string => values.map((value) => `'${value}'`).join(', ');

@Entity('incidents')
@Check('ck_incidents_kind', `kind IN (${listed(INCIDENT_KINDS)})`)
@Check('ck_incidents_level', `level IN (${listed(INCIDENT_LEVELS)})`)
@Check('ck_incidents_affected_people', 'affected_people >= 0')
@Check('ck_incidents_closed_at', 'closed_at >= reported_at')
@Index('ix_incidents_region_code_prefix', { synchronize: false })
export class IncidentRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_incidents' })
  id!: string;
  @Column('text')
  kind!: string;
  @Column('text')
  level!: string;
  @Column('text')
  title!: string;
  @Column('text', { nullable: true })
  description!: string | null;
  @Column('text', { name: 'region_code' })
  regionCode!: string;
  @ManyToOne(() => RegionRow, { nullable: false })
  @JoinColumn({ name: 'region_code', foreignKeyConstraintName: 'fk_incidents_region' })
  region?: RegionRow;
  @Column('timestamptz', { name: 'occurred_at' })
  occurredAt!: Date;
  @Column('integer', { name: 'affected_people' })
  affectedPeople!: number;
  /** Personal: who called it in. */
  @Column('text', { name: 'reporter_name', nullable: true })
  reporterName!: string | null;
  @Column('timestamptz', { name: 'reported_at' })
  reportedAt!: Date;
  /** The user who entered it. */
  @Column('uuid', { name: 'reported_by' })
  reportedBy!: string;
  @Column('uuid', { name: 'organisation_id' })
  organisationId!: string;
  @Column('timestamptz', { name: 'closed_at', nullable: true })
  closedAt!: Date | null;
}

/** Places of an incident where goods are handed over and teams work. */
@Entity('incident_sites')
@Check('ck_incident_sites_latitude', 'latitude BETWEEN -90 AND 90')
@Check('ck_incident_sites_longitude', 'longitude BETWEEN -180 AND 180')
@Index('ix_incident_sites_incident_id', ['incidentId'])
export class IncidentSiteRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_incident_sites' })
  id!: string;
  @Column('uuid', { name: 'incident_id' })
  incidentId!: string;
  @ManyToOne(() => IncidentRow, { nullable: false })
  @JoinColumn({ name: 'incident_id', foreignKeyConstraintName: 'fk_incident_sites_incident' })
  incident?: IncidentRow;
  @Column('text')
  name!: string;
  @Column('text', { name: 'region_code' })
  regionCode!: string;
  @ManyToOne(() => RegionRow, { nullable: false })
  @JoinColumn({ name: 'region_code', foreignKeyConstraintName: 'fk_incident_sites_region' })
  region?: RegionRow;
  @Column('double precision')
  latitude!: number;
  @Column('double precision')
  longitude!: number;
  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;
  @Column('uuid', { name: 'created_by' })
  createdBy!: string;
}
