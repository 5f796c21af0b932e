import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { IncidentRow } from '../incidents/incident.entity';
import type { AllocationState } from './domain/allocation';

/** One allocation; `state` is what the saga knows, the other columns are for finding it. */
@Entity('allocations')
@Index('ix_allocations_incident', ['incidentId'])
@Index('ix_allocations_region_code_prefix', { synchronize: false })
export class AllocationRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_allocations' })
  id!: string;
  @Column('uuid', { name: 'incident_id' })
  incidentId!: string;
  @ManyToOne(() => IncidentRow, { nullable: false })
  @JoinColumn({ name: 'incident_id', foreignKeyConstraintName: 'fk_allocations_incident' })
  incident?: IncidentRow;
  @Column('text', { name: 'region_code' })
  regionCode!: string;
  @Column('uuid', { name: 'organisation_id' })
  organisationId!: string;
  @Column('text')
  phase!: string;
  @Column('uuid', { name: 'requested_by' })
  requestedBy!: string;
  @Column('text', { name: 'requested_by_name' })
  requestedByName!: string;
  @Column('text', { name: 'approved_by_name', nullable: true })
  approvedByName!: string | null;
  @Column('jsonb')
  state!: AllocationState;
  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;
  @Column('timestamptz', { name: 'changed_at', default: () => 'now()' })
  changedAt!: Date;
}

/** One line of an allocation's timeline; appended, never changed. */
@Entity('allocation_entries')
export class AllocationEntryRow {
  @PrimaryColumn('uuid', { name: 'allocation_id', primaryKeyConstraintName: 'pk_allocation_entries' })
  allocationId!: string;
  @ManyToOne(() => AllocationRow, { nullable: false })
  @JoinColumn({ name: 'allocation_id', foreignKeyConstraintName: 'fk_allocation_entries_allocation' })
  allocation?: AllocationRow;
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_allocation_entries' })
  position!: number;
  @Column('timestamptz')
  at!: Date;
  @Column('text')
  actor!: string;
  @Column('text')
  step!: string;
  @Column('text')
  what!: string;
  @Column('text')
  why!: string;
  @Column('uuid', { name: 'event_id' })
  eventId!: string;
}

export const ALLOCATION_ENTITIES = [AllocationRow, AllocationEntryRow];
