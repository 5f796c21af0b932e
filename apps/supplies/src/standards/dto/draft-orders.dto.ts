import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsISO8601,
  IsIn,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { REGION_CODE_PATTERN } from '@ledger/contracts';
import { LINE_PATTERN } from '@ledger/platform';
import { CAPABILITY_PATTERN, CATEGORY_PATTERN, DAY_PATTERN, ITEM_CODE_PATTERN } from '../../input/patterns';
import { DraftedOrderResponse, UnmetNeedResponse } from '../../purchasing/dto/draft.dto';
import type { UnplacedReason } from '../domain/needs-of-gaps';

const KINDS = ['ordinary', 'advance'] as const;

/** Which item to buy for a category or a capability that several items meet. */
export class ItemChoice {
  @IsOptional()
  @MaxLength(60)
  @Matches(CATEGORY_PATTERN)
  @ApiProperty({ pattern: CATEGORY_PATTERN.source })
  category?: string;

  @IsOptional()
  @MaxLength(60)
  @Matches(CAPABILITY_PATTERN)
  @ApiProperty({ pattern: CAPABILITY_PATTERN.source })
  capability?: string;

  @MaxLength(7)
  @Matches(ITEM_CODE_PATTERN)
  @ApiProperty({ pattern: ITEM_CODE_PATTERN.source })
  itemCode!: string;
}

/** Gaps to be turned into draft purchase orders. */
export class DraftOrdersRequest {
  /** Region code; the region and everything below it. The caller's own region when left out. */
  @IsOptional()
  @MaxLength(12)
  @Matches(REGION_CODE_PATTERN)
  @ApiProperty({ pattern: REGION_CODE_PATTERN.source })
  region?: string;

  @IsOptional()
  @MaxLength(7)
  @Matches(ITEM_CODE_PATTERN)
  @ApiProperty({ pattern: ITEM_CODE_PATTERN.source })
  item?: string;

  @IsOptional()
  @MaxLength(60)
  @Matches(CATEGORY_PATTERN)
  @ApiProperty({ pattern: CATEGORY_PATTERN.source })
  category?: string;

  /** The day whose standards are to be kept; today when left out. */
  @IsOptional()
  @MaxLength(10)
  @Matches(DAY_PATTERN)
  @ApiProperty({ format: 'date' })
  @IsISO8601({ strict: true })
  day?: string;

  /** The day by which the goods have to be there. */
  @IsOptional()
  @MaxLength(10)
  @Matches(DAY_PATTERN)
  @ApiProperty({ format: 'date' })
  @IsISO8601({ strict: true })
  neededBy?: string;

  @IsIn(KINDS)
  kind: (typeof KINDS)[number] = 'ordinary';

  /** The season or forecast that an advance purchase is made for. */
  @IsOptional()
  @IsString()
  @Length(1, 200)
  @Matches(LINE_PATTERN)
  season?: string;

  @IsArray()
  @ArrayMaxSize(50)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => ItemChoice)
  choices: ItemChoice[] = [];
}

/** A gap for which nothing can be ordered. */
export class UnplacedGapResponse {
  regionCode!: string;
  itemCode!: string | null;
  category!: string | null;
  capability!: string | null;
  gapBase!: number;
  /** `no-depot` when no depot of the region or above can receive it, `no-item` when nobody chose what to buy. */
  why!: UnplacedReason;
}

export class DraftOrdersResponse {
  day!: string;
  region!: string;
  orders!: DraftedOrderResponse[];
  /** Needs that no framework agreement covers. */
  unmet!: UnmetNeedResponse[];
  unplaced!: UnplacedGapResponse[];
}
