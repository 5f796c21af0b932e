import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsISO8601,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { LINE_PATTERN } from '@ledger/platform';
import { DAY_PATTERN, ITEM_CODE_PATTERN } from '../../input/patterns';

/** So much of an item belongs into every kit. */
export class RecipeComponent {
  @MaxLength(7)
  @Matches(ITEM_CODE_PATTERN)
  @ApiProperty({ pattern: ITEM_CODE_PATTERN.source })
  itemCode!: string;

  /** In the item's base unit. */
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  quantityPerKit!: number;

  /** A kit is not built without it; what is not required is put in when the builder asks for it. */
  @IsBoolean()
  required!: boolean;
}

/** What a kit is made of from a day on. */
export class SetRecipeRequest {
  /** The revision that this one follows; 0 for the first. */
  @IsInt()
  @Min(0)
  @Max(1_000_000)
  followsRevision!: number;

  /** First day; today when left out. */
  @IsOptional()
  @MaxLength(10)
  @Matches(DAY_PATTERN)
  @ApiProperty({ format: 'date' })
  @IsISO8601({ strict: true })
  validFrom?: string;

  /** The list or standard that says so, or how it was put together. */
  @IsString()
  @Length(1, 300)
  @Matches(LINE_PATTERN)
  source!: string;

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(50)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => RecipeComponent)
  components!: RecipeComponent[];
}

export class RecipeComponentResponse {
  itemCode!: string;
  nameZh!: string;
  nameEn!: string;
  unit!: string;
  quantityPerKit!: number;
  required!: boolean;
}

export class RecipeResponse {
  revision!: number;
  validFrom!: string;
  source!: string;
  recordedBy!: string;
  /** Kits are built by it today. */
  inForce!: boolean;
  components!: RecipeComponentResponse[];
}

/** All revisions, the latest first. */
export class RecipesResponse {
  kitCode!: string;
  items!: RecipeResponse[];
  total!: number;
}

export class RecipeSetResponse {
  kitCode!: string;
  revision!: number;
  validFrom!: string;
}

export class KitResponse {
  kitCode!: string;
  nameZh!: string;
  nameEn!: string;
  unit!: string;
  /** In force today; null when the first one begins later. */
  revision!: number | null;
  componentCount!: number;
}

export class KitsResponse {
  items!: KitResponse[];
  total!: number;
}
