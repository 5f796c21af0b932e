import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { regionCodeCheck } from '@ledger/platform';

/**
 * One answer to one AssignVehicles command. A tombstone (released before it was asked for) knows neither incident nor
 * site.
 */
@Entity('assignments')
@Check('ck_assignments_state', `state IN ('booked', 'refused', 'released')`)
@Check('ck_assignments_sourcing', `sourcing IN ('own', 'contract', 'requisition')`)
@Check(
  'ck_assignments_complete',
  `state = 'released' OR num_nulls(incident_id, sourcing, site_id, site_name, site_region_code, site_latitude, site_longitude, hold_until) = 0`,
)
@Check('ck_assignments_ended', `(ended_at IS NULL) = (state = 'booked')`)
@Check('ck_assignments_released_trips', `(released_trips IS NOT NULL) = (state = 'released')`)
@Check('ck_assignments_site_region_code', regionCodeCheck('site_region_code'))
@Index('ix_assignments_allocation_id', ['allocationId'])
@Index('ix_assignments_site_region_code_prefix', { synchronize: false })
export class AssignmentRow {
  /** Given by the command. */
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_assignments' })
  id!: string;
  @Column('uuid', { name: 'allocation_id' })
  allocationId!: string;
  @Column('uuid', { name: 'incident_id', nullable: true })
  incidentId!: string | null;
  @Column('text', { nullable: true })
  sourcing!: string | null;
  @Column('uuid', { name: 'site_id', nullable: true })
  siteId!: string | null;
  @Column('text', { name: 'site_name', nullable: true })
  siteName!: string | null;
  @Column('text', { name: 'site_region_code', nullable: true })
  siteRegionCode!: string | null;
  @Column('double precision', { name: 'site_latitude', nullable: true })
  siteLatitude!: number | null;
  @Column('double precision', { name: 'site_longitude', nullable: true })
  siteLongitude!: number | null;
  /** Vehicles that have neither loaded nor departed by then are freed. */
  @Column('timestamptz', { name: 'hold_until', nullable: true })
  holdUntil!: Date | null;
  @Column('text')
  state!: string;
  @Column('timestamptz', { name: 'requested_at' })
  requestedAt!: Date;
  @Column('timestamptz', { name: 'ended_at', nullable: true })
  endedAt!: Date | null;
  @Column('text', { name: 'end_reason', nullable: true })
  endReason!: string | null;
  /** How many trips the release freed; told again when the release is repeated. */
  @Column('integer', { name: 'released_trips', nullable: true })
  releasedTrips!: number | null;
}
