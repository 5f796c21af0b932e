import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Length, Matches, Max, MaxLength, Min } from 'class-validator';
import { MAX_QUANTITY_BASE, REGION_CODE_PATTERN } from '@ledger/contracts';
import { LINE_PATTERN } from '@ledger/platform';
import { CAPABILITY_PATTERN, ITEM_CODE_PATTERN } from '../../input/patterns';
import { BASES, type Basis } from '../domain/item-entry';
import { CapabilityResponse } from './item.dto';

/** Something that goods can do for people. */
export class NameCapabilityRequest {
  @MaxLength(40)
  @Matches(CAPABILITY_PATTERN)
  @ApiProperty({ pattern: CAPABILITY_PATTERN.source })
  code!: string;

  @IsString()
  @Length(1, 100)
  @Matches(LINE_PATTERN)
  nameZh!: string;

  @IsString()
  @Length(1, 100)
  @Matches(LINE_PATTERN)
  nameEn!: string;

  /** In which it is counted, in whole numbers: `W`, `人`. It never changes. */
  @IsString()
  @Length(1, 20)
  @Matches(LINE_PATTERN)
  unit!: string;
}

export class CapabilityNamedResponse {
  code!: string;
  nameZh!: string;
  nameEn!: string;
  unit!: string;
}

export class CapabilityKindResponse extends CapabilityNamedResponse {
  /** Items that have it. */
  itemCount!: number;
}

export class CapabilityKindsResponse {
  items!: CapabilityKindResponse[];
  total!: number;
}

export class ItemCapabilityParam {
  @MaxLength(7)
  @Matches(ITEM_CODE_PATTERN)
  @ApiProperty({ pattern: ITEM_CODE_PATTERN.source })
  code!: string;

  @MaxLength(40)
  @Matches(CAPABILITY_PATTERN)
  @ApiProperty({ pattern: CAPABILITY_PATTERN.source })
  capability!: string;
}

/** What one base unit of an item gives. */
export class SetCapabilityRequest {
  /** In the unit of the capability; 0 takes the capability from the item. */
  @IsInt()
  @Min(0)
  @Max(1_000_000)
  amountPerBase!: number;

  @IsIn(BASES)
  basis!: Basis;

  /** Where it was read, or how it was estimated. */
  @IsString()
  @Length(1, 300)
  @Matches(LINE_PATTERN)
  source!: string;
}

export class CapabilitySetResponse {
  itemCode!: string;
  capabilityCode!: string;
  amountPerBase!: number;
}

/** What shall be replaced. */
export class SubstitutesQuery {
  @ApiProperty({ type: 'integer', minimum: 1, maximum: MAX_QUANTITY_BASE })
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(MAX_QUANTITY_BASE)
  quantityBase!: number;

  /** Where to look for goods: the region and everything below it. The caller's own region when left out. */
  @IsOptional()
  @MaxLength(12)
  @Matches(REGION_CODE_PATTERN)
  @ApiProperty({ pattern: REGION_CODE_PATTERN.source })
  region?: string;
}

/** Another item that does the same. */
export class SubstituteResponse {
  itemCode!: string;
  nameZh!: string;
  nameEn!: string;
  unit!: string;
  amountPerBase!: number;
  basis!: Basis;
  source!: string;
  /** Gives at least the same amount; rounded up. */
  neededBase!: number;
  /** Free and usable today in the region; floors of the reserve standards are not taken off. */
  availableBase!: number;
  /** What is there covers what is needed. */
  covers!: boolean;
}

/** What the quantity gives of one capability, and what else gives as much. */
export class SubstitutesByCapabilityResponse extends CapabilityResponse {
  amount!: number;
  /** Those that cover it first, at most 50. */
  substitutes!: SubstituteResponse[];
}

export class SubstitutesResponse {
  itemCode!: string;
  quantityBase!: number;
  region!: string;
  capabilities!: SubstitutesByCapabilityResponse[];
}
