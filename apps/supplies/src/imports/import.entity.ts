import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { regionCodeCheck } from '@ledger/platform';
import { ItemRow } from '../catalogue/catalogue.entity';
import { IMPORT_KINDS } from './domain/import-kinds';
import { IMPORT_STATES } from './domain/import-state';

const listed = (values: readonly string[]): string => values.map((value) => `'${value}'`).join(', ');

/** A file that somebody brought; its bytes are in pieces, so that any copy of the service can work on it. */
@Entity('import_files')
export class ImportFileRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_import_files' })
  id!: string;
  @Column('timestamptz', { name: 'received_at', default: () => 'now()' })
  receivedAt!: Date;
}

@Entity('import_file_pieces')
export class ImportFilePieceRow {
  @PrimaryColumn('uuid', { name: 'file_id', primaryKeyConstraintName: 'pk_import_file_pieces' })
  @ForeignKey(() => ImportFileRow, { name: 'fk_import_file_pieces_file', onDelete: 'CASCADE' })
  fileId!: string;
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_import_file_pieces' })
  position!: number;
  @Column('bytea')
  bytes!: Buffer;
}

/**
 * An import from the file to the end. It acts for the organisation and within the region of whoever brought the file.
 * `work…` says how far the job in hand is; a copy of the service has the job while its lease runs.
 */
@Entity('imports')
@Index('uq_imports_file', ['organisationId', 'regionCode', 'kind', 'sha256'], {
  unique: true,
  where: `state NOT IN ('failed', 'cancelled')`,
})
@Index('ix_imports_region_code', { synchronize: false })
@Index('ix_imports_working', ['leaseUntil'], { where: `state IN ('uploaded', 'checking', 'committing')` })
@Check('ck_imports_kind', `kind IN (${listed(IMPORT_KINDS)})`)
@Check('ck_imports_state', `state IN (${listed(IMPORT_STATES)})`)
@Check('ck_imports_format', `format IN ('csv', 'xlsx') AND (format = 'csv') = (encoding IS NOT NULL)`)
@Check('ck_imports_mapping', '(mapping IS NULL) = (mapping_basis IS NULL)')
@Check('ck_imports_mapping_basis', `mapping_basis IN ('guessed', 'remembered', 'person')`)
@Check('ck_imports_failure', `(state = 'failed') = (failure_code IS NOT NULL)`)
@Check('ck_imports_ended', `(state IN ('committed', 'failed', 'cancelled')) = (ended_at IS NOT NULL)`)
@Check('ck_imports_committed', `state <> 'committed' OR committed_by_id IS NOT NULL`)
@Check(
  'ck_imports_second_person',
  'NOT needs_second_person OR committed_by_id IS NULL OR committed_by_id <> uploaded_by_id',
)
@Check('ck_imports_region_code', regionCodeCheck('region_code'))
export class ImportRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_imports' })
  id!: string;
  @Column('text')
  kind!: string;
  @Column('text')
  state!: string;
  @Column('uuid', { name: 'organisation_id' })
  organisationId!: string;
  @Column('text', { name: 'organisation_kind' })
  organisationKind!: string;
  @Column('text', { name: 'region_code' })
  regionCode!: string;
  @Column('text')
  realm!: string;
  /** null once the bytes are no longer kept. */
  @Column('uuid', { name: 'file_id', nullable: true })
  @ForeignKey(() => ImportFileRow, { name: 'fk_imports_file' })
  fileId!: string | null;
  @Column('text', { name: 'file_name' })
  fileName!: string;
  @Column('text')
  format!: string;
  /** Of a text; null for a workbook. */
  @Column('text', { nullable: true })
  encoding!: string | null;
  @Column('text')
  sha256!: string;
  @Column('bigint', { name: 'size_bytes' })
  sizeBytes!: string;
  @Column('text', { name: 'uploaded_by' })
  uploadedBy!: string;
  @Column('uuid', { name: 'uploaded_by_id' })
  uploadedById!: string;
  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;
  /** The sheets with their first rows, as somebody needs them to say what the columns mean. */
  @Column('jsonb', { nullable: true })
  inspection!: unknown;
  @Column('jsonb', { nullable: true })
  mapping!: unknown;
  @Column('text', { name: 'mapping_basis', nullable: true })
  mappingBasis!: string | null;
  @Column('boolean', { name: 'all_or_nothing', default: false })
  allOrNothing!: boolean;
  /** It holds rows that need four eyes: scrap and differences of counts. */
  @Column('boolean', { name: 'needs_second_person', default: false })
  needsSecondPerson!: boolean;
  @Column('integer', { name: 'rows_read', default: 0 })
  rowsRead!: number;
  /** Blank rows and rows of sums. */
  @Column('integer', { name: 'rows_ignored', default: 0 })
  rowsIgnored!: number;
  @Column('integer', { name: 'rows_refused', default: 0 })
  rowsRefused!: number;
  /** Rows that came in with an earlier file. */
  @Column('integer', { name: 'rows_repeated', default: 0 })
  rowsRepeated!: number;
  @Column('integer', { name: 'rows_valid', default: 0 })
  rowsValid!: number;
  @Column('integer', { name: 'rows_posted', default: 0 })
  rowsPosted!: number;
  @Column('jsonb', { nullable: true })
  summary!: unknown;
  @Column('text', { name: 'failure_code', nullable: true })
  failureCode!: string | null;
  @Column('text', { name: 'failure_detail', nullable: true })
  failureDetail!: string | null;
  @Column('text', { name: 'committed_by', nullable: true })
  committedBy!: string | null;
  @Column('uuid', { name: 'committed_by_id', nullable: true })
  committedById!: string | null;
  /** Bytes while a text is read, otherwise rows. */
  @Column('bigint', { name: 'work_done', default: 0 })
  workDone!: string;
  @Column('bigint', { name: 'work_total', nullable: true })
  workTotal!: string | null;
  @Column('timestamptz', { name: 'work_started_at', nullable: true })
  workStartedAt!: Date | null;
  @Column('timestamptz', { name: 'work_seen_at', nullable: true })
  workSeenAt!: Date | null;
  @Column('timestamptz', { name: 'ended_at', nullable: true })
  endedAt!: Date | null;
  /** Failed attempts at the job in hand, in a row. */
  @Column('integer', { default: 0 })
  attempts!: number;
  @Column('uuid', { name: 'lease_owner', nullable: true })
  leaseOwner!: string | null;
  @Column('timestamptz', { name: 'lease_until', nullable: true })
  leaseUntil!: Date | null;
}

