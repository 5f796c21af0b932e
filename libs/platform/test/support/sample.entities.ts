import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What a request left behind. */
@Entity('notes')
export class NoteRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_notes' })
  id!: string;
  @Column('text')
  text!: string;
}

/** What an event left behind, in the order of the effects. */
@Entity('effects')
export class EffectRow {
  @PrimaryColumn('uuid', { name: 'event_id', primaryKeyConstraintName: 'pk_effects' })
  eventId!: string;
  @Column('uuid', { name: 'allocation_id' })
  allocationId!: string;
  @Column('integer')
  sequence!: number;
  @Column('timestamptz', { name: 'made_at', default: () => 'clock_timestamp()' })
  madeAt!: Date;
}
