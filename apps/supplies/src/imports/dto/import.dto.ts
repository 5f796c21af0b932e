import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { LINE_PATTERN, PageQuery } from '@ledger/platform';
import { ITEM_CODE_PATTERN } from '../../input/patterns';
import { IMPORT_FIELDS, IMPORT_KINDS, type ImportField, type ImportKind } from '../domain/import-kinds';
import { IMPORT_STATES, type ImportState } from '../domain/import-state';
import type { NameBasis } from '../domain/item-names';

/** What the file that comes as the body is a sheet of. */
export class ReceiveImportQuery {
  @IsIn(IMPORT_KINDS)
  kind!: ImportKind;
}

/** Which imports to list, the latest first. */
export class ImportsQuery extends PageQuery {
  @IsOptional()
  @IsIn(IMPORT_KINDS)
  kind?: ImportKind;

  @IsOptional()
  @IsIn(IMPORT_STATES)
  state?: ImportState;
}

/** Which names of a sheet to list. */
export class ImportNamesQuery extends PageQuery {
  /** `unsure` for those that wait for somebody. */
  @IsOptional()
  @IsIn(['certain', 'remembered', 'person', 'unsure'])
  basis?: NameBasis;
}

export class ImportNameParam {
  @ApiProperty({ format: 'uuid', minLength: 36, maxLength: 36 })
  @IsUUID()
  id!: string;

  /** The name's number within the import. */
  @ApiProperty({ type: 'integer', minimum: 1, maximum: 1_000_000 })
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  number!: number;
}

/** One column and what it means. */
export class MappedColumn {
  @IsIn(IMPORT_FIELDS)
  field!: ImportField;

  /** The first column is 1. */
  @IsInt()
  @Min(1)
  @Max(100)
  column!: number;
}

/** What holds for all rows, because no column says it. */
export class FixedText {
  @IsIn(IMPORT_FIELDS)
  field!: ImportField;

  @IsString()
  @Length(1, 200)
  @Matches(LINE_PATTERN)
  text!: string;
}

/** What the columns of a sheet mean. */
export class SetMappingRequest {
  /** Name of the sheet; the first that is not hidden when left out. */
  @IsOptional()
  @IsString()
  @Length(1, 100)
  @Matches(LINE_PATTERN)
  sheet?: string | null;

  /** The row with the headings; 0 for a sheet without. Rows of data follow it. */
  @IsInt()
  @Min(0)
  @Max(1_000)
  headerRow!: number;

  @IsArray()
  @ArrayMaxSize(40)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => MappedColumn)
  columns!: MappedColumn[];

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => FixedText)
  fixed?: FixedText[];
}

/** Which item a name means. */
export class DecideNameRequest {
  /** Left out, or null: rows with this name are not brought in. */
  @IsOptional()
  @MaxLength(7)
  @Matches(ITEM_CODE_PATTERN)
  @ApiProperty({ pattern: ITEM_CODE_PATTERN.source })
  itemCode?: string | null;
}

/** How the rows are to be posted. */
export class CommitImportRequest {
  /**
   * One transaction over all rows, refused as a whole when one row is. Without it rows are posted in portions, and rows
   * that are refused are listed beside those that were taken.
   */
  @IsOptional()
  @IsBoolean()
  allOrNothing?: boolean;
}

export class ReceivedImportResponse {
  id!: string;
  state!: ImportState;
  /** The same file was brought before; this is the import it became. */
  repeated!: boolean;
}

export class ImportStateResponse {
  id!: string;
  state!: ImportState;
}

export class DecidedNameResponse extends ImportStateResponse {
  number!: number;
  name!: string;
  itemCode!: string | null;
}

export class ImportRowCounts {
  /** Rows with data, sums and blank ones left out. */
  read!: number;
  ignored!: number;
  /** Rows with errors; they are never posted. */
  refused!: number;
  /** Rows that came in with an earlier file. */
  repeated!: number;
  /** Rows that can be posted. */
  valid!: number;
  posted!: number;
}

/** How far the job in hand is. */
export class ImportProgressResponse {
  percent!: number;
  rowsPerSecond!: number;
  /** An estimate; null while nothing can be said. */
  secondsLeft!: number | null;
}

export class ImportFailureResponse {
  code!: string;
  title!: string;
  detail!: string | null;
}

export class SheetRowResponse {
  number!: number;
  /** Cut off. */
  cells!: string[];
}

export class SheetResponse {
  /** null for a file that is one sheet. */
  name!: string | null;
  hidden!: boolean;
  headerRow!: number;
  rows!: SheetRowResponse[];
}

export class MappingResponse {
  sheet!: string | null;
  headerRow!: number;
  columns!: MappedColumn[];
  fixed!: FixedText[];
  /** A person's word, what was remembered of an earlier sheet, or a guess that somebody has to confirm. */
  basis!: 'guessed' | 'remembered' | 'person';
}

export class MovementCountResponse {
  kind!: string;
  rows!: number;
}

/** What posting would make of a sheet of stock. */
export class ImportSummaryResponse {
  movements!: MovementCountResponse[];
  depots!: number;
  items!: number;
  newLots!: number;
  firstDay!: string | null;
  lastDay!: string | null;
}

export class ImportResponse {
  id!: string;
  kind!: ImportKind;
  state!: ImportState;
  regionCode!: string;
  fileName!: string;
  format!: 'csv' | 'xlsx';
  encoding!: string | null;
  sizeBytes!: number;
  sha256!: string;
  uploadedBy!: string;
  createdAt!: string;
  rows!: ImportRowCounts;
  /** null while nothing is under way. */
  progress!: ImportProgressResponse | null;
  failure!: ImportFailureResponse | null;
  allOrNothing!: boolean;
  /** Somebody else than who brought the file has to post it. */
  needsSecondPerson!: boolean;
  committedBy!: string | null;
  endedAt!: string | null;
}

export class ImportDetailResponse extends ImportResponse {
  sheets!: SheetResponse[];
  mapping!: MappingResponse | null;
  /** null before the check, and for sheets that move no stock. */
  summary!: ImportSummaryResponse | null;
  /** Names that wait for somebody to say what they mean. */
  namesUnsure!: number;
}

export class ImportsResponse {
  items!: ImportResponse[];
  total!: number;
}

export class NameCandidateResponse {
  code!: string;
  nameZh!: string;
  nameEn!: string;
  unit!: string;
  /** 1 for the same, down to 0. */
  confidence!: number;
}

export class ImportNameResponse {
  number!: number;
  name!: string;
  rows!: number;
  basis!: NameBasis;
  /** null while nobody decided, and for a name that is left out. */
  itemCode!: string | null;
  candidates!: NameCandidateResponse[];
}

export class ImportNamesResponse {
  items!: ImportNameResponse[];
  total!: number;
}

export class RowErrorResponse {
  row!: number;
  field!: string;
  code!: string;
  /** In both languages, as for whoever has to mend the sheet. */
  reasonZh!: string;
  reasonEn!: string;
  /** What stood there, cut off. */
  value!: string;
}

export class RowErrorsResponse {
  items!: RowErrorResponse[];
  total!: number;
}

export class ImportFieldResponse {
  field!: ImportField;
  required!: boolean;
  /** What else would do in its place. */
  alternatives!: ImportField[];
  /** Headings by which it is known. */
  headings!: string[];
}

/** What a kind of sheet may say. */
export class ImportKindResponse {
  kind!: ImportKind;
  fields!: ImportFieldResponse[];
}

export class ImportKindsResponse {
  items!: ImportKindResponse[];
}