/**
 * A row of a sheet that waits to be posted; a posted one is gone. `position` is the order of posting: depot by depot, in
 * each the order of the sheet, or of the days where the sheet does not keep it. Rows of depots and names keep what they
 * say in `content`.
 */
@Entity('import_rows')
export class ImportStagedRow {
  @PrimaryColumn('uuid', { name: 'import_id', primaryKeyConstraintName: 'pk_import_rows' })
  importId!: string;
  @PrimaryColumn('bigint', { primaryKeyConstraintName: 'pk_import_rows' })
  position!: string;
  @Column('integer', { name: 'row_number' })
  rowNumber!: number;
  @Column('boolean')
  valid!: boolean;
  @Column('boolean')
  repeated!: boolean;
  /** Made of what the row says, so that the same row of another file is posted no second time. */
  @Column('text', { name: 'business_key' })
  businessKey!: string;
  @Column('text', { name: 'movement_kind', nullable: true })
  movementKind!: string | null;
  @Column('boolean', { name: 'brings_lot', nullable: true })
  bringsLot!: boolean | null;
  @Column('uuid', { name: 'depot_id', nullable: true })
  depotId!: string | null;
  @Column('text', { name: 'item_code', nullable: true })
  itemCode!: string | null;
  @Column('text', { name: 'batch_number', nullable: true })
  batchNumber!: string | null;
  @Column('date', { name: 'production_date', nullable: true })
  productionDate!: string | null;
  @Column('date', { name: 'expiry_date', nullable: true })
  expiryDate!: string | null;
  @Column('text', { nullable: true })
  origin!: string | null;
  @Column('text', { name: 'owner_region_code', nullable: true })
  ownerRegionCode!: string | null;
  @Column('text', { name: 'from_account', nullable: true })
  fromAccount!: string | null;
  @Column('text', { name: 'to_account', nullable: true })
  toAccount!: string | null;
  @Column('bigint', { name: 'quantity_base', nullable: true })
  quantityBase!: string | null;
  @Column('date', { nullable: true })
  day!: string | null;
  @Column('text', { nullable: true })
  note!: string | null;
  @Column('jsonb', { nullable: true })
  content!: unknown;
}

