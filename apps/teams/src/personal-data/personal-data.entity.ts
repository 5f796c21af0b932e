import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { regionCodeCheck } from '@ledger/platform';

/** One look at personal data in clear: who, when and why. Only appended. */
@Entity('personal_data_reads')
@Check('ck_personal_data_reads_subject_kind', `subject_kind IN ('team-contacts', 'person')`)
@Check('ck_personal_data_reads_region_code', regionCodeCheck('region_code'))
@Index('ix_personal_data_reads_subject', ['subjectId', 'at'])
export class PersonalDataReadRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_personal_data_reads' })
  id!: string;
  @Column('text', { name: 'subject_kind' })
  subjectKind!: string;
  @Column('uuid', { name: 'subject_id' })
  subjectId!: string;
  /** Of the team whose people they are. */
  @Column('text', { name: 'region_code' })
  regionCode!: string;
  @Column('text')
  reader!: string;
  @Column('uuid', { name: 'reader_id' })
  readerId!: string;
  @Column('text', { name: 'reader_region_code' })
  readerRegionCode!: string;
  @Column('text')
  reason!: string;
  @Column('timestamptz')
  at!: Date;
}
