import { Check, Column, Entity, Index, PrimaryColumn, PrimaryGeneratedColumn, Unique } from 'typeorm';

/** Row shapes of the platform's tables; the statements that use them stand in the classes named after them. */

@Entity('outbox')
@Unique('uq_outbox_id', ['id'])
@Unique('uq_outbox_sequence', ['topic', 'partitionKey', 'sequence'])
@Index('ix_outbox_unpublished', ['position'], { where: 'published_at IS NULL' })
@Index('ix_outbox_published_at', ['publishedAt'], { where: 'published_at IS NOT NULL' })
export class OutboxRow {
  @PrimaryGeneratedColumn('increment', { type: 'bigint', primaryKeyConstraintName: 'pk_outbox' })
  position!: string;
  @Column('uuid')
  id!: string;
  @Column('text')
  topic!: string;
  @Column('text', { name: 'partition_key' })
  partitionKey!: string;
  @Column('bigint')
  sequence!: string;
  @Column('text')
  type!: string;
  @Column('text')
  envelope!: string;
  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;
  @Column('timestamptz', { name: 'published_at', nullable: true })
  publishedAt!: Date | null;
}

@Entity('outbox_sequences')
@Check('ck_outbox_sequences_positive', 'last_sequence > 0')
export class OutboxSequenceRow {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_outbox_sequences' })
  topic!: string;
  @PrimaryColumn('text', { name: 'partition_key', primaryKeyConstraintName: 'pk_outbox_sequences' })
  partitionKey!: string;
  @Column('bigint', { name: 'last_sequence' })
  lastSequence!: string;
}

@Entity('inbox')
@Index('ix_inbox_received_at', ['receivedAt'])
export class InboxRow {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_inbox' })
  subscriber!: string;
  @PrimaryColumn('uuid', { name: 'event_id', primaryKeyConstraintName: 'pk_inbox' })
  eventId!: string;
  @Column('text')
  type!: string;
  @Column('timestamptz', { name: 'received_at', default: () => 'now()' })
  receivedAt!: Date;
}

@Entity('inbox_sequences')
@Index('ix_inbox_sequences_updated_at', ['updatedAt'])
export class InboxSequenceRow {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_inbox_sequences' })
  source!: string;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_inbox_sequences' })
  topic!: string;
  @PrimaryColumn('text', { name: 'partition_key', primaryKeyConstraintName: 'pk_inbox_sequences' })
  partitionKey!: string;
  @Column('bigint', { name: 'last_sequence' })
  lastSequence!: string;
  @Column('timestamptz', { name: 'updated_at', default: () => 'now()' })
  updatedAt!: Date;
}

@Entity('parked_events')
@Unique('uq_parked_events_id', ['id'])
@Unique('uq_parked_events_bus_position', ['subscriber', 'busPosition'])
@Check('ck_parked_events_state', `state IN ('open', 'replayed', 'discarded')`)
@Index('ix_parked_events_open', ['topic', 'partitionKey'], { where: `state = 'open'` })
export class ParkedEventRow {
  @PrimaryGeneratedColumn('increment', { type: 'bigint', primaryKeyConstraintName: 'pk_parked_events' })
  position!: string;
  @Column('uuid')
  id!: string;
  @Column('text')
  subscriber!: string;
  @Column('text')
  topic!: string;
  @Column('text', { name: 'bus_position' })
  busPosition!: string;
  @Column('text', { name: 'partition_key', nullable: true })
  partitionKey!: string | null;
  @Column('text', { name: 'event_id', nullable: true })
  eventId!: string | null;
  @Column('text', { nullable: true })
  type!: string | null;
  @Column('bytea', { nullable: true })
  value!: Buffer | null;
  @Column('text')
  code!: string;
  @Column('text')
  reason!: string;
  @Column('text', { nullable: true })
  stack!: string | null;
  @Column('text', { default: 'open' })
  state!: string;
  @Column('timestamptz', { name: 'parked_at', default: () => 'now()' })
  parkedAt!: Date;
  @Column('timestamptz', { name: 'settled_at', nullable: true })
  settledAt!: Date | null;
  @Column('text', { name: 'settled_by', nullable: true })
  settledBy!: string | null;
}

@Entity('idempotency_keys')
@Index('ix_idempotency_keys_created_at', ['createdAt'])
export class IdempotencyKeyRow {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_idempotency_keys' })
  caller!: string;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_idempotency_keys' })
  route!: string;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_idempotency_keys' })
  key!: string;
  @Column('text', { name: 'content_hash' })
  contentHash!: string;
  @Column('jsonb', { nullable: true })
  answer!: unknown;
  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;
}

@Entity('deadlines')
@Index('ix_deadlines_due_at', ['dueAt'])
export class DeadlineRow {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_deadlines' })
  kind!: string;
  @PrimaryColumn('uuid', { name: 'subject_id', primaryKeyConstraintName: 'pk_deadlines' })
  subjectId!: string;
  @Column('text')
  owner!: string;
  @Column('timestamptz', { name: 'due_at' })
  dueAt!: Date;
  @Column('jsonb', { default: () => `'{}'` })
  payload!: Record<string, unknown>;
  @Column('integer', { default: 0 })
  attempts!: number;
  @Column('text', { name: 'last_error', nullable: true })
  lastError!: string | null;
}

export const PLATFORM_ENTITIES = [
  OutboxRow,
  OutboxSequenceRow,
  InboxRow,
  InboxSequenceRow,
  ParkedEventRow,
  IdempotencyKeyRow,
  DeadlineRow,
];
