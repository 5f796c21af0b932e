import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsInt, IsOptional, IsString, Length, Matches, Max, MaxLength, Min } from 'class-validator';
import { MAX_QUANTITY_BASE, REGION_CODE_PATTERN } from '@ledger/contracts';
import { LINE_PATTERN } from '@ledger/platform';
import { ITEM_CODE_PATTERN } from '../../input/patterns';
import { COUNT_CLASSES, type CountClass } from '../domain/tolerance';

const MAX_FEN = 100_000_000_000;

/** How a class is counted in a region and below it. */
export class SetCountClassRequest {
  /** Region code; the caller's own region or one below it. */
  @MaxLength(12)
  @Matches(REGION_CODE_PATTERN)
  @ApiProperty({ pattern: REGION_CODE_PATTERN.source })
  region!: string;

  @IsIn(COUNT_CLASSES)
  class!: CountClass;

  @IsInt()
  @Min(1)
  @Max(3_650)
  intervalDays!: number;

  /** Hundredths of a per cent of the balance. */
  @IsInt()
  @Min(0)
  @Max(10_000)
  toleranceBasisPoints!: number;

  @IsInt()
  @Min(0)
  @Max(MAX_QUANTITY_BASE)
  toleranceBase!: number;

  /** Pieces of variance, over all lines of the class, above which an approver signs. */
  @IsInt()
  @Min(0)
  @Max(MAX_QUANTITY_BASE)
  approverAboveBase!: number;

  @IsInt()
  @Min(0)
  @Max(MAX_FEN)
  approverAboveFen!: number;

  /** Where the figures come from: `estimate`, or the rule that asks for them. */
  @IsString()
  @Length(1, 200)
  @Matches(LINE_PATTERN)
  basis!: string;
}

/** The class of an item, and what a piece of it is worth, in a region and below it. */
export class SetCountItemRequest {
  /** Region code; the caller's own region or one below it. */
  @MaxLength(12)
  @Matches(REGION_CODE_PATTERN)
  @ApiProperty({ pattern: REGION_CODE_PATTERN.source })
  region!: string;

  @MaxLength(7)
  @Matches(ITEM_CODE_PATTERN)
  @ApiProperty({ pattern: ITEM_CODE_PATTERN.source })
  itemCode!: string;

  @IsIn(COUNT_CLASSES)
  class!: CountClass;

  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(MAX_FEN)
  unitValueFen?: number;

  @IsString()
  @Length(1, 200)
  @Matches(LINE_PATTERN)
  basis!: string;
}

export class CountClassResponse {
  /** `*` for the whole installation, or a region code. */
  scope!: string;
  class!: CountClass;
  intervalDays!: number;
  toleranceBasisPoints!: number;
  toleranceBase!: number;
  approverAboveBase!: number;
  approverAboveFen!: number;
  basis!: string;
  setBy!: string;
}

export class CountItemResponse {
  scope!: string;
  itemCode!: string;
  class!: CountClass;
  unitValueFen!: number | null;
  basis!: string;
  setBy!: string;
}

/** Configuration: estimates of the product until a region sets its own. */
export class CountSettingsResponse {
  classes!: CountClassResponse[];
  /** A page of them; items that are not named are of class B. */
  items!: CountItemResponse[];
}
