import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { LINE_PATTERN, PageQuery } from '@ledger/platform';

/** One row of a department's own list. */
export class StandardCodeRow {
  /** Checked by the form of the standard; a wrong one is answered with its place. */
  @IsString()
  @MaxLength(20)
  @Matches(LINE_PATTERN)
  code!: string;

  @IsString()
  @Length(1, 200)
  @Matches(LINE_PATTERN)
  nameZh!: string;
}

/** Codes of GB/T 38565-2020 from a list that the installation has the right to use. */
export class ImportStandardCodesRequest {
  /** Edition and where the rows come from. */
  @IsString()
  @Length(1, 300)
  @Matches(LINE_PATTERN)
  source!: string;

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(1_000)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => StandardCodeRow)
  rows!: StandardCodeRow[];
}

/** What an import did; a row that says what is known already changes nothing. */
export class ImportedStandardCodesResponse {
  added!: number;
  changed!: number;
  unchanged!: number;
}

export class StandardCodesQuery extends PageQuery {
  /** The beginning of the code, or part of the name. */
  @IsOptional()
  @IsString()
  @Length(1, 100)
  @Matches(LINE_PATTERN)
  search?: string;
}

export class StandardCodeResponse {
  code!: string;
  nameZh!: string;
  source!: string;
  importedAt!: string;
}

export class StandardCodesResponse {
  items!: StandardCodeResponse[];
  total!: number;
}