/** One thing that is wrong with one row, with what stood there, cut off. */
@Entity('import_row_errors')
export class ImportRowErrorRow {
  @PrimaryColumn('uuid', { name: 'import_id', primaryKeyConstraintName: 'pk_import_row_errors' })
  @ForeignKey(() => ImportRow, { name: 'fk_import_row_errors_import' })
  importId!: string;
  @PrimaryColumn('integer', { name: 'row_number', primaryKeyConstraintName: 'pk_import_row_errors' })
  rowNumber!: number;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_import_row_errors' })
  field!: string;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_import_row_errors' })
  code!: string;
  @Column('text')
  value!: string;
}

/** A name of a sheet and the item it was matched to; unsure ones wait for a person. */
@Entity('import_names')
@Unique('uq_import_names_name', ['importId', 'normalName'])
@Check('ck_import_names_basis', `basis IN ('certain', 'remembered', 'person', 'unsure')`)
@Check('ck_import_names_unsure', `basis <> 'unsure' OR item_code IS NULL`)
@Check('ck_import_names_certain', `basis <> 'certain' OR item_code IS NOT NULL`)
export class ImportNameRow {
  @PrimaryColumn('uuid', { name: 'import_id', primaryKeyConstraintName: 'pk_import_names' })
  @ForeignKey(() => ImportRow, { name: 'fk_import_names_import' })
  importId!: string;
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_import_names' })
  number!: number;
  @Column('text', { name: 'normal_name' })
  normalName!: string;
  @Column('text')
  name!: string;
  @Column('integer')
  rows!: number;
  @Column('jsonb')
  candidates!: unknown;
  /** null while nobody decided, and for a name that is left out. */
  @Column('text', { name: 'item_code', nullable: true })
  @ForeignKey(() => ItemRow, { name: 'fk_import_names_item' })
  itemCode!: string | null;
  @Column('text')
  basis!: string;
}

/** What an organisation calls an item, decided once. */
@Entity('import_item_names')
export class ImportItemNameRow {
  @PrimaryColumn('uuid', { name: 'organisation_id', primaryKeyConstraintName: 'pk_import_item_names' })
  organisationId!: string;
  @PrimaryColumn('text', { name: 'normal_name', primaryKeyConstraintName: 'pk_import_item_names' })
  normalName!: string;
  @Column('text')
  name!: string;
  /** null for a name that is left out. */
  @Column('text', { name: 'item_code', nullable: true })
  @ForeignKey(() => ItemRow, { name: 'fk_import_item_names_item' })
  itemCode!: string | null;
  @Column('text', { name: 'decided_by' })
  decidedBy!: string;
  @Column('uuid', { name: 'decided_by_id' })
  decidedById!: string;
  @Column('timestamptz', { name: 'decided_at', default: () => 'now()' })
  decidedAt!: Date;
}

/** What the columns of a form mean that an organisation uses again and again. */
@Entity('import_mappings')
@Check('ck_import_mappings_kind', `kind IN (${listed(IMPORT_KINDS)})`)
export class ImportMappingRow {
  @PrimaryColumn('uuid', { name: 'organisation_id', primaryKeyConstraintName: 'pk_import_mappings' })
  organisationId!: string;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_import_mappings' })
  kind!: string;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_import_mappings' })
  fingerprint!: string;
  @Column('jsonb')
  mapping!: unknown;
  @Column('text', { name: 'saved_by' })
  savedBy!: string;
  @Column('uuid', { name: 'saved_by_id' })
  savedById!: string;
  @Column('timestamptz', { name: 'saved_at', default: () => 'now()' })
  savedAt!: Date;
}

export const IMPORT_ENTITIES = [
  ImportFileRow,
  ImportFilePieceRow,
  ImportRow,
  ImportStagedRow,
  ImportRowErrorRow,
  ImportNameRow,
  ImportItemNameRow,
  ImportMappingRow,
];
