import { ApiProperty } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsInt, IsOptional, IsString, Length, Matches, Max, MaxLength, Min } from 'class-validator';
import { LINE_PATTERN } from '@ledger/platform';
import { CATEGORY_PATTERN, ITEM_CODE_PATTERN } from '../../input/patterns';
import {
  BASES,
  ROTATION_RULES,
  SHELF_LIFE_BASES,
  SIZE_BASES,
  type Basis,
  type RotationRule,
  type ShelfLifeBasis,
  type SizeBasis,
} from '../domain/item-entry';
import { STANDARD_CODE_PATTERN } from '../domain/standard-codes';

const MAX_MONTHS = 1_200;
/** The event that tells the other services of an item holds no more. */
const MAX_SIZE = 1_000_000_000;

/** What may change of an item. */
class ItemEntryRequest {
  @IsString()
  @Length(1, 200)
  @Matches(LINE_PATTERN)
  nameZh!: string;

  @IsString()
  @Length(1, 200)
  @Matches(LINE_PATTERN)
  nameEn!: string;

  @IsString()
  @MaxLength(60)
  @Matches(CATEGORY_PATTERN)
  category!: string;

  /** The base unit in which all quantities are counted; it stays once goods of the item are in the books. */
  @IsString()
  @Length(1, 20)
  @Matches(LINE_PATTERN)
  unit!: string;

  /** The goods carry a date after which they may not be used. */
  @IsBoolean()
  perishable!: boolean;

  /** The goods come back after use; otherwise use consumes them. */
  @IsBoolean()
  recoverable!: boolean;

  /** Left out when the basis is `none`. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MAX_MONTHS)
  shelfLifeMonths?: number | null;

  @IsIn(SHELF_LIFE_BASES)
  shelfLifeBasis!: ShelfLifeBasis;

  @IsOptional()
  @IsString()
  @MaxLength(300)
  @Matches(LINE_PATTERN)
  shelfLifeSource?: string | null;

  @IsIn(ROTATION_RULES)
  rotationRule!: RotationRule;

  @IsIn(BASES)
  rotationBasis!: Basis;

  @IsOptional()
  @IsString()
  @MaxLength(300)
  @Matches(LINE_PATTERN)
  rotationSource?: string | null;

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MAX_MONTHS)
  inspectEveryMonths?: number | null;

  /** Class and UN number as a prompt for the keeper; empty for harmless goods. */
  @IsOptional()
  @IsString()
  @MaxLength(200)
  @Matches(LINE_PATTERN)
  hazardClass?: string | null;

  /** Of one base unit, packed. */
  @IsInt()
  @Min(0)
  @Max(MAX_SIZE)
  weightGrams!: number;

  /** Of one base unit, packed. */
  @IsInt()
  @Min(0)
  @Max(MAX_SIZE)
  volumeCubicCentimetres!: number;

  @IsIn(SIZE_BASES)
  sizeBasis!: SizeBasis;

  @IsOptional()
  @IsString()
  @MaxLength(300)
  @Matches(LINE_PATTERN)
  sizeSource?: string | null;

  /** Plan and section that names the item; empty when none does. */
  @IsOptional()
  @IsString()
  @MaxLength(100)
  @Matches(LINE_PATTERN)
  planReference?: string | null;

  /** Code of GB/T 38565-2020, one of those that were imported. */
  @IsOptional()
  @MaxLength(7)
  @Matches(STANDARD_CODE_PATTERN)
  @ApiProperty({ pattern: STANDARD_CODE_PATTERN.source })
  standardCode?: string | null;
}

/** A new item. */
export class CatalogueItemRequest extends ItemEntryRequest {
  /** Our own code: three letters and three digits. */
  @MaxLength(7)
  @Matches(ITEM_CODE_PATTERN)
  @ApiProperty({ pattern: ITEM_CODE_PATTERN.source })
  code!: string;
}

/** The whole entry as it is to be; what is left out becomes empty. */
export class AmendItemRequest extends ItemEntryRequest {
  /** The version that the change was made from. */
  @IsInt()
  @Min(1)
  @Max(2_000_000_000)
  version!: number;
}

/** What a write to an item's entry answers. */
export class ItemWrittenResponse {
  code!: string;
  /** To be sent with the next change. */
  version!: number;
}
